"""DORIS, LLDAS and drug retention by site, by class at baseline and by organ active at baseline: described, not tested.

A subject whose group is not known stands in a line of its own; by organ it stands in the line of each active one, in
that of none where all are known to be quiet, and in the unknown one where none is active but some are not known. The
states and their denominators are those of `states`. No correction is made for the many lines, and no p-value given:
the protocol names none. A group with nobody in it has no line; a note names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from anifro_desktop.centre.analysis.baseline import HIGH_SLEDAI
from anifro_desktop.centre.analysis.organs import SYSTEMS
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.states import (
    COLUMNS,
    FOLLOWUPS,
    NOTES,
    PRIMARY,
    State,
    cells,
    named,
    tally,
)
from anifro_desktop.centre.analysis.table import Named, Row, Section, Table
from anifro_desktop.centre.analysis.time_tables import by_group
from anifro_desktop.centre.analysis.times import retention
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.model import Tri

_UNKNOWN = Named("unknown", Label("non noto", "not known"))
_NO_ORGAN = Named("none", Label("nessun apparato attivo", "no active organ"))
_CATEGORIES = {
    "remission_range": Label("intervallo di remissione", "remission range"),
    "mild": Label("lieve", "mild"),
    "moderate_severe": Label("moderata o grave", "moderate to severe"),
}
_HEADS = (Named("group", Label("Gruppo", "Group")), Named("visit", Label("Visita", "Visit")))

Groups = Sequence[tuple[Named, Sequence[Person]]]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to part those enrolled. notes: who stands in none of its groups, or in too few."""

    name: str
    words: Label
    groups: Groups
    notes: tuple[Label, ...] = ()


def subgroups(people: Sequence[Person]) -> Section:
    """DORIS, LLDAS and drug retention by group."""
    enrolled = [one for one in people if one.enrolled]
    by_sledas = Label("per categoria SLE-DAS al basale", "by SLE-DAS category at baseline")
    by_organ = Label("per apparato attivo al basale", "by organ active at baseline")
    ways = (
        _Way("site", Label("per centro", "by site"), _sites(enrolled)),
        _Way("sledas", by_sledas, _categories(enrolled)),
        _Way("sledai", Label("per SLEDAI-2K al basale", "by SLEDAI-2K at baseline"), _sledai(enrolled)),
        _Way("organ", by_organ, _organs(enrolled), _open_organs(enrolled)),
    )
    tables = [_states(named(state), way) for state in PRIMARY for way in ways]
    tables += [_kept(way) for way in ways]
    return Section("subgroups", Label("Sottogruppi", "Subgroups"), tuple(tables), notes=(_NOTE,))


_NOTE = Label(
    "I sottogruppi descrivono: nessun confronto è previsto dal protocollo, né una correzione per la loro molteplicità.",
    "Subgroups describe: the protocol plans no comparison of them, and no correction for their number.",
)


def _states(state: State, way: _Way) -> Table:
    rows = tuple(_rows(state, _peopled(way.groups)))
    notes = (*NOTES, *way.notes, *_empty(way.groups))
    return Table(f"{state.name}_by_{way.name}", _titled(state.label, way.words), _HEADS, COLUMNS, rows, notes)


def _kept(way: _Way) -> Table:
    endpoint = retention()
    title = _titled(endpoint.title, way.words)
    table = by_group(endpoint, _peopled(way.groups), f"{endpoint.name}_by_{way.name}", title)
    return replace(table, notes=(*table.notes, *way.notes, *_empty(way.groups)))


def _titled(what: Label, by: Label) -> Label:
    return Label(f"{what.it}, {by.it}", f"{what.en}, {by.en}")


def _peopled(groups: Groups) -> Groups:
    return [(group, some) for group, some in groups if some]


def _empty(groups: Groups) -> tuple[Label, ...]:
    none = [group.label for group, some in groups if not some]
    if not none:
        return ()
    it, en = "; ".join(label.it for label in none), "; ".join(label.en for label in none)
    return (Label(f"Gruppi senza soggetti: {it}.", f"Groups without a subject: {en}."),)


def _rows(state: State, groups: Groups) -> Iterator[Row]:
    for group, some in groups:
        for planned in FOLLOWUPS:
            head = Named(planned, Label(planned.upper(), planned.upper()))
            yield Row((group, head), cells(tally(some, state, planned), planned))


def _sites(enrolled: Sequence[Person]) -> Groups:
    found: dict[str, list[Person]] = {}
    for one in enrolled:
        found.setdefault(one.site, []).append(one)
    return [(Named(site.lower(), Label(site, site)), found[site]) for site in sorted(found)]


def _categories(enrolled: Sequence[Person]) -> Groups:
    groups = [
        (Named(name, label), [one for one in enrolled if one.category == name])
        for name, label in _CATEGORIES.items()
    ]
    return [*groups, (_UNKNOWN, [one for one in enrolled if one.category not in _CATEGORIES])]


def _sledai(enrolled: Sequence[Person]) -> Groups:
    high = Named("high", Label(f"almeno {HIGH_SLEDAI}", f"at least {HIGH_SLEDAI}"))
    low = Named("low", Label(f"meno di {HIGH_SLEDAI}", f"below {HIGH_SLEDAI}"))
    return [
        (high, [one for one in enrolled if _is_high(one) is True]),
        (low, [one for one in enrolled if _is_high(one) is False]),
        (_UNKNOWN, [one for one in enrolled if _is_high(one) is None]),
    ]


def _is_high(person: Person) -> Tri:
    total = None if person.baseline is None else person.baseline.values.get("sledai2k")
    return None if total is None else total >= HIGH_SLEDAI


def _organs(enrolled: Sequence[Person]) -> Groups:
    groups = [
        (Named(system, label), [one for one in enrolled if one.organs.get(system)])
        for system, (label, _) in SYSTEMS.items()
    ]
    quiet = [one for one in enrolled if not any(one.organs.values())]
    none = [one for one in quiet if one.organs.keys() >= SYSTEMS.keys()]
    unknown = [one for one in quiet if not one.organs.keys() >= SYSTEMS.keys()]
    return [*groups, (_NO_ORGAN, none), (_UNKNOWN, unknown)]


def _open_organs(enrolled: Sequence[Person]) -> tuple[Label, ...]:
    """Of how many it is not known whether an organ was active: they may be missing in its line."""
    found = {
        label: sum(system not in one.organs for one in enrolled) for system, (label, _) in SYSTEMS.items()
    }
    some = [(label, n) for label, n in found.items() if n]
    if not some:
        return ()
    it, en = ("; ".join(f"{label.get(lang)} {n}" for label, n in some) for lang in ("it", "en"))
    return (Label(f"Non noto se attivo al basale: {it}.", f"Not known whether active at baseline: {en}."),)
