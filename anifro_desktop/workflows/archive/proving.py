"""Checking an archive from within the program, with the very checker that lies in each archive.

Beyond that checker, the archive is looked for in this site's trail, which keeps the hash of every `SHA256SUMS` that was
written, and its keys must be those of this site: whoever changes a file and its sums as well, and signs them with keys
of his own, does not get past that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Label
from anifro_desktop.workflows.archive.data import elsewhere
from anifro_desktop.workflows.archive.shelf import SUMS
from anifro_desktop.workflows.archive.verify_archive import Checker, Unreadable
from anifro_desktop.workflows.errors import CannotArchive

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

# What the checker says of a file, an entry or a version, and the Italian of it.
_ITALIAN = (
    (r"version (\d+) of (\S+): missing", r"manca la versione \1 di \2"),
    (r"signature of (\S+), version (\d+) of (\S+): missing", r"manca la firma di \1 sulla versione \2 di \3"),
    (r"(.*): missing", r"\1: manca"),
    (
        r"(.*): cannot be read; get another copy of this archive",
        r"\1: non si può leggere; procurarsi un'altra copia di questo archivio",
    ),
    (
        r"(.*): the form was completed, and it says that it is a draft",
        r"\1: la scheda fu completata, e risulta in bozza",
    ),
    (r"(.*): the date is not the one on the form", r"\1: la data non è quella della scheda"),
    (r"(.*): sex is not as on the form", r"\1: il sesso non è quello della scheda"),
    (r"(.*): enrolled is not as on the form", r"\1: la data di arruolamento non è quella della scheda"),
    (
        r"(.*): entry (\d+) is by somebody who never might enter answers",
        r"\1: la voce \2 è di chi non ha mai potuto inserire risposte",
    ),
    (
        r"(.*): entry (\d+) is not written as the program writes one",
        r"\1: la voce \2 non è scritta come la scrive il programma",
    ),
    (
        r"(.*): entry (\d+) is signed with a key that somebody else chose",
        r"\1: la voce \2 è firmata con una chiave scelta da altri",
    ),
    (
        r"(.*): a key of (.*) was chosen by somebody else",
        r"\1: una chiave di \2 fu scelta da altri",
    ),
    (r"(.*): changed", r"\1: è cambiato"),
    (r"(.*): not in SHA256SUMS", r"\1: non è in SHA256SUMS"),
    (r"(.*): entry (\d+) is missing", r"\1: manca la voce \2"),
    (r"(.*): entry (\d+) was changed", r"\1: la voce \2 è cambiata"),
    (r"(.*): entry (\d+) is not signed by (.*)", r"\1: la voce \2 non è firmata da \3"),
    (r"(.*): a text of entry (\d+) is hidden", r"\1: un testo della voce \2 è nascosto"),
    (
        r"(.*): entry (\d+) is in a role that (.*) never had",
        r"\1: la voce \2 è in un ruolo che \3 non ha mai avuto",
    ),
    (r"(.*): entry (\d+) is earlier than the one before", r"\1: la voce \2 è precedente a quella prima"),
    (r"(.*): entry (\d+) was put in", r"\1: la voce \2 è stata inserita"),
    (r"(.*): not signed by (.*)", r"\1: non è firmato da \2"),
    (r"(.*): a key of (.*) is not one of this site's", r"\1: una chiave di \2 non è di questo centro"),
    (r"(.*): not the versions of (.*)", r"\1: non sono le versioni di \2"),
    (r"(.*): (\S+) is not as in (.*)", r"\1: \2 non è come in \3"),
    (r"(.*) version (\d+): a text is hidden", r"\1, versione \2: un testo è nascosto"),
    (
        r"(.*) version (\d+) is not by whom, or of when, the trail says",
        r"\1, versione \2: non è della persona, o dell'ora, che dice il registro",
    ),
    (
        r"(.*) version (\d+) is by somebody who never might enter answers",
        r"\1, versione \2: è di chi non ha mai potuto inserire risposte",
    ),
    (r"(.*) version (\d+) was changed", r"\1, versione \2: è cambiata"),
    (r"(.*) version (\d+) does not follow the one before", r"\1, versione \2: non segue la precedente"),
    (
        r"(.*) version (\d+): the signature of (.*) does not hold",
        r"\1, versione \2: la firma di \3 non è valida",
    ),
)


@dataclass(frozen=True, slots=True)
class Proved:
    """A checked archive. made: when this site wrote it, as its trail tells; None where the trail does not know it.

    entries, versions, signatures: how many were looked at; faults: everything that is not as it was written.
    """

    folder: Path
    made: datetime | None
    sha256: str
    entries: int
    versions: int
    signatures: int
    faults: tuple[Label, ...]


def prove(site: Site, folder: Path) -> Proved:
    """Check an archive of this site, or of another one.

    Raises:
        CannotArchive: there is none in that folder.
    """
    try:
        checker = Checker(folder)
    except Unreadable as error:
        raise CannotArchive("none") from error
    if not (folder / SUMS).is_file():
        raise CannotArchive("none")
    checker.run()
    count = checker.counts
    found = [*checker.faults, *_strange_keys(site, checker)]
    faults = tuple(Label(_italian(fault), fault) for fault in found)
    return Proved(
        folder,
        _told(site, checker.sums),
        checker.sums,
        count["entries"],
        count["versions"],
        count["signatures"],
        faults,
    )


def _strange_keys(site: Site, checker: Checker) -> list[str]:
    """Keys in the archive of this site that nobody here ever had, or that it does not say were lent."""
    if checker.site != site.code:
        return []
    known = {code: set(keys) for code, keys in site.keys.signers.items()}
    strange = [code for code, keys in checker.keys.items() if not set(keys) <= known.get(code, set())]
    there = elsewhere(site)
    strange += [origin[:8] for origin, people in checker.elsewhere.items() if people != there.get(origin)]
    strange += [site.code] if checker.site_key != site.card().sign else []
    lent = site.clinical.lent() - checker.lent
    hidden = [code for code, keys in checker.keys.items() if lent & set(keys)]
    found = [f"keys.json: a key of {code} is not one of this site's" for code in strange]
    return found + [f"keys.json: a key of {code} was chosen by somebody else" for code in hidden]


def _told(site: Site, sha256: str) -> datetime | None:
    for one in site.clinical.audit_entries(table="act", field="archived"):
        if isinstance(one.entry.new, dict) and one.entry.new.get("sha256") == sha256:
            return datetime.fromisoformat(one.entry.utc)
    return None


def _italian(fault: str) -> str:
    for english, italian in _ITALIAN:
        if re.fullmatch(english, fault):
            return re.sub(english, italian, fault)
    return fault
