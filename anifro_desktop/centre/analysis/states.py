"""States by planned visit, 6 to 60 months: how many met them, of how many, with Wilson limits.

Rules kept here (endpoints of the study, PROPOSED defaults of the protocol):
- Due: enrolled, and the visit's window has closed (`planning.due_visits`), also of who withdrew, died or was lost.
- Non-responder: met / due; a missed visit, one outside its window or an unknown state is not met. Observed: met /
  known.
- A state that only some can reach is asked of these alone, by what is known at baseline; of whom that is not known
  is counted apart (`open`), and in neither share.
- LLDAS is not evaluable at baseline; damage accrues from month 12 on.

Sources: DORIS, van Vollenhoven R et al. 2021, doi 10.1136/lupus-2021-000538. LLDAS, Franklyn K et al. 2016,
doi 10.1136/annrheumdis-2015-207726. SLE-DAS states and its change of 1.72, Jesus D et al. 2019, doi
10.1136/annrheumdis-2018-214502.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from anifro_desktop.centre.analysis.limits import share
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import (
    Cell,
    Figure,
    Named,
    Point,
    Row,
    Section,
    Series,
    Table,
    counted,
)
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.model import Tri, half_up, nine
from anifro_desktop.scores.response_rules import evaluable, judge
from anifro_desktop.scores.sledas import DECIMALS, MEANINGFUL
from anifro_desktop.study.schedule import BASELINE, PLANNED

FOLLOWUPS = {visit.key: visit.months for visit in PLANNED if visit.months > 0}

Judge = Callable[[Person, str], Tri]
Able = Callable[[Person], Tri]


def _everybody(_: Person) -> Tri:
    return True


@dataclass(frozen=True, slots=True)
class State:
    """A state by visit. met: whether somebody meets it at a planned visit. able: whether it can be asked of somebody;
    who: that in words, None where it is asked of all. since: months of the first visit that tells of it."""

    name: str
    label: Label
    met: Judge
    able: Able = _everybody
    who: Label | None = None
    since: int = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """The people of whom a state is asked at a visit: those it is due of, of these those known and those that met it;
    open: of whom it is not known whether it can be asked."""

    due: tuple[Person, ...]
    known: tuple[Person, ...]
    met: tuple[Person, ...]
    open: tuple[Person, ...]


def tally(people: Sequence[Person], state: State, planned: str) -> Tally:
    """Who counts in which number of a line."""
    due = [one for one in people if one.enrolled and planned in one.due]
    asked = tuple(one for one in due if state.able(one))
    judged = [(one, state.met(one, planned)) for one in asked]
    return Tally(
        due=asked,
        known=tuple(one for one, met in judged if met is not None),
        met=tuple(one for one, met in judged if met),
        open=tuple(one for one in due if state.able(one) is None),
    )


def cells(found: Tally, planned: str) -> tuple[Cell, ...]:
    """The numbers of a line, as `COLUMNS` names them."""
    met, known, due = len(found.met), len(found.known), len(found.due)
    return (
        counted(one.behind(one.at[planned].key) for one in found.met),
        counted(one.behind(one.at[planned].key) for one in found.known),
        counted(one.record for one in found.due),
        share(met, due),
        share(met, known),
    )


COLUMNS = (
    Named("met", Label("sì", "met")),
    Named("known", Label("noti", "known")),
    Named("due", Label("dovuti", "due")),
    Named("non_responder", Label("non-responder", "non-responder"), limits=True),
    Named("observed", Label("osservati", "observed"), limits=True),
)
NOTES = (
    Label(
        "Arruolati. Non-responder: sì / dovuti; visita mancata o fuori finestra, stato ignoto, consenso revocato, "
        "decesso e perdita al follow-up valgono «non raggiunto». Osservati: sì / noti. Limiti di Wilson al 95\u00a0%, "
        "come ci proportions, wilson.",
        "The enrolled. Non-responder: met / due; a visit missed or outside its window, an unknown state, consent "
        "withdrawn, death and loss to follow-up count as not met. Observed: met / known. 95\u00a0% Wilson limits, as "
        "ci proportions, wilson.",
    ),
)
_VISIT = Named("visit", Label("Visita", "Visit"))


def of_visit(name: str) -> Judge:
    """A state that the visit carries."""

    def met(person: Person, planned: str) -> Tri:
        seen = person.at.get(planned)
        return None if seen is None else seen.state(name)

    return met


def _responds(rule: str) -> Judge:
    """Whether a response rule is met against baseline (`scores.response_rules`); for whoever is evaluable."""

    def met(person: Person, planned: str) -> Tri:
        return judge(rule, _measures(person, BASELINE), _measures(person, planned))

    return met


def _evaluable(rule: str) -> Able:
    """Whether baseline leaves room for a response by the rule."""

    def able(person: Person) -> Tri:
        return evaluable(rule, _measures(person, BASELINE))

    return able


def _measures(person: Person, planned: str) -> dict[str, float | None]:
    """What the rules of response look at, by the names that they have there."""
    names = {"sledai": "sledai2k", "clasi_activity": "clasi_activity", "tjc28": "tjc28", "sjc28": "sjc28"}
    return {rule: _value(person, planned, measure) for rule, measure in names.items()}


def _sledas_fell(person: Person, planned: str) -> Tri:
    """Whether the SLE-DAS fell meaningfully: the change is compared as it is shown, as at the site."""
    now, start = _value(person, planned, "sledas"), _value(person, BASELINE, "sledas")
    return None if now is None or start is None else half_up(start - now, DECIMALS) >= MEANINGFUL


def _on_glucocorticoid(person: Person) -> Tri:
    dose = _value(person, BASELINE, "pred_eq")
    return None if dose is None else nine(dose) > 0


def _value(person: Person, planned: str, measure: str) -> float | None:
    seen = person.at.get(planned)
    return None if seen is None else seen.values.get(measure)


_STARTED = Label("Di chi lo prendeva al basale.", "Of those who took one at baseline.")
_STATES = {
    state.name: state
    for state in (
        State("doris", Label("Remissione DORIS 2021", "DORIS 2021 remission"), of_visit("doris")),
        State("lldas", Label("LLDAS", "LLDAS"), of_visit("lldas")),
        State(
            "doris_off_gc", Label("DORIS senza glucocorticoidi", "DORIS off glucocorticoids"), of_visit("doris_off_gc")
        ),
        State(
            "doris_off_treatment", Label("DORIS senza terapia", "DORIS off treatment"), of_visit("doris_off_treatment")
        ),
        State(
            "doris_complete",
            Label("DORIS con sierologia normale", "DORIS with normal serology"),
            of_visit("doris_complete"),
        ),
        State(
            "lldas5", Label("LLDAS con prednisone ≤ 5 mg/die", "LLDAS with prednisone ≤ 5 mg/day"), of_visit("lldas5")
        ),
        State("sledas_remission", Label("SLE-DAS, remissione", "SLE-DAS remission"), of_visit("sledas_remission")),
        State("sledas_lda", Label("SLE-DAS, bassa attività", "SLE-DAS low activity"), of_visit("sledas_lda")),
        State(
            "sledai2k_fall4",
            Label("SLEDAI-2K ridotto di almeno 4", "SLEDAI-2K lower by at least 4"),
            _responds("ttr_sledai4"),
            _evaluable("ttr_sledai4"),
            Label("Di chi aveva almeno 4 al basale.", "Of those with at least 4 at baseline."),
        ),
        State(
            "sledas_fall172",
            Label("SLE-DAS ridotto di almeno 1,72", "SLE-DAS lower by at least 1.72"),
            _sledas_fell,
        ),
        State(
            "steroid_le5", Label("Prednisone ≤ 5 mg/die", "Prednisone ≤ 5 mg/day"), of_visit("steroid_le5")
        ),
        State(
            "steroid_stopped",
            Label("Glucocorticoide sospeso", "Glucocorticoid stopped"),
            of_visit("steroid_stopped"),
            _on_glucocorticoid,
            _STARTED,
        ),
        State(
            "steroid_stop_sustained",
            Label("Glucocorticoide sospeso da almeno 28 giorni", "Glucocorticoid stopped for at least 28 days"),
            of_visit("steroid_stop_sustained"),
            _on_glucocorticoid,
            _STARTED,
        ),
        State(
            "clasi50",
            Label("CLASI-50", "CLASI-50"),
            _responds("ttr_clasi50"),
            _evaluable("ttr_clasi50"),
            Label("Di chi aveva CLASI-A ≥ 10 al basale.", "Of those with CLASI-A ≥ 10 at baseline."),
        ),
        State(
            "joints50",
            Label("Risposta articolare del 50 %", "Joint response of 50 %"),
            _responds("ttr_joint50"),
            _evaluable("ttr_joint50"),
            Label(
                "Di chi ne aveva al basale almeno 6 dolenti e 6 tumefatte su 28.",
                "Of those with at least 6 tender and 6 swollen of 28 at baseline.",
            ),
        ),
        State(
            "sdi_accrual",
            Label("Danno aumentato dal basale", "Damage accrued since baseline"),
            of_visit("sdi_accrual"),
            since=12,
        ),
    )
}  # fmt: skip
PRIMARY = ("doris", "lldas")
_SECTIONS: Mapping[str, tuple[Label, tuple[str, ...]]] = {
    "primary": (Label("Endpoint primari: DORIS e LLDAS", "Primary endpoints: DORIS and LLDAS"), PRIMARY),
    "remission": (
        Label(
            "Altre definizioni di remissione e bassa attività",
            "Other definitions of remission and low activity",
        ),
        ("doris_off_gc", "doris_off_treatment", "doris_complete", "lldas5", "sledas_remission", "sledas_lda"),
    ),
    "response": (
        Label("Risposta rispetto al basale", "Response against baseline"),
        ("sledai2k_fall4", "sledas_fall172", "clasi50", "joints50"),
    ),
    "glucocorticoid": (
        Label("Glucocorticoidi", "Glucocorticoids"),
        ("steroid_le5", "steroid_stopped", "steroid_stop_sustained"),
    ),
    "damage": (Label("Accumulo di danno", "Damage accrual"), ("sdi_accrual",)),
}


def named(name: str) -> State:
    """A state by its name."""
    return _STATES[name]


def _section(name: str, people: Sequence[Person]) -> Section:
    title, names = _SECTIONS[name]
    tables = tuple(_table(people, _STATES[one]) for one in names)
    figures = tuple(_figure(table, _STATES[table.name]) for table in tables) if name == "primary" else ()
    return Section(name, title, tables, figures)


def primary(people: Sequence[Person]) -> Section:
    """DORIS and LLDAS, the primary endpoints, with their figures."""
    return _section("primary", people)


def remission(people: Sequence[Person]) -> Section:
    """Remission and low activity by other definitions."""
    return _section("remission", people)


def response(people: Sequence[Person]) -> Section:
    """Responses against baseline."""
    return _section("response", people)


def glucocorticoid(people: Sequence[Person]) -> Section:
    """Dose up to 5 mg, and stopped."""
    return _section("glucocorticoid", people)


def damage(people: Sequence[Person]) -> Section:
    """Damage accrual by visit."""
    return _section("damage", people)


def _table(people: Sequence[Person], state: State) -> Table:
    rows = []
    some = state.who is not None
    columns = (*COLUMNS, *((Named("open", Label("basale non noto", "baseline unknown")),) if some else ()))
    notes = (*((state.who,) if state.who is not None else ()), *NOTES)
    for planned, months in FOLLOWUPS.items():
        if months >= state.since:
            found = tally(people, state, planned)
            unknown = (counted(one.record for one in found.open),) if some else ()
            head = Named(planned, Label(planned.upper(), planned.upper()))
            rows.append(Row((head,), (*cells(found, planned), *unknown)))
    return Table(state.name, state.label, (_VISIT,), columns, tuple(rows), notes)


def _figure(table: Table, state: State) -> Figure:
    """Both shares by visit, those known under them."""
    marks = tuple(float(FOLLOWUPS[row.heads[0].name]) for row in table.rows)
    series = []
    for place, under in ((3, 2), (4, 1)):
        column = COLUMNS[place]
        points = tuple(
            Point(x, cell.value, cell.low, cell.high)
            for x, row in zip(marks, table.rows, strict=True)
            if (cell := row.cells[place]).value is not None
        )
        below = tuple(int(row.cells[under].value or 0) for row in table.rows)
        series.append(Series(column.name, column.label, points, below))
    months = Label("Mesi", "Months")
    return Figure(
        f"{table.name}_figure", state.label, "shares", months, state.label, tuple(series), marks, table.name
    )
