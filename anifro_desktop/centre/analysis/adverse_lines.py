"""Which adverse events the lines of the tables count.

What is not known of an event stands in a line of its own, never under "no". A relation that is `conditional` or
`unassessable` is not assessed; the conservative line counts it as related (PROPOSED; WHO-UMC system, PMC6039921). Early
is day 0 to 168 from the first dose, late from 169 on (PROPOSED). Fatal is an event by its outcome; where that is not
known, one that did not lead to death was not (ICH E2B(R3), E.i.7).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anifro_desktop.centre.adverse import Adverse
from anifro_desktop.centre.analysis.event_lines import EVERY, Line, code_of, told, yes_no
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.ae import EARLY_DAYS, FATAL
from anifro_desktop.scores.model import Tri, both

GRADES = (5, 4, 3, 2, 1)  # CTCAE v5, the worst first
SEVERE_GRADE = 3
WITHDRAWN = 1  # code of `action_taken`
_OPEN = (None, 0)  # no answer, and the code of "unknown" of `ae_outcome` and `action_taken`

Test = Callable[[Adverse], bool]


def severe(one: Adverse) -> Tri:
    """Whether an event is of CTCAE grade 3 or more."""
    grade = grade_of(one)
    return None if grade is None else grade >= SEVERE_GRADE


def grade_of(one: Adverse) -> int | None:
    """The CTCAE grade of an event."""
    value = code_of(one, "ae_grade")
    return value if value in GRADES else None


def fatal(one: Adverse) -> Tri:
    """Whether an event was fatal."""
    outcome = code_of(one, "outcome")
    if outcome not in _OPEN:
        return outcome == FATAL
    return False if yes_no("ser_death")(one) is False else None


def stopped(one: Adverse) -> Tri:
    """Whether anifrolumab was withdrawn because of an event."""
    action = code_of(one, "action_taken")
    return None if action in _OPEN else action == WITHDRAWN


def related(one: Adverse) -> Tri:
    """Whether an event is related; one that was not assessed is not known to be."""
    return None if one.related in (None, "not_assessed") else one.related == "related"


def overall() -> list[Line]:
    """All events, and what matters most of them."""
    not_serious = Label("Non gravi", "Not serious")
    not_emergent = Label("Non insorti in terapia", "Not treatment-emergent")
    interrupted = Label("Con interruzione di anifrolumab", "Anifrolumab interrupted")
    return [
        EVERY,
        *told("serious", Label("Gravi", "Serious"), lambda one: one.serious),
        Line("not_serious", not_serious, lambda one: one.serious is False),
        *told("emergent", Label("Insorti in terapia", "Treatment-emergent"), lambda one: one.emergent),
        Line("not_emergent", not_emergent, lambda one: one.emergent is False),
        *told(
            "serious_emergent",
            Label("Gravi insorti in terapia", "Serious, treatment-emergent"),
            lambda one: both(one.serious, one.emergent),
        ),
        *told("severe", Label("Di grado 3 o più", "Grade 3 or more"), severe),
        *told("fatal", Label("Fatali", "Fatal"), fatal),
        *told("stopped", Label("Con sospensione di anifrolumab", "Anifrolumab withdrawn"), stopped),
        *told("interrupted", interrupted, yes_no("interrupted")),
    ]


def _of_all_and_serious(kinds: Sequence[tuple[str, Label, Test]]) -> list[Line]:
    """Each kind twice: of all events, and of the serious ones."""
    every = [Line(f"{name}_all", label, test) for name, label, test in kinds]
    grave = [
        Line(
            f"{name}_serious", Label(f"Gravi: {_small(label.it)}", f"Serious: {_small(label.en)}"), _and(test)
        )
        for name, label, test in kinds
    ]
    return [*every, *grave]


def _and(test: Test) -> Test:
    return lambda one: one.serious is True and test(one)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def relation() -> list[Line]:
    """By relation to anifrolumab."""
    return _of_all_and_serious(
        [
            ("related", Label("Correlati", "Related"), lambda one: one.related == "related"),
            ("not_related", Label("Non correlati", "Not related"), lambda one: one.related == "not_related"),
            (
                "not_assessed",
                Label("Non valutati", "Not assessed"),
                lambda one: one.related == "not_assessed",
            ),
            (
                "relation_unknown",
                Label("Relazione non nota", "Relation not known"),
                lambda one: one.related is None,
            ),
            (
                "conservative",
                Label("Correlati o non valutati (prudente)", "Related or not assessed (conservative)"),
                lambda one: one.related in ("related", "not_assessed"),
            ),
        ]
    )


def onset() -> list[Line]:
    """By onset, seen from the first dose."""
    late = EARLY_DAYS + 1
    return _of_all_and_serious(
        [
            (
                "early",
                Label(f"Precoci (giorno 0-{EARLY_DAYS})", f"Early (day 0-{EARLY_DAYS})"),
                _begun("early"),
            ),
            ("late", Label(f"Tardivi (dal giorno {late})", f"Late (from day {late})"), _begun("late")),
            (
                "pre_treatment",
                Label("Prima della prima dose", "Before the first dose"),
                _begun("pre_treatment"),
            ),
            ("onset_unknown", Label("Insorgenza non nota", "Onset not known"), _begun(None)),
        ]
    )


def _begun(kind: str | None) -> Test:
    return lambda one: one.onset_class == kind


def exposed() -> list[Line]:
    """Of treatment-emergent events."""
    return [
        EVERY,
        *told("serious", Label("Gravi", "Serious"), lambda one: one.serious),
        *told("severe", Label("Di grado 3 o più", "Grade 3 or more"), severe),
        *told("related", Label("Correlati", "Related"), related),
        *told("fatal", Label("Fatali", "Fatal"), fatal),
        *told("stopped", Label("Con sospensione di anifrolumab", "Anifrolumab withdrawn"), stopped),
        *told("zoster", Label("Herpes zoster", "Herpes zoster"), lambda one: one.zoster),
        *told(
            "serious_infection",
            Label("Infezioni gravi", "Serious infections"),
            lambda one: one.serious_infection,
        ),
    ]
