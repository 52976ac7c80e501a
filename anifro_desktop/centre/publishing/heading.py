"""What stands at the head of a report: when it was made, by which program and forms, of whom, and the digest of its
numbers, by which two copies are known to say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from anifro_desktop import __version__
from anifro_desktop.centre.analysis.gathering import Gathered
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Contents, Named
from anifro_desktop.centre.interim import NEEDED, completed
from anifro_desktop.centre.publishing.listing import records_csv, table_csv
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.store.centre_cuts import CutRow

Facts = tuple[tuple[Named, str], ...]


def headed(
    contents: Contents,
    people: Sequence[Person],
    definitions: Definitions,
    excluded: Sequence[str],
    made: datetime,
) -> Contents:
    """The contents with their head before the facts they have. excluded: codes of the subjects left out."""
    enrolled = sum(1 for person in people if person.enrolled is True)
    pack = f"{definitions.pack.id} ({definitions.digest[:12]})".strip()
    facts: Facts = (
        (Named("made", Label("Scritto", "Written")), f"{made.astimezone(UTC):%Y-%m-%d %H:%M} UTC"),
        (Named("program", Label("Programma", "Program")), f"anifro-desktop {__version__}"),
        (Named("forms", Label("Versione delle schede", "Version of the forms")), pack),
        (Named("subjects", Label("Soggetti", "Subjects")), str(len(people))),
        (Named("enrolled", Label("Arruolati", "Enrolled")), str(enrolled)),
        (Named("excluded", Label("Esclusi per consenso", "Left out by consent")), ", ".join(excluded) or "0"),
        *contents.facts,
        (
            Named("digest", Label("Impronta dei numeri (SHA-256)", "Digest of the numbers (SHA-256)")),
            digest(contents),
        ),
    )
    return replace(contents, facts=facts)


def cut_facts(found: Gathered, cut: CutRow | None) -> Facts:
    """How far the interim analysis is, and what a report is of if it is of a cut."""
    done = completed(found.people)
    waited = (Named("interim", Label("Analisi ad interim", "Interim analysis")), f"{done} / {NEEDED}")
    if cut is None:
        return (waited,)
    made = f"{cut.name} {cut.through.upper()}".strip() + f", {cut.made[:10]} {cut.made[11:16]} UTC, {cut.who}"
    facts: Facts = (
        (Named("cut", Label("Taglio dei dati", "Data cut")), made),
        (
            Named("cut_digest", Label("Impronta del taglio (SHA-256)", "Digest of the cut (SHA-256)")),
            cut.digest,
        ),
        waited,
    )
    label = Label("Consenso revocato dopo il taglio", "Consent withdrawn after the cut")
    return (*facts, (Named("cut_since", label), ", ".join(found.since))) if found.since else facts


def digest(contents: Contents) -> str:
    """SHA-256 (hex) over every number and the records behind it, the same in both languages."""
    found = hashlib.sha256()
    for piece in records_csv(contents):
        found.update(piece)
    for table in contents.tables():
        found.update(f"{table.name}\n".encode())
        found.update(table_csv(table, ""))
    return found.hexdigest()
