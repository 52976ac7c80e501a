"""Collect the window's texts from the code into the `.ts` files and compile them: `python resources/i18n/update.py`.

Run it after changing a text; then fill what is marked unfinished in `anifro_it.ts` (and the plurals of `anifro_en.ts`)
and run it again. The tests fail while a text is unfinished or a `.qm` is older than its `.ts`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parents[1] / "anifro_desktop"
COMPILED = PACKAGE / "ui" / "i18n"


def sources() -> list[str]:
    """Every file that speaks."""
    return sorted(str(path) for path in [PACKAGE / "app.py", *(PACKAGE / "ui").rglob("*.py")])


def main() -> int:
    """Update both languages and compile them."""
    for language in ("it", "en"):
        source = HERE / f"anifro_{language}.ts"
        extra = ["-pluralonly"] if language == "en" else []
        _run("pyside6-lupdate", *sources(), "-ts", str(source), "-locations", "none", "-no-obsolete", *extra)
        _run("pyside6-lrelease", str(source), "-qm", str(COMPILED / f"anifro_{language}.qm"))
    return 0


def _run(tool: str, *words: str) -> None:
    subprocess.run([str(Path(sys.executable).with_name(tool)), *words], check=True)  # noqa: S603 - our own tools


if __name__ == "__main__":
    sys.exit(main())
