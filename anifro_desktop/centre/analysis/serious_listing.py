"""The serious adverse events one by one: what the data set says of each, in study days and codes.

No text of a site and no date stands here. Days count from day 0; a start that is known to its month or year only is
told by the first and the last day that it may be. Whoever is not enrolled, and what began before entry or after
observation ended, is here too: a serious event is never left out of a listing; whether it counts stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from anifro_desktop import forms
from anifro_desktop.centre.adverse import Adverse
from anifro_desktop.centre.analysis.adverse_lines import grade_of
from anifro_desktop.centre.analysis.event_lines import code_of
from anifro_desktop.centre.analysis.happenings import adverse, when
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Cell, Named, Row, Table
from anifro_desktop.centre.observing import When
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.ae import CRITERIA
from anifro_desktop.scores.model import Tri

_HEADS = (
    Named("subject", Label("Soggetto", "Subject")),
    Named("event", Label("Evento", "Event")),
    Named("criteria", Label("Criteri di gravità", "Criteria of seriousness")),
    Named("category", Label("Categoria", "Category")),
    Named("system", Label("Apparato", "Organ system")),
    Named("emergent", Label("Insorto in terapia", "Treatment-emergent")),
    Named("causality", Label("Causalità", "Causality")),
    Named("action", Label("Provvedimento", "Action taken")),
    Named("outcome", Label("Esito", "Outcome")),
    Named("counts", Label("Contato", "Counted")),
)
_COLUMNS = (
    Named("grade", Label("grado", "grade")),
    Named("start_least", Label("inizio, dal giorno", "start, from day")),
    Named("start_most", Label("al giorno", "to day")),
    Named("end", Label("fine, giorno", "end, day")),
    Named("after_last", Label("giorni dopo l’ultima dose", "days after the last dose")),
)
_CRITERIA = {
    "ser_death": Label("decesso", "death"),
    "ser_life_threatening": Label("pericolo di vita", "life-threatening"),
    "ser_hospitalisation": Label("ricovero", "hospitalisation"),
    "ser_disability": Label("invalidità", "disability"),
    "ser_congenital": Label("anomalia congenita", "congenital anomaly"),
    "ser_important": Label("altro importante", "other important"),
}
_COUNTS: dict[When, Label] = {
    "before": Label("no: prima dell’ingresso", "no: before entry"),
    "within": Label("sì", "yes"),
    "perhaps": Label("sì, inizio incerto", "yes, start uncertain"),
    "after": Label("no: dopo il decesso o la revoca", "no: after death or withdrawal"),
}
_UNKNOWN = Named("unknown", Label("non noto", "not known"))
_TRI: dict[Tri, Named] = {
    True: Named("yes", Label("sì", "yes")),
    False: Named("no", Label("no", "no")),
    None: _UNKNOWN,
}


def serious_listing(people: Sequence[Person]) -> Table:
    """Every serious adverse event, by subject."""
    rows = [
        Row(_heads(one, item.what, _counts(one, when(one, item))), _cells(one, item.what))
        for one in people
        for item in adverse(one)
        if item.what.serious is True
    ]
    note = Label(
        "Ogni evento grave ricevuto, contato o no nelle altre tabelle. Giorni dal giorno 0 (prima dose, o arruolamento "
        "senza dose); di un inizio noto solo al mese o all’anno, il primo e l’ultimo giorno possibili. Dopo "
        "l’ultima dose nota: solo se l’evento è iniziato dopo. I testi liberi non lasciano il centro clinico.",
        "Every serious event received, counted in the other tables or not. Days from day 0 (first dose, or enrolment "
        "without one); of a start known only to its month or year, the first and the last possible day. After the "
        "last known dose: only where the event began after it. Free texts do not leave the site.",
    )
    title = Label("Elenco degli eventi avversi gravi", "Listing of serious adverse events")
    return Table("serious_listing", title, _HEADS, _COLUMNS, tuple(rows), (note,))


def _heads(person: Person, one: Adverse, counts: Named) -> tuple[Named, ...]:
    said = [name for name in CRITERIA if code_of(one, name) == 1]
    criteria = Label(
        ", ".join(_CRITERIA[name].it for name in said), ", ".join(_CRITERIA[name].en for name in said)
    )
    return (
        _plain(person.code),
        _plain(one.event.key),
        Named("+".join(said), criteria),
        _coded(one, "aesi_category", "aesi"),
        _coded(one, "ae_system", "ae_system"),
        _TRI[one.emergent],
        _coded(one, "causality_who", "causality_who"),
        _coded(one, "action_taken", "action_taken"),
        _coded(one, "outcome", "ae_outcome"),
        counts,
    )


def _plain(text: str) -> Named:
    return Named(text, Label(text, text))


def _coded(one: Adverse, field: str, codes: str) -> Named:
    value = code_of(one, field)
    label = None if value is None else forms.load().code_lists[codes].label(value)
    return _UNKNOWN if label is None else Named(f"{field}_{value}", label)


def _counts(person: Person, place: When) -> Named:
    if person.enrolled:
        return Named(place, _COUNTS[place])
    if person.enrolled is None:
        return Named("enrolment_unknown", Label("no: arruolamento non noto", "no: enrolment not known"))
    return Named("not_enrolled", Label("no: non arruolato", "no: not enrolled"))


def _cells(person: Person, one: Adverse) -> tuple[Cell, ...]:
    spent = person.exposure
    start = (None, None) if one.start is None else one.start
    return (
        Cell(grade_of(one), "days"),
        *(Cell(spent.after_day0(day), "days") for day in start),
        Cell(spent.after_day0(code_of(one, "ae_end")), "days"),
        Cell(_after_last(one), "days"),
    )


def _after_last(one: Adverse) -> int | None:
    """Days from the last known dose to the start of an event that began after it."""
    return one.after_last if one.after_last is not None and one.after_last >= 0 else None
