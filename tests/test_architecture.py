"""The shape of the project, checked: directions of imports, what the window loads, docstrings, dependencies.

The contracts on imports stand in `pyproject.toml` and are run here as well, so that pytest alone tells.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from anifro_desktop.store.doorplate import User
from anifro_desktop.store.vault import FLOOR, create_vault

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "anifro_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="ascii")

STANDARD_LIBRARY_ONLY = {
    *("errors", "record", "thread", "sourcemark", "strictjson", "files"),
    *("scores", "study", "identity", "forms"),
}
LATE = (
    "sqlalchemy",
    "urllib3",
    "paramiko",
    "pandas",
    "numpy",
    "zxcvbn",
    "rapidfuzz",
    "anifro_desktop.centre",
)
START = """
import sys
from PySide6.QtWidgets import QApplication
from anifro_desktop.app import open_window
from anifro_desktop.ui.unlock import UnlockPage

window = open_window(["--data", sys.argv[1]])
QApplication.processEvents()
assert window.findChild(UnlockPage).isVisible()
print(*sorted(set(sys.argv[2:]) & set(sys.modules)))
"""

DEPENDENCY = re.compile(r'    "[A-Za-z][\w.-]*[<>=~]')
LICENCE = re.compile(r"# (LGPL-(?:3|2\.1)|MIT|MPL|BSD|Apache|PSF|zlib)\b.*: \w+")
PIN = re.compile(r"([a-z0-9-]+)==([\w.]+)(?: ;[^\\]*)? \\\n    --hash=sha256:")

GENERATED = re.compile(r"\.|__pycache__$|(build|dist|out)$")
# One letter of each stands in brackets, as this file is searched too.
REGISTRY = re.compile(r"pyp[i]\.org|pythonhoste[d]|debia[n]\.org|index-ur[l]|find-link[s]")
SOMEBODYS_FOLDER = re.compile(r"(?<![\w.~/])/(home|root|Users|work|opt|mnt)/\w")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part(module: Path) -> str:
    """The first name below the package: `anifro_desktop/ui/tasks.py` belongs to `ui`."""
    return module.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(tree: ast.Module) -> Iterator[str]:
    """Top-level names of all that is imported anywhere in a module, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def texts() -> Iterator[tuple[str, str]]:
    """Name and content of every text file of the project, leaving out what was generated."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [each for each in folders if each == ".ci" or not GENERATED.match(each)]
        for path in (Path(folder, file) for file in files if file != ".git"):
            content = path.read_bytes()
            if b"\0" not in content:
                yield name(path), content.decode("utf-8", errors="replace")


def requirements() -> list[Requirement]:
    project = tomllib.loads(PROJECT)["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [Requirement(text) for group in groups for text in group]


def test_the_contracts_on_imports_hold() -> None:
    # In a process of its own: the linter configures logging, and would silence the program's log in later tests.
    check = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "module", [each for each in MODULES if part(each) in STANDARD_LIBRARY_ONLY], ids=name
)
def test_values_arithmetic_and_forms_need_the_standard_library_only(module: Path) -> None:
    found = set(imports(ast.parse(module.read_text(encoding="utf-8"))))
    assert found <= sys.stdlib_module_names | {"anifro_desktop"}


def test_the_unlock_screen_is_painted_before_the_store_and_the_centre_are_loaded(tmp_path: Path) -> None:
    create_vault(
        tmp_path, "P03", User("AAA", "Practice", ("site_admin",)), "a passphrase to test", cost=FLOOR
    )
    command = [sys.executable, "-c", START, str(tmp_path), *LATE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == ([], "")


def test_every_dependency_says_its_licence_and_its_purpose() -> None:
    lines = [line for line in PROJECT.splitlines() if DEPENDENCY.match(line)]
    assert len(lines) == len(requirements())
    assert [line for line in lines if not LICENCE.search(line)] == []


def test_the_lock_pins_every_dependency_with_hashes_and_names_no_address() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    pins = [pin for entry in entries if (pin := PIN.match(entry))]
    assert len(pins) == len(entries)
    versions = [(pin[1], pin[2]) for pin in pins]
    for wanted in requirements():
        chosen = [version for pinned, version in versions if pinned == wanted.name.lower()]
        assert chosen, f"{wanted.name} is not in the lock"
        assert all(version in wanted.specifier for version in chosen)
    assert "://" not in LOCK


def test_no_text_names_a_registry_or_a_folder_of_somebodys_computer() -> None:
    found = [
        f"{where}: {hit[0]}"
        for where, content in texts()
        for pattern in (REGISTRY, SOMEBODYS_FOLDER)
        if (hit := pattern.search(content))
    ]
    assert found == []


def test_continuous_checks_run_the_command_of_the_readme() -> None:
    command = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert command == "python3 run.py test"
    assert f"\n    {command} " in (ROOT / "README.md").read_text(encoding="utf-8")
