"""`anifro-desktop site archive`: the site's own copy of everything, to be read without this program."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import a_folder, say
from anifro_desktop.workflows.archive.making import archive

Opener = Callable[[Namespace], Any]  # a context manager that gives the open site and the passphrase

_WORDS = {
    "it": {
        "done": "Archivio scritto: {folder} (pazienti: {subjects}; versioni di schede: {versions}; voci di registro: "
        "{entries}; {size} MB). Impronta di SHA256SUMS: {sha256}",
        "names": "Contiene i nomi dei pazienti: custodirlo come i dati del centro.",
        "dates": "Contiene date vere, e nei testi liberi può esserci un nome: resta al centro, mai in un cloud.",
        "findings": "La verifica prima dell'archivio ha trovato problemi ({codes}), detti in ogni documento: eseguire "
        "'site verify'.",
    },
    "en": {
        "done": "Archive written: {folder} (patients: {subjects}; versions of forms: {versions}; entries of the trail: "
        "{entries}; {size} MB). Hash of SHA256SUMS: {sha256}",
        "names": "It holds the patients' names: keep it as the site's data are kept.",
        "dates": "It holds real dates, and free texts may hold a name: it stays at the site, never in a cloud.",
        "findings": "The check before the archive found something wrong ({codes}), which every paper says: run 'site "
        "verify'.",
    },
}


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add `archive` to the verbs of a site. act: adds one that unlocks; unlocked: does it."""
    parser = act(
        acts,
        "archive",
        "write the site's own copy of everything: PDF, ODM, trail, keys; read without this program",
        lambda args: _archive(args, unlocked),
    )
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="where the archive's folder is to be made"
    )
    parser.add_argument(
        "--with-identities", action="store_true", help="put the patients' names in; needs --reason"
    )
    parser.add_argument("--reason", default="", help="why; it stands in the audit trail")


def _archive(args: Namespace, unlocked: Opener) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from anifro_desktop.ui.archive_paper import Printing
    from anifro_desktop.ui.windowless import fonts

    folder = a_folder(args.folder)
    with unlocked(args) as (site, _), fonts():
        done = archive(
            site, folder, args.lang, Printing(), identities=args.with_identities, reason=args.reason
        )
    words = _WORDS[args.lang]
    size = f"{done.size / (1 << 20):.1f}"
    facts = {
        "folder": done.folder,
        "subjects": done.subjects,
        "versions": done.versions,
        "entries": done.entries,
        "size": size.replace(".", ",") if args.lang == "it" else size,
        "sha256": done.sha256,
    }
    lines = [words["done"].format(**facts), words["names" if done.identities else "dates"]]
    if done.findings:
        lines.append(words["findings"].format(codes=", ".join(done.findings)))
    data = {
        "folder": str(done.folder),
        "subjects": done.subjects,
        "versions": done.versions,
        "entries": done.entries,
        "files": done.files,
        "size": done.size,
        "sha256": done.sha256,
        "findings": list(done.findings),
        "identities": done.identities,
    }
    say(args, data, lines)
    return 1 if done.findings else 0
