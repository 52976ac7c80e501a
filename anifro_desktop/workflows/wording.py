"""The site's licensed wording of questionnaires: loaded from a file, kept in the data folder, taken away again.

Rules kept here:
- A file is taken whole or not at all, and replaces what was loaded before.
- The wording lies in one file of the data folder, which backups hold too, and nowhere else: the trail knows how many
  questions have one and the digest of the file, no text.
- Kept wording that this version of the forms has no question for is passed over; a damaged file is as none, so that
  nobody is kept from a patient by it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop.errors import Refusal
from anifro_desktop.files import cannot_write, fsync_folder, read_regular, write_atomic
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.wording import Wording, read, sift, to_bytes
from anifro_desktop.record import Json
from anifro_desktop.workflows.errors import NotYourRole

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

FILE = "wording.json"
LARGEST = 1024 * 1024  # bytes
KEEPERS = ("site_admin",)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is loaded. forms: form id to how many of its questions have a wording. damaged: there is a file, and not all
    of it can be used."""

    forms: tuple[tuple[str, int], ...]
    damaged: bool = False


def kept(folder: Path, definitions: Definitions) -> Wording:
    """The wording kept in a data folder, as far as it can be used; empty where there is none."""
    return _kept(folder, definitions)[0]


def _kept(folder: Path, definitions: Definitions) -> tuple[Wording, bool]:
    path = folder / FILE
    if not path.is_file():
        return Wording(), False
    try:
        wording, faults = sift(read_regular(path, LARGEST), definitions)
    except Refusal:
        return Wording(), True
    return wording, bool(faults)


def loaded(site: Site) -> Loaded:
    """What is loaded now, for the settings."""
    wording, damaged = _kept(site.folder, site.definitions)
    counts = Counter(site.definitions.fields[name].form for name in wording.questions)
    return Loaded(
        tuple((form.id, counts[form.id]) for form in site.definitions.forms if counts[form.id]), damaged
    )


def load(site: Site, path: Path) -> Loaded:
    """Take the wording of a file.

    Raises:
        WordingFaults: every fault of the file. CannotRead, NotRegular, TooLarge, CannotWrite. NotYourRole: of a site
        administrator. What was loaded before stays.
    """
    _check_role(site)
    wording = read(read_regular(path, LARGEST), site.definitions)
    data = to_bytes(wording)
    write_atomic(site.folder / FILE, data)
    site.wording = wording
    told: Json = {"questions": len(wording.questions), "sha256": hashlib.sha256(data).hexdigest()}
    site.clinical.log("wording_loaded", detail=told)
    return loaded(site)


def remove(site: Site) -> Loaded:
    """Take the wording away; the questions are called by their numbers again.

    Raises:
        CannotWrite: it is still there. NotYourRole.
    """
    _check_role(site)
    path = site.folder / FILE
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    fsync_folder(site.folder)
    site.wording = Wording()
    site.clinical.log("wording_removed")
    return loaded(site)


def _check_role(site: Site) -> None:
    if not site.may(*KEEPERS):
        raise NotYourRole("load the wording of questionnaires", "site administrator")
