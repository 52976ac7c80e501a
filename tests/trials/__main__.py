"""Run every long trial of this folder: `python3 run.py trials [NAME ...] [--count N]`.

A trial is a module here with `main(count)`, which tries `count` random cases, prints what it did and raises
on the first that fails, naming its seed. A name may be followed by `:` and what to try alone, where the trial
takes that (`mutants:doris`). Nothing here is collected by pytest.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from pathlib import Path


def main() -> int:
    known = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    parser = argparse.ArgumentParser(prog="run.py trials", description="Long randomised trials.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(known)} (default: all)")
    parser.add_argument("--count", type=int, default=1000, help="random cases for each (default: 1000)")
    wanted = parser.parse_args()
    if unknown := {name.partition(":")[0] for name in wanted.names} - set(known):
        parser.error(f"there is no trial {', '.join(sorted(unknown))}")
    for wish in wanted.names or known:
        name, _, alone = wish.partition(":")
        started = time.monotonic()
        print(f"== {wish}, {wanted.count} cases", flush=True)
        importlib.import_module(name).main(wanted.count, *([alone] if alone else []))
        print(f"   held, {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
