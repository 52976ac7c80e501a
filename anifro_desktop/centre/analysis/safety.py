"""Adverse events: overall, by severity, onset, relation, organ system, category, outcome; and while on treatment.

Treatment-emergent: from the first dose to 84 days after the last (PROPOSED; the safety follow-up of the trials, doi
10.1136/lupus-2020-000464). What each line counts: `adverse_lines`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anifro_desktop.centre.analysis import incidence
from anifro_desktop.centre.analysis.accounted import accounted
from anifro_desktop.centre.analysis.adverse_lines import GRADES, exposed, grade_of, onset, overall, relation
from anifro_desktop.centre.analysis.event_lines import UNKNOWN, Line, coded
from anifro_desktop.centre.analysis.happenings import (
    COLUMNS,
    HEADS,
    SETS,
    SETS_NOTE,
    Followed,
    Happening,
    adverse,
    observed,
    rows_of,
    set_of,
    table,
)
from anifro_desktop.centre.analysis.limits import share
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.serious_listing import serious_listing
from anifro_desktop.centre.analysis.table import Named, Row, Section, Table, counted
from anifro_desktop.centre.exposure import DAYS_PER_YEAR
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.ae import FOLLOW_UP_DAYS

_EMERGENT = Label(
    f"Insorto in terapia: iniziato fra la prima dose e {FOLLOW_UP_DAYS} giorni dopo l’ultima dose nota, compresi. Non "
    "noto: senza dose nota, con inizio incerto, o oltre quei giorni in chi non ha finito la terapia.",
    f"Treatment-emergent: begun between the first dose and {FOLLOW_UP_DAYS} days after the last known dose, both "
    "included. Not known: without a known dose, with an uncertain start, or beyond those days in somebody whose "
    "treatment has not ended.",
)


_ONSET = Label(
    "Giorni dalla prima dose. Chi ha una dose è osservato dalla prima dose in poi: «prima della prima dose» è "
    "quindi quasi sempre 0 per costruzione, e ciò che precede è nella tabella «Eventi ricevuti e contati». Senza "
    "dose nota, o con inizio non noto, l’insorgenza non è nota.",
    "Days since the first dose. Whoever has a dose is observed from the first on: “before the first dose” is "
    "therefore nearly always 0 by construction, and what came before stands in the table “Events received and "
    "counted”. Without a known dose, or with a start not known, the onset is not known.",
)
_RELATION = Label(
    "Causalità WHO-UMC: certa, probabile e possibile = correlato; improbabile = non correlato; condizionata e non "
    "valutabile = non valutato, che la riga prudente conta come correlato.",
    "WHO-UMC causality: certain, probable and possible = related; unlikely = not related; conditional and "
    "unassessable = not assessed, which the conservative line counts as related.",
)
_SYSTEMS = Label(
    "Apparati dell’elenco dello studio. Il termine riferito e quello MedDRA non lasciano il centro clinico: qui non "
    "c’è quindi una tabella per termine.",
    "Organ systems of the study’s list. The term as reported and that of MedDRA do not leave the site: there is "
    "therefore no table by term here.",
)


# Name, title, what its lines are, and what is to be known.
_TABLES: Sequence[tuple[str, Label, Callable[[], list[Line]], Label | None]] = (
    (
        "adverse_onset",
        Label("Eventi avversi per insorgenza", "Adverse events by onset"),
        onset,
        _ONSET,
    ),
    (
        "adverse_relation",
        Label("Eventi avversi per relazione con anifrolumab", "Adverse events by relation to anifrolumab"),
        relation,
        _RELATION,
    ),
    (
        "adverse_system",
        Label("Eventi avversi per apparato", "Adverse events by organ system"),
        lambda: coded("ae_system", "ae_system"),
        _SYSTEMS,
    ),
    (
        "serious_system",
        Label("Eventi avversi gravi per apparato", "Serious adverse events by organ system"),
        lambda: coded("ae_system", "ae_system", lambda one: one.serious is True),
        _SYSTEMS,
    ),
    (
        "adverse_category",
        Label("Eventi avversi per categoria di interesse", "Adverse events by category of interest"),
        lambda: coded("aesi_category", "aesi"),
        None,
    ),
    (
        "adverse_outcome",
        Label("Eventi avversi per esito", "Adverse events by outcome"),
        lambda: coded("outcome", "ae_outcome"),
        None,
    ),
    (
        "adverse_action",
        Label("Eventi avversi per provvedimento su anifrolumab", "Adverse events by action taken with anifrolumab"),
        lambda: coded("action_taken", "action_taken"),
        None,
    ),
)  # fmt: skip


def adverse_events(people: Sequence[Person]) -> Section:
    """Every table of adverse events."""
    title = Label("Eventi avversi", "Adverse events")
    tables = (
        accounted(people),
        table("adverse_overall", title, people, adverse, overall(), _EMERGENT),
        _exposed(people),
        _severity(people),
        *(
            table(name, words, people, adverse, lines(), *(() if note is None else (note,)))
            for name, words, lines, note in _TABLES
        ),
        serious_listing(people),
    )
    return Section("adverse", title, tables)


def _exposed(people: Sequence[Person]) -> Table:
    """Treatment-emergent events against the time in which an event would be one."""
    treated = set_of("treated", people)
    open_ones = sum(one.exposure.last is None for one in treated)
    followed = [
        Followed(one, one.exposure.entry, _exposed_years(one, last), _while_exposed(one))
        for one in treated
        if (last := one.exposure.last) is not None
    ]
    note = Label(
        f"Chi ha una prima e un’ultima dose note; lasciati fuori per ultima dose non nota: {open_ones}. Anni-paziente "
        f"dall’ingresso a {FOLLOW_UP_DAYS} giorni dopo l’ultima dose nota, o alla fine dell’osservazione se precede; "
        "EAIR e limiti come nelle altre tabelle.",
        f"Whoever has a known first and last dose; left out since the last dose is not known: {open_ones}. "
        f"Patient-years from entry to {FOLLOW_UP_DAYS} days after the last known dose, or to the end of observation if "
        "that comes first; EAIR and limits as in the other tables.",
    )
    title = Label(
        "Eventi avversi insorti in terapia, per tempo di esposizione",
        "Treatment-emergent adverse events, by time of exposure",
    )
    rows = tuple(rows_of(SETS[1], followed, exposed()))
    return Table("adverse_exposed", title, HEADS, COLUMNS, rows, (_EMERGENT, note))


def _exposed_years(person: Person, last: int) -> float:
    spent = person.exposure
    until = last + FOLLOW_UP_DAYS if spent.end is None else min(spent.end, last + FOLLOW_UP_DAYS)
    return max(0.0, (until - spent.entry) / DAYS_PER_YEAR)


def _while_exposed(person: Person) -> list[Happening]:
    return [item for item in observed(person, adverse(person)) if item.what.emergent is True]


def _severity(people: Sequence[Person]) -> Table:
    """Each subject once, at its worst grade; events at their own."""
    rows = []
    for which in SETS:
        some = set_of(which.name, people)
        happened = [(one, observed(one, adverse(one))) for one in some]
        among = counted(one.record for one in some)
        for grade in (*GRADES, None):
            events = [
                (one, item) for one, items in happened for item in items if grade_of(item.what) == grade
            ]
            worst = [one for one, items in happened if items and _worst(items) == grade]
            label = UNKNOWN if grade is None else Label(f"Grado {grade}", f"Grade {grade}")
            cells = (
                counted(one.behind(item.key) for one, item in events),
                counted(one.record for one in worst),
                among,
                share(len(worst), len(some)),
            )
            rows.append(Row((which, Named("unknown" if grade is None else f"grade{grade}", label)), cells))
    subjects = Named("subjects", Label("soggetti, al grado peggiore", "subjects, at their worst grade"))
    columns = (incidence.EVENTS, subjects, incidence.OF, incidence.SHARE)
    note = Label(
        "CTCAE v5. Un soggetto conta una volta, al grado peggiore noto; se non ne è noto alcuno, nell’ultima riga.",
        "CTCAE v5. A subject counts once, at the worst grade known; where none is, in the last line.",
    )
    title = Label("Eventi avversi per grado", "Adverse events by grade")
    return Table("adverse_severity", title, HEADS, columns, tuple(rows), (note, SETS_NOTE))


def _worst(items: Sequence[Happening]) -> int | None:
    return max((grade for item in items if (grade := grade_of(item.what)) is not None), default=None)
