"""Herpes zoster: what became of each episode, and how long it took.

A question that does not apply yet (pain beyond 90 days before they have passed, sequelae while the episode lasts)
is neither "no" nor "not known". Of an event without a category it is not known whether it is an episode: the tables
tell how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from anifro_desktop import forms
from anifro_desktop.centre.adverse import ZOSTER, Adverse
from anifro_desktop.centre.analysis.event_lines import after, code_of, codes_of, yes_no
from anifro_desktop.centre.analysis.happenings import SETS, SETS_NOTE, Happening, adverse, observed, set_of
from anifro_desktop.centre.analysis.limits import limited, quantile, share
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Cell, Named, Row, Table, counted
from anifro_desktop.centre.spans import span
from anifro_desktop.forms.model import Label
from anifro_desktop.record import Missing
from anifro_desktop.scores.model import Tri

DISSEMINATED = 2  # dermatomes; more are a disseminated form (`zos_disseminated`)
Said = Tri | Missing
Told = int | Missing | None
Measure = Callable[[Adverse], Told]
Episodes = Sequence[tuple[Person, Happening]]
# Yes/no answers about an episode, as they stand in the record.
_ASKED = (
    "zos_disseminated", "zos_ophthalmic", "zos_cns", "zos_pain_90d", "zos_antiviral", "zos_hospitalised",
    "zos_sequelae",
)  # fmt: skip
_SIDE = Label("Lato", "Side")
_HELD = Label("Anifrolumab", "Anifrolumab")
_NOTE = Label(
    "Episodi di herpes zoster iniziati in osservazione, o che possono esserlo.",
    "Episodes of herpes zoster that began under observation, or may have.",
)


def outcomes(people: Sequence[Person]) -> Table:
    """What became of each episode, in both sets."""
    rows = []
    for which in SETS:
        found = list(_events(people, which))
        episodes = [(one, item) for one, item in found if item.what.category == ZOSTER]
        rows += [_row(which, name, label, episodes, said) for name, label, said in _questions()]
        maybe = [(one, item) for one, item in found if item.what.category is None]
        label = Label("Categoria non nota (forse zoster)", "Category not known (perhaps zoster)")
        rows.append(_row(which, "category_unknown", label, maybe, lambda one: None))
    columns = (
        Named("yes", Label("sì", "yes")),
        Named("no", Label("no", "no")),
        Named("not_applicable", Label("non applicabile, o non ancora", "not applicable, or not yet")),
        Named("unknown", Label("non noto", "not known")),
        Named("share", limited("sì / noti", "yes / known"), limits=True),
    )
    note = Label(
        "Quota: sì / (sì + no). Una domanda senza risposta vale «non noto»; «non ancora»: dolore oltre i 90 giorni "
        "prima che siano passati, guarigione o postumi di un episodio in corso.",
        "Share: yes / (yes + no). A question without an answer is “not known”; “not yet”: pain beyond 90 days before "
        "they have passed, healing or sequelae of an episode that lasts.",
    )
    heads = (Named("set", Label("Insieme", "Set")), Named("outcome", Label("Esito", "Outcome")))
    title = Label("Herpes zoster: esiti", "Herpes zoster: outcomes")
    return Table("zoster_outcomes", title, heads, columns, tuple(rows), (_NOTE, note, SETS_NOTE))


def _events(people: Sequence[Person], which: Named) -> Iterator[tuple[Person, Happening]]:
    for one in set_of(which.name, people):
        for item in observed(one, adverse(one)):
            yield one, item


def _questions() -> Iterator[tuple[str, Label, Callable[[Adverse], Said]]]:
    """Every line of the outcomes: its name, its words and what an episode says to it."""
    fields = forms.load().fields
    more = Label("Più di 2 dermatomeri", "More than 2 dermatomes")
    again = Label("Recidiva (non il primo episodio)", "Recurrence (not the first episode)")
    once = Label("Vaccino ricombinante: almeno una dose", "Recombinant vaccine: at least one dose")
    twice = Label("Vaccino ricombinante: almeno due dosi", "Recombinant vaccine: at least two doses")
    yield "serious", Label("Grave", "Serious"), lambda one: one.serious
    yield "dermatomes", more, _least("zos_dermatomes", DISSEMINATED + 1)
    yield from _each("zos_side", "body_side", _SIDE)
    for name in _ASKED:
        yield name, fields[name].label, _answered(name)
    yield "recurrence", again, _least("zos_recurrence", 1)
    yield "vaccinated", once, _least("zos_vaccine_doses", 1)
    yield "vaccinated_twice", twice, _least("zos_vaccine_doses", 2)
    yield from _each("zos_anifrolumab", "drug_held", _HELD)
    yield "healed", fields["zos_resolution"].label, _healed


def _each(field: str, codes: str, before: Label) -> Iterator[tuple[str, Label, Callable[[Adverse], Said]]]:
    """A line for each code of a field."""
    for value, label, _ in codes_of(codes):
        yield f"{field}_{value}", after(before, label), _equal(field, value)


def _equal(field: str, value: int) -> Callable[[Adverse], Said]:
    def said(one: Adverse) -> Said:
        given = code_of(one, field)
        return _reason(one, field) if given is None else given == value

    return said


def _least(field: str, least: int) -> Callable[[Adverse], Said]:
    def said(one: Adverse) -> Said:
        given = code_of(one, field)
        return _reason(one, field) if given is None else given >= least

    return said


def _answered(field: str) -> Callable[[Adverse], Said]:
    def said(one: Adverse) -> Said:
        given = yes_no(field)(one)
        return _reason(one, field) if given is None else given

    return said


def _healed(one: Adverse) -> Said:
    """Whether the skin has healed: a day, or a month, says so."""
    return True if span(one.event.answers.get("zos_resolution")) else _reason(one, "zos_resolution")


def _reason(one: Adverse, field: str) -> Said:
    """Why there is no answer, if that is that there can be none; else it is not known."""
    return Missing.NOT_APPLICABLE if one.event.answers.get(field) is Missing.NOT_APPLICABLE else None


def _row(which: Named, name: str, label: Label, episodes: Episodes, said: Callable[[Adverse], Said]) -> Row:
    """Yes, no, not applicable, not known, and the share of yes among the known."""
    given = [(one.behind(item.key), said(item.what)) for one, item in episodes]
    yes, no, none, unknown = (
        counted(record for record, answer in given if answer is value)
        for value in (True, False, Missing.NOT_APPLICABLE, None)
    )
    met = int(yes.value or 0)
    return Row((which, Named(name, label)), (yes, no, none, unknown, share(met, met + int(no.value or 0))))


def measures(people: Sequence[Person]) -> Table:
    """Numbers of each episode, in both sets: of those of which they are known."""
    rows = []
    for which in SETS:
        episodes = [(one, item) for one, item in _events(people, which) if item.what.category == ZOSTER]
        rows += [
            Row((which, Named(name, label)), _spread(episodes, measure)) for name, label, measure in _MEASURES
        ]
    columns = (
        Named("known", Label("episodi, noti", "episodes, known")),
        Named("not_applicable", Label("non applicabile, o non ancora", "not applicable, or not yet")),
        Named("unknown", Label("non noti", "not known")),
        Named("least", Label("minimo", "least")),
        Named("q1", Label("Q1", "Q1")),
        Named("median", Label("mediana", "median")),
        Named("q3", Label("Q3", "Q3")),
        Named("most", Label("massimo", "most")),
    )
    note = Label(
        "Degli episodi con il numero noto; una durata è nota se lo sono entrambi i giorni. «Non ancora»: pelle non "
        "guarita, evento in corso; l’antivirale conta dove fu dato. Quartili di summarize, detail.",
        "Of the episodes whose number is known; a duration is where both days are. “Not yet”: skin not healed, event "
        "going on; of an antiviral, where one was given. Quartiles of summarize, detail.",
    )
    heads = (Named("set", Label("Insieme", "Set")), Named("measure", Label("Misura", "Measure")))
    title = Label("Herpes zoster: misure", "Herpes zoster: measures")
    return Table("zoster_measures", title, heads, columns, tuple(rows), (_NOTE, note, SETS_NOTE))


def _number(field: str) -> Measure:
    return lambda one: code_of(one, field)


def _antiviral_days(one: Adverse) -> Told:
    """For how long an antiviral was given, if one was."""
    return (
        Missing.NOT_APPLICABLE if code_of(one, "zos_antiviral") == 0 else code_of(one, "zos_antiviral_days")
    )


def _days_healing(one: Adverse) -> Told:
    return _reason(one, "zos_resolution") or _days_to(one, "zos_resolution")


def _days_lasting(one: Adverse) -> Told:
    """How long an event lasted that has ended."""
    return Missing.NOT_APPLICABLE if code_of(one, "ae_ongoing") == 1 else _days_to(one, "ae_end")


def _days_to(one: Adverse, field: str) -> int | None:
    """Days from the start of an episode to another of its days, where both are known to the day."""
    until, start = code_of(one, field), one.start
    return None if until is None or start is None or start[0] != start[1] else until - start[0]


_MEASURES: Sequence[tuple[str, Label, Measure]] = (
    ("dermatomes", Label("Dermatomeri", "Dermatomes"), _number("zos_dermatomes")),
    ("recurrence", Label("Numero della recidiva", "Recurrence number"), _number("zos_recurrence")),
    (
        "vaccine_doses",
        Label("Dosi di vaccino ricombinante", "Doses of recombinant vaccine"),
        _number("zos_vaccine_doses"),
    ),
    ("antiviral_days", Label("Antivirale: giorni", "Antiviral: days"), _antiviral_days),
    (
        "healing_days",
        Label("Giorni alla guarigione della pelle", "Days until the skin healed"),
        _days_healing,
    ),
    ("duration_days", Label("Giorni alla fine dell’evento", "Days until the event ended"), _days_lasting),
)


def _spread(episodes: Episodes, measure: Measure) -> tuple[Cell, ...]:
    given = [(one.behind(item.key), measure(item.what)) for one, item in episodes]
    known = [(record, value) for record, value in given if isinstance(value, int)]
    values = sorted(value for _, value in known)
    spread: list[float | None] = [None] * 5
    if values:
        quartiles = [quantile(values, part) for part in (0.25, 0.5, 0.75)]
        spread = [values[0], *quartiles, values[-1]]
    return (
        counted(record for record, _ in known),
        counted(record for record, value in given if value is Missing.NOT_APPLICABLE),
        counted(record for record, value in given if value is None),
        *(Cell(value, "days") for value in spread),
    )
