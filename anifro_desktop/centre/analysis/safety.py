"""Adverse events: overall, by severity, onset, relation, organ system, outcome; hospital stays and deaths.

What is not known of an event stands in a line of its own, never under "no". A relation that is `conditional` or
`unassessable` is not assessed; the conservative line counts it as related (PROPOSED; WHO-UMC system, PMC6039921). Early
is day 0 to 168 from the first dose, late from 169 on (PROPOSED). Treatment-emergent: from the first dose to 84 days
after the last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anifro_desktop.centre.adverse import Adverse
from anifro_desktop.centre.analysis.happenings import (
    HEADS,
    SETS,
    UNKNOWN,
    Happening,
    Line,
    adverse,
    answer,
    answers_coded,
    coded,
    records,
    set_of,
    since_entry,
    table,
)
from anifro_desktop.centre.analysis.limits import share
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Named, Row, Section, Table, counted
from anifro_desktop.forms.model import Label

GRADES = (5, 4, 3, 2, 1)  # CTCAE v5, the worst first
FATAL, WITHDRAWN, YES = 5, 1, 1  # codes of `ae_outcome`, `action_taken`, `yes_no`

Test = Callable[[Adverse], bool]


def _overall() -> list[Line]:
    return [
        Line("any", Label("Tutti", "All"), lambda one: True),
        Line("serious", Label("Gravi", "Serious"), lambda one: one.serious is True),
        Line("not_serious", Label("Non gravi", "Not serious"), lambda one: one.serious is False),
        Line(
            "serious_unknown",
            Label("Gravità non nota", "Seriousness not known"),
            lambda one: one.serious is None,
        ),
        Line("emergent", Label("Insorti in terapia", "Treatment-emergent"), lambda one: one.emergent is True),
        Line(
            "emergent_unknown",
            Label("Non noto se insorti in terapia", "Not known whether treatment-emergent"),
            lambda one: one.emergent is None,
        ),
        Line(
            "serious_emergent",
            Label("Gravi insorti in terapia", "Serious, treatment-emergent"),
            lambda one: one.serious is True and one.emergent is True,
        ),
        Line("fatal", Label("Fatali", "Fatal"), lambda one: answer(one, "outcome") == FATAL),
        Line(
            "stopped",
            Label("Con sospensione di anifrolumab", "Anifrolumab withdrawn"),
            lambda one: answer(one, "action_taken") == WITHDRAWN,
        ),
        Line(
            "interrupted",
            Label("Con interruzione di anifrolumab", "Anifrolumab interrupted"),
            lambda one: answer(one, "interrupted") == YES,
        ),
    ]


def _relation() -> list[Line]:
    lines = []
    for name, some, it, en in (
        ("all", lambda one: True, "", ""),
        ("serious", lambda one: one.serious is True, " gravi", " serious"),
    ):
        for kind, words, test in (
            ("related", ("Correlati", "Related,"), lambda one: one.related == "related"),
            ("not_related", ("Non correlati", "Not related,"), lambda one: one.related == "not_related"),
            ("not_assessed", ("Non valutati", "Not assessed,"), lambda one: one.related == "not_assessed"),
            (
                "relation_unknown",
                ("Relazione non nota", "Relation not known,"),
                lambda one: one.related is None,
            ),
            (
                "conservative",
                ("Correlati o non valutati (prudente)", "Related or not assessed (conservative),"),
                lambda one: one.related in ("related", "not_assessed"),
            ),
        ):
            label = Label(f"{words[0]}{it}", f"{words[1]}{en}".rstrip(","))
            lines.append(Line(f"{kind}_{name}", label, _both(some, test)))
    return lines


def _onset() -> list[Line]:
    lines = []
    for name, some, it, en in (
        ("all", lambda one: True, "", ""),
        ("serious", lambda one: one.serious is True, " gravi", " serious"),
    ):
        for kind, words in (
            ("early", ("Precoci (giorno 0-168)", "Early (day 0-168),")),
            ("late", ("Tardivi (dal giorno 169)", "Late (from day 169),")),
            ("pre_treatment", ("Prima della prima dose", "Before the first dose,")),
            (None, ("Inizio non noto", "Onset not known,")),
        ):
            label = Label(f"{words[0]}{it}", f"{words[1]}{en}".rstrip(","))
            lines.append(Line(f"{kind or 'onset_unknown'}_{name}", label, _both(some, _begun(kind))))
    return lines


def _begun(kind: str | None) -> Test:
    return lambda one: one.onset_class == kind


def _both(first: Test, second: Test) -> Test:
    return lambda one: first(one) and second(one)


def adverse_events(people: Sequence[Person]) -> Section:
    """Every table of adverse events."""
    tables = (
        table("adverse_overall", Label("Eventi avversi", "Adverse events"), people, adverse, _overall()),
        _severity(people),
        table("adverse_onset", Label("Per insorgenza", "By onset"), people, adverse, _onset()),
        table(
            "adverse_relation",
            Label("Per relazione con anifrolumab", "By relation"),
            people,
            adverse,
            _relation(),
        ),
        table(
            "adverse_system",
            Label("Per apparato", "By organ system"),
            people,
            adverse,
            coded("ae_system", "ae_system"),
        ),
        table(
            "adverse_outcome",
            Label("Per esito", "By outcome"),
            people,
            adverse,
            coded("outcome", "ae_outcome"),
        ),
        table(
            "adverse_action",
            Label("Per provvedimento su anifrolumab", "By action taken with anifrolumab"),
            people,
            adverse,
            coded("action_taken", "action_taken"),
        ),
    )
    return Section("adverse", Label("Eventi avversi", "Adverse events"), tables)


def hospital(people: Sequence[Person]) -> Section:
    """Stays in hospital by reason, and deaths."""
    stays = table(
        "hospital_stays",
        Label("Ricoveri per motivo", "Hospital stays by reason"),
        people,
        records("hospitalisation"),
        [Line("any", Label("Tutti", "All"), lambda one: True), *answers_coded("hosp_reason", "hosp_reason")],
    )
    deaths = table(
        "deaths",
        Label("Decessi", "Deaths"),
        people,
        records("death"),
        [Line("any", Label("Tutti", "All"), lambda one: True)],
    )
    return Section("hospital", Label("Ricoveri e decessi", "Hospital stays and deaths"), (stays, deaths))


def _severity(people: Sequence[Person]) -> Table:
    """Each subject once, at its worst grade; events at their own."""
    rows = []
    for which in SETS:
        some = set_of(which.name, people)
        happened = [(one, since_entry(one, adverse(one))) for one in some]
        for grade in (*GRADES, None):
            events = [(one, item) for one, items in happened for item in items if _grade(item) == grade]
            worst = [one for one, items in happened if items and _worst(items) == grade]
            label = UNKNOWN if grade is None else Label(f"Grado {grade}", f"Grade {grade}")
            cells = (
                counted(one.behind(item.key) for one, item in events),
                counted(one.record for one in worst),
                counted(one.record for one in some),
                share(len(worst), len(some)),
            )
            rows.append(Row((which, Named("unknown" if grade is None else f"grade{grade}", label)), cells))
    columns = (
        Named("events", Label("eventi", "events")),
        Named("subjects", Label("soggetti, al grado peggiore", "subjects, at their worst grade")),
        Named("of", Label("su", "of")),
        Named("share", Label("quota (IC 95 %)", "share (95 % CI)")),
    )
    note = Label(
        "CTCAE v5. Un soggetto conta una volta, al grado peggiore noto; se non ne è noto alcuno, nell’ultima riga.",
        "CTCAE v5. A subject counts once, at the worst grade known; where none is, in the last line.",
    )
    title = Label("Eventi avversi per grado", "Adverse events by grade")
    return Table("adverse_severity", title, HEADS, columns, tuple(rows), (note,))


def _grade(item: Happening) -> int | None:
    value = answer(item.what, "ae_grade")
    return value if value in GRADES else None


def _worst(items: Sequence[Happening]) -> int | None:
    return max((grade for item in items if (grade := _grade(item)) is not None), default=None)
