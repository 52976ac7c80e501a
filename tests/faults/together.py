"""Eight programs that unlock one site at the same moment, again and again; prints how many each round let in.

    python together.py FOLDER ROUNDS     started by `surroundings.py`

The one that is in is ended without a word each time, so that the next round also shows that nothing is left of it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from stage import later
from study_parts import PASSPHRASE, PERSON

from anifro_desktop.errors import Refusal
from anifro_desktop.workflows.site import unlock

PROGRAMS = 8


def main() -> int:
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    for _ in range(rounds):
        start, told, stay = os.pipe(), os.pipe(), os.pipe()
        children = [_child(folder, start, told, stay) for _ in range(PROGRAMS)]
        for end in (start[0], told[1], stay[0]):
            os.close(end)
        os.close(start[1])  # now, all of them
        said = b""
        while len(said) < PROGRAMS and (more := os.read(told[0], PROGRAMS)):
            said += more
        os.close(stay[1])
        os.close(told[0])
        for child in children:
            os.waitpid(child, 0)
        print(f"{said.count(b'o')} {said.count(b'r')}", flush=True)
    return 0


def _child(folder: Path, start: tuple[int, int], told: tuple[int, int], stay: tuple[int, int]) -> int:
    child = os.fork()
    if child:
        return child
    for end in (start[1], told[0], stay[1]):
        os.close(end)
    os.read(start[0], 1)
    answer = b"o"
    try:
        unlock(folder, PERSON.code, PASSPHRASE, later())
    except Refusal as refusal:
        answer = b"r" if refusal.code == "other_instance" else b"x"
    os.write(told[1], answer)
    os.read(stay[0], 1)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
