"""Run every benchmark of this folder, or those named, and print one table.

`python -m benchmarks [NAME ...]`; exit code 1 if a figure is above its limit, 2 for an unknown name.
"""

from __future__ import annotations

import importlib
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.harness import Figure, table

SHARED = {"harness", "start_child"}


def available() -> list[str]:
    """Names of the benchmark modules, in alphabetical order."""
    names = (path.stem for path in Path(__file__).parent.glob("*.py"))
    return sorted(name for name in names if not name.startswith("_") and name not in SHARED)


def main(arguments: Sequence[str]) -> int:
    known = available()
    unknown = [name for name in arguments if name not in known]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(known)}.", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}.")
    figures: list[Figure] = []
    for name in arguments or known:
        print(f"Measuring {name} ...", flush=True)
        figures += importlib.import_module(f"benchmarks.{name}").main()
    print()
    print(table(figures))
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
