"""Events of special interest: infections with zoster and its outcomes, cardiovascular ones, neoplasms, others.

A category is the site's answer (`aesi_category`); a serious infection is one filed as serious or opportunistic, or any
infection that is serious, as in `centre.adverse`. MACE: cardiovascular death, myocardial infarction, stroke.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anifro_desktop import forms
from anifro_desktop.centre.adverse import CARDIOVASCULAR, OTHER_INFECTION, SERIOUS_INFECTION, ZOSTER, Adverse
from anifro_desktop.centre.analysis.happenings import (
    Happening,
    Line,
    adverse,
    answer,
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

NEOPLASM, HYPERSENSITIVITY = 5, 6  # codes of `aesi`, beside those of `centre.adverse`
_NEOPLASMS = Label("Tumori e lesioni precancerose", "Neoplasms and precancerous lesions")
_REACTIONS = Label("Ipersensibilità e reazioni", "Hypersensitivity and reactions")
_INFECTIONS = (ZOSTER, SERIOUS_INFECTION, OTHER_INFECTION)
# Yes/no answers about an episode of zoster, as they stand in the record.
_ZOSTER = (
    "zos_disseminated", "zos_ophthalmic", "zos_cns", "zos_pain_90d", "zos_antiviral", "zos_hospitalised",
    "zos_sequelae",
)  # fmt: skip


def _of(*categories: int) -> Callable[[Adverse], bool]:
    return lambda one: one.category in categories


def special_interest(people: Sequence[Person]) -> Section:
    """Every table of events of special interest."""
    every = [Line("any", Label("Tutti", "All"), lambda one: True)]
    reactions = [Line("any", Label("Tutti", "All"), _of(HYPERSENSITIVITY))]
    tables = (
        table("infections", Label("Infezioni", "Infections"), people, adverse, _infections()),
        _zoster(people),
        table(
            "cardiovascular",
            Label("Eventi cardiovascolari", "Cardiovascular events"),
            people,
            adverse,
            _heart(),
        ),
        table("neoplasms", _NEOPLASMS, people, adverse, _neoplasms()),
        table("hypersensitivity", _REACTIONS, people, adverse, reactions),
        table("pregnancies", Label("Gravidanze", "Pregnancies"), people, records("pregnancy"), every),
    )
    return Section(
        "special_interest", Label("Eventi di interesse particolare", "Events of special interest"), tables
    )


def _infections() -> list[Line]:
    serious = Label("Gravi o opportunistiche", "Serious or opportunistic")
    unknown = Label("Gravità non nota", "Seriousness not known")
    return [
        Line("any", Label("Tutte", "All"), _of(*_INFECTIONS)),
        Line("serious_infection", serious, lambda one: one.serious_infection is True),
        Line("serious_unknown", unknown, _unknown_seriousness),
        Line("zoster", Label("Herpes zoster", "Herpes zoster"), _of(ZOSTER)),
        Line(
            "category_unknown",
            Label("Categoria non nota", "Category not known"),
            lambda one: one.category is None,
        ),
        *coded("oinf_site", "infection_site", _of(OTHER_INFECTION)),
    ]


def _unknown_seriousness(one: Adverse) -> bool:
    return one.category in _INFECTIONS and one.serious_infection is None


def _heart() -> list[Line]:
    return [
        Line("any", Label("Tutti", "All"), _of(CARDIOVASCULAR)),
        Line("mace", Label("MACE", "MACE"), lambda one: one.mace is True),
        *coded("cv_type", "cv_type", _of(CARDIOVASCULAR)),
    ]


def _neoplasms() -> list[Line]:
    return [
        Line("any", Label("Tutti", "All"), _of(NEOPLASM)),
        *coded("neo_behaviour", "neo_behaviour", _of(NEOPLASM)),
    ]


def _zoster(people: Sequence[Person]) -> Table:
    """What became of each episode of zoster of the enrolled."""
    episodes = [
        (one, item)
        for one in set_of("enrolled", people)
        for item in since_entry(one, adverse(one))
        if item.what.category == ZOSTER
    ]
    fields = forms.load().fields
    rows = [
        _answered(name, fields[name].label, [(one, item, answer(item.what, name)) for one, item in episodes])
        for name in _ZOSTER
    ]
    rows.append(
        _answered("serious", Label("Grave", "Serious"), [(*pair, _tri(pair[1])) for pair in episodes])
    )
    rows += _held(episodes)
    columns = (
        Named("yes", Label("sì", "yes")),
        Named("no", Label("no", "no")),
        Named("unknown", Label("non noto", "not known")),
        Named("share", Label("sì / noti (IC 95 %)", "yes / known (95 % CI)")),
    )
    note = Label(
        "Episodi di herpes zoster degli arruolati, dall’ingresso in osservazione. Una domanda non posta vale «non "
        "noto».",
        "Episodes of herpes zoster of the enrolled, from entry into observation. A question not asked is “not known”.",
    )
    title = Label("Herpes zoster: esiti", "Herpes zoster: outcomes")
    head = Named("outcome", Label("Esito", "Outcome"))
    return Table("zoster_outcomes", title, (head,), columns, tuple(rows), (note,))


Asked = Sequence[tuple[Person, Happening, int | None]]


def _tri(item: Happening) -> int | None:
    serious = item.what.serious
    return None if serious is None else int(serious)


def _held(episodes: Sequence[tuple[Person, Happening]]) -> list[Row]:
    """What was done with anifrolumab, a line for each answer."""
    codes = forms.load().code_lists["drug_held"].codes
    rows = []
    for code in codes:
        asked = []
        for one, item in episodes:
            given = answer(item.what, "zos_anifrolumab")
            asked.append((one, item, None if given is None else int(given == code.value)))
        label = Label(f"Anifrolumab: {code.label.it.lower()}", f"Anifrolumab: {code.label.en.lower()}")
        rows.append(_answered(f"zos_anifrolumab_{code.value}", label, asked))
    return rows


def _answered(name: str, label: Label, asked: Asked) -> Row:
    """Yes, no, not known, and the share of yes among the known."""
    yes, no, unknown = (
        counted(
            one.behind(item.key)
            for one, item, given in asked
            if (given if given in (0, 1) else None) == value
        )
        for value in (1, 0, None)
    )
    met = int(yes.value or 0)
    return Row((Named(name, label),), (yes, no, unknown, share(met, met + int(no.value or 0))))
