"""Every event that came, and whether the tables of safety count it: with the records, so that each can be looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from anifro_desktop.centre.analysis import incidence
from anifro_desktop.centre.analysis.happenings import Happening, Of, adverse, records, when
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Cell, Named, Row, Table, counted
from anifro_desktop.centre.observing import When
from anifro_desktop.forms.model import Label

_KINDS: Sequence[tuple[str, Label, Of]] = (
    ("adverse_event", Label("Eventi avversi", "Adverse events"), adverse),
    ("hospitalisation", Label("Ricoveri", "Hospital stays"), records("hospitalisation")),
    ("pregnancy", Label("Gravidanze", "Pregnancies"), records("pregnancy")),
    ("death", Label("Decessi", "Deaths"), records("death")),
)
_NOT_ENROLLED = (
    (False, Named("not_enrolled", Label("di chi non è arruolato", "of those not enrolled"))),
    (None, Named("enrolment_unknown", Label("di arruolamento non noto", "enrolment not known"))),
)
_ENROLLED: Sequence[tuple[When, Label]] = (
    ("before", Label("arruolati: prima dell’ingresso", "enrolled: before entry")),
    ("within", Label("arruolati: in osservazione (contati)", "enrolled: under observation (counted)")),
    ("perhaps", Label("arruolati: forse in osservazione (contati)", "enrolled: perhaps under it (counted)")),
    (
        "after",
        Label("arruolati: dopo il decesso o la revoca", "enrolled: after death or withdrawal"),
    ),
)
Found = Sequence[tuple[Person, Happening]]


def accounted(people: Sequence[Person]) -> Table:
    """How many events of each kind came, and how many of them count."""
    rows = tuple(row for kind in _KINDS for row in _rows(people, *kind))
    heads = (Named("form", Label("Scheda", "Form")), Named("line", Label("Eventi", "Events")))
    note = Label(
        "Osservazione: dall’ingresso (giorno 0, o arruolamento per chi era già in terapia) al decesso, alla revoca del "
        "consenso o all’ultimo giorno di cui si sa qualcosa. Le tabelle di sicurezza contano degli arruolati ciò che è "
        "iniziato in osservazione, o può esserlo (inizio non noto, o noto solo al mese o all’anno).",
        "Observation: from entry (day 0, or enrolment for whoever was on the drug already) to death, withdrawal of "
        "consent or the last day of which anything is known. The tables of safety count of the enrolled what began "
        "under observation, or may have (start not known, or only to its month or year).",
    )
    columns = (incidence.EVENTS, incidence.SUBJECTS)
    title = Label("Eventi ricevuti e contati", "Events received and counted")
    return Table("events_counted", title, heads, columns, rows, (note,))


def _rows(people: Sequence[Person], form: str, label: Label, of: Of) -> Iterator[Row]:
    came = [(one, item) for one in people for item in of(one)]
    head = Named(form, label)
    yield Row((head, Named("received", Label("ricevuti", "received"))), _cells(came))
    for state, named in _NOT_ENROLLED:
        yield Row((head, named), _cells([(one, item) for one, item in came if one.enrolled is state]))
    placed = [(one, item, when(one, item)) for one, item in came if one.enrolled]
    for place, words in _ENROLLED:
        found = [(one, item) for one, item, where in placed if where == place]
        yield Row((head, Named(place, words)), _cells(found))


def _cells(found: Found) -> tuple[Cell, ...]:
    subjects = dict.fromkeys(one.record for one, _ in found)
    return counted(one.behind(item.key) for one, item in found), counted(subjects)
