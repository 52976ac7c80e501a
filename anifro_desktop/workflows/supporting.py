"""The support file: what a developer asks when something is wrong, and nothing of any patient.

Rules kept here:
- Deny by default: every fact is named here. No answer, no identity, no free text, no date of a patient, no name of a
  person, of this computer or of the system's user, no path: counts, codes, versions and sizes only.
- It can be made of a site that cannot be unlocked: then it says what was refused, by code.
- One file: sentences first, the same as JSON after them, so that whoever sends it can read what is sent.
"""

from __future__ import annotations

import json
import platform
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import anifro_desktop
from anifro_desktop.errors import Refusal
from anifro_desktop.files import FilesError, free_bytes, write_atomic
from anifro_desktop.forms.model import Label
from anifro_desktop.record import Json

if TYPE_CHECKING:
    from anifro_desktop.store.clock import Clock
    from anifro_desktop.workflows.site import Site

FORMAT = "anifro-support/1"
_LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "cryptography", "platformdirs")
# Settings whose value is said; of any other, only that there are so many of its kind.
_PLAIN = ("practice", "key_file", "epoch", "sheet_checked")
_FILES = (
    "restore.json",
    "keyslots.json",
    "keyslots.json.bak",
    "anchor.json",
    "anchor.now",
    "identity-anchor.json",
)
# A line that says a fault by type and place and nothing else; the place must be a file of this program.
_FAULT = re.compile(
    r"[0-9 :,-]+ (?:ERROR|CRITICAL) (fault: \w+Error in (?P<file>\w+\.py), line \d+|Qt: Qt\w+Msg)", re.ASCII
)
_MOST_FAULTS = 20
_LOG_BYTES = 1 << 20
_HEAD = Label(
    "File di supporto di anifro-desktop. Non contiene risposte, identità, testi liberi, date di pazienti, nomi di "
    "persone o di computer: solo conteggi, codici e versioni. Leggerlo prima di inviarlo.",
    "Support file of anifro-desktop. It holds no answer, identity, free text, date of a patient, name of a person or "
    "of a computer: only counts, codes and versions. Read it before you send it.",
)
_MACHINE = Label("Per il programma di chi legge:", "For the reader's program:")


def support(site: Site, file: Path, lang: str) -> dict[str, Json]:
    """Write the support file of an open site; what it holds.

    Raises:
        DiskFull, FolderGone, CannotWrite: it was not written.
    """
    from anifro_desktop.workflows.checking import verify

    facts = _machine(site.folder, site.clock)
    found: dict[str, Json] = dict(Counter(item.code for item in verify(site)))
    facts |= {
        "unlocked": True,
        "roles": list(site.person.roles),
        "writer": site.keys.writer[:8],
        "pack": site.definitions.digest[:16],
        "findings": found,
        "people": _people(site),
        "settings": _settings(site.clinical.settings()),
        **_stores(site),
        **_sending(site),
    }
    site.clinical.log("support_file", detail={"findings": sum(int(str(count)) for count in found.values())})
    return _write(file, facts, lang)


def support_locked(folder: Path, file: Path, lang: str, clock: Clock, refused: Refusal) -> dict[str, Json]:
    """Write the support file of a site that could not be unlocked; what it holds. refused: why.

    Raises:
        DiskFull, FolderGone, CannotWrite: it was not written.
    """
    return _write(file, _machine(folder, clock) | {"unlocked": False, "refused": refused.code}, lang)


def _machine(folder: Path, clock: Clock) -> dict[str, Json]:
    """What can be said without a key."""
    from anifro_desktop.store.instance import cloud_folder

    now = clock.now()
    offset = now.utcoffset()
    libraries: dict[str, Json] = {name: _version(name) for name in _LIBRARIES}
    sizes: dict[str, Json] = {
        name: (folder / name).stat().st_size for name in _FILES if (folder / name).is_file()
    }
    return {
        "format": FORMAT,
        "made": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "utc_offset_minutes": int(offset.total_seconds() // 60) if offset is not None else None,
        "program": anifro_desktop.__version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "system_release": _numbers(platform.release()),
        "machine": platform.machine(),
        "packed": bool(getattr(sys, "frozen", False)),
        "libraries": libraries,
        "files": sizes,
        "asides": sum(1 for _ in folder.glob("*.aside-*")),
        "backups": sum(1 for _ in (folder / "backups").glob("backup-*")),
        "in_cloud_folder": bool(cloud_folder(folder.resolve())),
        "disk_free_mb": _free(folder),
        "faults": list(_faults(folder / "log")),
    }


def _numbers(release: str) -> str:
    """The numbers a system's release begins with: what follows may be somebody's own name for it."""
    found = re.match(r"[0-9.]*", release)
    return found[0].rstrip(".") if found else ""


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "?"


def _free(folder: Path) -> int | None:
    try:
        return free_bytes(folder) >> 20
    except FilesError:
        return None


def _faults(log: Path) -> Iterator[Json]:
    """The newest faults by kind and place: lines of the log that say just that, without their times."""
    try:
        text = (log / "anifro.log").read_bytes()[-_LOG_BYTES:].decode("utf-8", "replace")
    except OSError:
        return
    ours = {path.name for path in Path(anifro_desktop.__file__).parent.rglob("*.py")} | {None}
    found = [
        match for line in text.splitlines() if (match := _FAULT.fullmatch(line)) and match["file"] in ours
    ]
    yield from (match[1] for match in found[-_MOST_FAULTS:])


def _people(site: Site) -> dict[str, Json]:
    """How many there are of each role and state, without any of them."""
    from anifro_desktop.workflows.people import members

    known = members(site)
    states: dict[str, Json] = dict(Counter(one.state for one in known))
    roles: dict[str, Json] = dict(
        Counter(f"{role}/{one.state}" for one in known for role in one.person.roles)
    )
    return {
        "states": states,
        "roles": roles,
        "temporary": sum(one.temporary for one in known),
        "failed": sum(one.failed for one in known),
        "key_file_version": site.keys.version,
        "mended": len(site.keys.damaged),
        "keys_held": {name: len(site.keys.database(name)) for name in site.keys.databases},
    }


def _settings(settings: Mapping[str, Json]) -> dict[str, Json]:
    """Settings that are a number or yes and no; of the rest how many of a kind there are."""
    told: dict[str, Json] = {
        name: value for name, value in settings.items() if name in _PLAIN and isinstance(value, bool | int)
    }
    rest: dict[str, Json] = {
        "amending": sum(name.startswith("amending/") for name in settings),
        "others": sum(not name.startswith("amending/") and name not in told for name in settings),
        "second_backup_place": bool(settings.get("backup_second")),
    }
    return told | rest


def _stores(site: Site) -> dict[str, Json]:
    from anifro_desktop.store.clock import utc_text
    from anifro_desktop.store.condition import condition, library

    utc = utc_text(site.clock.now())
    stores = {"clinical": site.clinical, "identity": site.identities}
    told: dict[str, Json] = {
        name: dict(asdict(condition(store, utc))) for name, store in stores.items() if store is not None
    }
    return {"databases": told, **library(site.clinical)}


def _sending(site: Site) -> dict[str, Json]:
    bundles = site.clinical.bundles()
    states: dict[str, Json] = dict(Counter(row.state for row in bundles))
    visits: dict[str, Json] = dict(Counter(row.state for row in site.clinical.entries(voided=True)))
    return {"bundles": states, "receipts": len(site.clinical.receipts()), "visits": visits}


def _write(file: Path, facts: dict[str, Json], lang: str) -> dict[str, Json]:
    lines = [_HEAD.get(lang), "", *_lines(facts, ""), "", _MACHINE.get(lang)]
    lines.append(json.dumps(facts, indent=2, sort_keys=True, ensure_ascii=True))
    write_atomic(file, ("\n".join(lines) + "\n").encode("utf-8"))
    return facts


def _lines(facts: Mapping[str, Json], head: str) -> Iterator[str]:
    """Every fact on a line: `databases.clinical.rows.visits: 12`."""
    for name, value in facts.items():
        if isinstance(value, dict):
            yield from _lines(value, f"{head}{name}.")
        else:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield f"{head}{name}: {text}"
