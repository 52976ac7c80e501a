"""Events of special interest: infections with zoster and its outcomes, cardiovascular ones, neoplasms, others.

A category is the site's answer (`aesi_category`); an event without one may belong to any table, and stands in each in a
line of its own. A serious infection is one filed as serious or opportunistic, or any infection that is serious, as in
`centre.adverse`. MACE: cardiovascular death, myocardial infarction, stroke.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from anifro_desktop.centre.adverse import CARDIOVASCULAR, OTHER_INFECTION, SERIOUS_INFECTION, ZOSTER, Adverse
from anifro_desktop.centre.analysis.event_lines import EVERY, Line, code_of, coded, told, yes_no
from anifro_desktop.centre.analysis.happenings import adverse, records, table
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Section, Table
from anifro_desktop.centre.analysis.zoster import measures, outcomes
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.model import Tri

NEOPLASM, HYPERSENSITIVITY = 5, 6  # codes of `aesi`, beside those of `centre.adverse`
PRECANCEROUS = 3  # code of `neo_behaviour`
MALE = 2  # code of `sex`
_ONGOING = 0  # code of `pregnancy_outcome`
_INFECTIONS = (ZOSTER, SERIOUS_INFECTION, OTHER_INFECTION)
_CATEGORY = Line(
    "category_unknown",
    Label("Categoria non nota (forse di questi)", "Category not known (perhaps of these)"),
    lambda one: one.category is None,
)
_CATEGORIES = Label(
    "La categoria è quella indicata dal centro clinico. Un evento senza categoria può essere di questa tabella: sta "
    "nella sua riga e in nessun’altra, tranne dove la riga dice «non noto».",
    "The category is the one that the site gave. An event without a category may be one of this table: it stands in "
    "its own line and in no other but those that say “not known”.",
)


_TITLES: Mapping[str, Label] = {
    "infections": Label("Infezioni", "Infections"),
    "serious_infections": Label(
        "Infezioni registrate come gravi o opportunistiche", "Infections filed as serious or opportunistic"
    ),
    "cardiovascular": Label("Eventi cardiovascolari", "Cardiovascular events"),
    "neoplasms": Label("Tumori e lesioni precancerose", "Neoplasms and precancerous lesions"),
    "hypersensitivity": Label("Ipersensibilità e reazioni", "Hypersensitivity and reactions"),
}


def special_interest(people: Sequence[Person]) -> Section:
    """Every table of events of special interest."""
    tables = (
        _table("infections", people, _infections()),
        _table("serious_infections", people, _serious_infections()),
        outcomes(people),
        measures(people),
        _table("cardiovascular", people, _heart()),
        _table("neoplasms", people, _neoplasms()),
        _table("hypersensitivity", people, _reactions()),
        _pregnancies(people),
    )
    title = Label("Eventi di interesse particolare", "Events of special interest")
    return Section("special_interest", title, tables)


def _table(name: str, people: Sequence[Person], lines: Sequence[Line]) -> Table:
    return table(name, _TITLES[name], people, adverse, lines, _CATEGORIES)


def _of(*categories: int) -> Callable[[Adverse], bool]:
    return lambda one: one.category in categories


def _asked(of: Callable[[Adverse], Tri], *categories: int) -> Callable[[Adverse], Tri]:
    """The same of events of some categories; of others it is not so."""
    return lambda one: of(one) if one.category in categories else False


def _every(*categories: int) -> list[Line]:
    """All events of some categories, the serious among them, and those that may be of them."""
    serious = told("serious", Label("Gravi", "Serious"), _asked(lambda one: one.serious, *categories))
    return [Line("any", EVERY.label, _of(*categories)), _CATEGORY, *serious]


def _infections() -> list[Line]:
    site = Label("Altra infezione", "Other infection")
    return [
        *_every(*_INFECTIONS),
        *told(
            "serious_infection",
            Label("Gravi o opportunistiche", "Serious or opportunistic"),
            lambda one: one.serious_infection,
        ),
        Line("zoster", Label("Herpes zoster", "Herpes zoster"), _of(ZOSTER)),
        *coded("oinf_site", "infection_site", _of(OTHER_INFECTION), site),
    ]


def _serious_infections() -> list[Line]:
    some = _of(SERIOUS_INFECTION)
    intravenous = Label("Antimicrobico endovena", "Intravenous antimicrobial")
    return [
        *_every(SERIOUS_INFECTION),
        *coded("sinf_site", "serious_infection_site", some, Label("Sede", "Site")),
        *coded("sinf_organism", "organism_class", some, Label("Microrganismo", "Organism")),
        *told("sinf_iv", intravenous, _asked(yes_no("sinf_iv"), SERIOUS_INFECTION)),
    ]


def _heart() -> list[Line]:
    return [
        *_every(CARDIOVASCULAR),
        *told("mace", Label("MACE", "MACE"), lambda one: one.mace),
        *coded("cv_type", "cv_type", _of(CARDIOVASCULAR)),
    ]


def _neoplasms() -> list[Line]:
    def precancerous(one: Adverse) -> bool:
        return one.category == NEOPLASM and code_of(one, "neo_behaviour") == PRECANCEROUS

    return [
        *_every(NEOPLASM),
        *coded("neo_behaviour", "neo_behaviour", _of(NEOPLASM)),
        *coded("neo_precancer", "neo_precancer", precancerous, Label("Precanceroso", "Precancerous")),
        *coded("neo_site", "neo_site", _of(NEOPLASM), Label("Sede", "Site")),
    ]


def _reactions() -> list[Line]:
    site = Label("Reazione", "Reaction")
    anaphylaxis = _asked(yes_no("hyp_anaphylaxis"), HYPERSENSITIVITY)
    angioedema = _asked(yes_no("hyp_angioedema"), HYPERSENSITIVITY)
    return [
        *_every(HYPERSENSITIVITY),
        *told("hyp_anaphylaxis", Label("Anafilassi", "Anaphylaxis"), anaphylaxis),
        *told("hyp_angioedema", Label("Angioedema", "Angioedema"), angioedema),
        *coded("hyp_site", "reaction_site", _of(HYPERSENSITIVITY), site),
    ]


def _pregnancies(people: Sequence[Person]) -> Table:
    """Pregnancies by outcome and exposure, among those who are not men."""
    some = [one for one in people if one.answers.get("sex") != MALE]
    anomaly = Label("Anomalia congenita", "Congenital anomaly")
    exposure = Label("Trimestre dell’ultima dose", "Trimester of the last dose")
    lines = [
        EVERY,
        *coded("pr_outcome", "pregnancy_outcome", before=Label("Esito", "Outcome")),
        *told("pr_anomaly", anomaly, _anomaly),
        *coded("pr_exposure", "pregnancy_exposure", before=exposure),
    ]
    note = Label(
        "Donne, e soggetti di sesso non noto; una gravidanza conta dal giorno in cui il centro clinico ne ha avuto "
        "notizia. L’anomalia si chiede solo a gravidanza finita.",
        "Women, and subjects whose sex is not known; a pregnancy counts from the day on which the site heard of it. "
        "The anomaly is asked only once the pregnancy has ended.",
    )
    title = Label("Gravidanze", "Pregnancies")
    return table("pregnancies", title, some, records("pregnancy"), lines, note)


def _anomaly(what: Mapping[str, Any]) -> Tri:
    """Whether an anomaly was recognised; of a pregnancy that goes on none is asked for."""
    return False if code_of(what, "pr_outcome") == _ONGOING else yes_no("pr_anomaly")(what)
