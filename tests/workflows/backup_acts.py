"""What the trail says of an act, and older files put back, for the tests of backups and of restored sites."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from anifro_desktop.workflows.site import Site


def acts(site: Site, act: str) -> list[Any]:
    return [item.entry for item in site.clinical.audit_entries(table="act", field=act)]


def new_folder(path: Path) -> Path:
    path.mkdir()
    return path


def put_back(old: Path, folder: Path, *names: str) -> None:
    """Older files in the place of a site's, all of them where none is named."""
    for path in folder.glob("*.db-*"):
        path.unlink()
    for name in names or [path.name for path in old.iterdir() if path.is_file()]:
        shutil.copyfile(old / name, folder / name)
