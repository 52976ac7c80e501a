"""The process that faults strike: it has everything loaded, and forks a child for each operation.

    python actor.py FD        started by `striking.py`; FD is one end of a pair of sockets

Per line of JSON it is told an operation and a folder. Its child prepares, says `ready` with its process number, waits,
acts, and says every fact as soon as it may be called done (`done`), or what was refused (`refused`), or what should
never happen (`fault`). Sockets, as a fault of a file must not strike what is said.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from operations import OPERATIONS
from stage import Stage, opened

from anifro_desktop.errors import Refusal

_PR_SET_PTRACER = 0x59616D61
_ANYBODY = ctypes.c_ulong(-1)


class Line:
    """JSON in packets of one socket."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end

    def say(self, **facts: Any) -> None:
        self.end.send(json.dumps(facts).encode())

    def hear(self) -> dict[str, Any]:
        """The next packet; empty when the other side is gone."""
        return dict(json.loads(self.end.recv(1 << 16) or b"{}"))


def perform(line: Line, wish: dict[str, Any]) -> None:
    """The child's part: prepare, wait, act, and act again as long as it is asked to."""
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)  # whoever traces it is no ancestor
    try:
        act = OPERATIONS[wish["operation"]].prepare(Stage(Path(wish["root"])))
    except Exception:  # the other side fails with whatever it is: this side has nobody to tell
        line.say(fault=traceback.format_exc())
        return
    line.say(ready=os.getpid())
    while line.hear().get("go"):
        try:
            for fact in act():
                line.say(done=fact)
        except Refusal as refusal:
            line.say(refused=refusal.code, sentence=str(refusal))
        except Exception:  # likewise: anything but a refusal is a fault
            line.say(fault=traceback.format_exc())
        else:
            line.say(end=True)


def main() -> int:
    line = Line(socket.socket(fileno=int(sys.argv[1])))
    while wish := line.hear():
        if "remember" in wish:
            opened(Stage(Path(wish["remember"]))).close()
            line.say(ready=0)
            continue
        child = os.fork()
        if child == 0:
            perform(line, wish)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        line.say(gone=os.waitstatus_to_exitcode(status))
    return 0


if __name__ == "__main__":
    sys.exit(main())
