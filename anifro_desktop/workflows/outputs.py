"""Where files that somebody asks for may go: under a new name, and never among the data themselves."""

from __future__ import annotations

from pathlib import Path

from anifro_desktop.store.doorplate import exists
from anifro_desktop.workflows.errors import OutputRefused


def check_output(path: Path) -> Path:
    """The path, if nothing stands there and it is in no data folder.

    Raises:
        OutputRefused: another name or folder is needed.
    """
    if any(exists(folder) for folder in path.absolute().parents):
        raise OutputRefused("data", path.name)
    if path.exists() or path.is_symlink():
        raise OutputRefused("there", path.name)
    return path


def check_folder(path: Path) -> Path:
    """The path of a folder, if it is no data folder and in none.

    Raises:
        OutputRefused: another folder is needed.
    """
    whole = path.absolute()
    if any(exists(folder) for folder in (whole, *whole.parents, path.resolve(), *path.resolve().parents)):
        raise OutputRefused("folder", path.name)
    return path
