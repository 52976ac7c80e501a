"""`python -m anifro_desktop` is the command `anifro-desktop`."""

from __future__ import annotations

import sys

from anifro_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
