"""Who could be recognised by what leaves: patients of this site whom a few facts tell from all the others.

The centre's readers see no name, but somebody who knows a patient (sex, about how old, enrolled about when, a
pregnancy, a stroke) may find the record. This counts, among the patients enrolled here, how many share such facts.

Rules kept here:
- Facts are those that others can see or hear of; what only a laboratory knows is none.
- A patient stands out by the fewest facts, at most two, that fewer than `FEW` patients share. Sex, age in tens of years
  and the half-year of enrolment together are counted besides.
- It warns and is told in the trail; it never keeps anything back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Label

if TYPE_CHECKING:
    from anifro_desktop.record import Revision
    from anifro_desktop.workflows.site import Site

FEW = 3  # fewer patients than this that share something can be told apart by it
_OLDEST = 80
# Form to the questions whose answers others may know; an answer of 0 tells nothing.
_TOLD: Mapping[str, tuple[str, ...]] = {
    "history": (
        *("hx_ethnicity", "co_cancer", "co_stroke", "co_ihd", "co_heart_failure", "hx_hiv", "hx_tb"),
        "hx_vasculitis",
    ),
    "classification": ("cl_seizure", "cl_psychosis", "cl_myelitis"),
    "damage": (
        *("sdi_stroke", "sdi_seizures_6m", "sdi_transverse_myelitis", "sdi_esrd", "sdi_mi", "sdi_malignancy"),
        *("sdi_signif_tissue_loss", "sdi_retinal_optic", "sdi_deforming_arthritis", "sdi_scarring_alopecia"),
    ),
    "adverse_event": ("ser_death", "ser_disability", "ser_congenital", "zos_ophthalmic", "zos_disseminated"),
}
_EVENTS = ("pregnancy", "death")  # that there is one tells already
_COMMON = {("hx_ethnicity", 1)}
_SEX, _AGE, _HALF = "sex", "age", "half"
_AGES = {
    "old": Label("{low} anni o più", "{low} years or more"),
    "ten": Label("{low}–{high} anni", "{low}–{high} years"),
}
_HALVES = Label("arruolamento {half}", "enrolled {half}")

Fact = tuple[str, int | str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A patient who stands out. facts: the fewest that tell, in words; shared: patients who share them, 1 is alone."""

    subject: str
    facts: tuple[Label, ...]
    shared: int


@dataclass(frozen=True, slots=True)
class Rarity:
    """All of it. patients: enrolled here; few: of them, those who share sex, ten years of age and half-year with fewer
    than `FEW`; smallest: the smallest such group. standing: who stands out by one or two facts; others: of the few,
    those who do not."""

    patients: int
    few: int
    smallest: int
    standing: tuple[Standing, ...]
    others: int


def rarity(site: Site) -> Rarity:
    """Look at everybody enrolled here."""
    facts = _facts(site)
    groups = Counter(_three(own) for own in facts.values())
    sizes = [groups[_three(own)] for own in facts.values()]
    few = {subject for subject, own in facts.items() if groups[_three(own)] < FEW}
    standing = tuple(_standing(site, facts))
    return Rarity(
        patients=len(facts),
        few=len(few),
        smallest=min(sizes, default=0),
        standing=standing,
        others=len(few - {one.subject for one in standing}),
    )


def _three(own: frozenset[Fact]) -> frozenset[Fact]:
    return frozenset(fact for fact in own if fact[0] in (_SEX, _AGE, _HALF))


def _standing(site: Site, facts: Mapping[str, frozenset[Fact]]) -> Iterator[Standing]:
    shared: Counter[frozenset[Fact]] = Counter()
    for own in facts.values():
        shared.update(_sets(own))
    for subject, own in sorted(facts.items()):
        few = [one for one in _sets(own) if shared[one] < FEW]
        if few:
            best = min(few, key=lambda one: (len(one), shared[one], sorted(map(str, one))))
            words = tuple(_words(site, fact) for fact in sorted(best, key=str))
            yield Standing(subject, words, shared[best])


def _sets(own: frozenset[Fact]) -> list[frozenset[Fact]]:
    """Facts alone and in pairs; half-years pair with nothing but rare facts, as they alone tell little."""
    ordered = sorted(own, key=str)
    pairs = (frozenset(pair) for pair in combinations(ordered, 2))
    plain = {_SEX, _AGE, _HALF}
    told = [pair for pair in pairs if not (_HALF in _names(pair) and _names(pair) <= plain)]
    return [frozenset({fact}) for fact in ordered if fact[0] != _HALF] + told


def _names(facts: frozenset[Fact]) -> set[str]:
    return {name for name, _ in facts}


def _facts(site: Site) -> dict[str, frozenset[Fact]]:
    found: dict[str, set[Fact]] = {}
    for one in site.clinical.revisions(form="enrolment"):
        if one.values.get("screening_outcome") == 1:
            found[one.subject] = set(_of_enrolment(one))
    for form, fields in _TOLD.items():
        for one in site.clinical.revisions(form=form):
            if one.subject in found:
                found[one.subject] |= set(_answers(one, fields))
    for form in _EVENTS:
        for one in site.clinical.revisions(form=form):
            if one.subject in found:
                found[one.subject].add((form, ""))
    return {subject: frozenset(facts) for subject, facts in found.items()}


def _of_enrolment(one: Revision) -> Iterator[Fact]:
    sex, age, half = (one.values.get(name) for name in ("sex", "age_at_enrolment", "enrolment_half"))
    if isinstance(sex, int):
        yield _SEX, sex
    if isinstance(age, int):
        yield _AGE, min(_OLDEST, age // 10 * 10)
    if isinstance(half, str):
        yield _HALF, half


def _answers(one: Revision, fields: tuple[str, ...]) -> Iterator[Fact]:
    for name in fields:
        value = one.values.get(name)
        if isinstance(value, int) and value and (name, value) not in _COMMON:
            yield name, value


def _words(site: Site, fact: Fact) -> Label:
    name, value = fact
    if name == _AGE and isinstance(value, int):
        words = _AGES["old" if value >= _OLDEST else "ten"]
        return Label(*(text.format(low=value, high=value + 9) for text in (words.it, words.en)))
    if name == _HALF:
        return Label(_HALVES.it.format(half=value), _HALVES.en.format(half=value))
    if name in _EVENTS:
        return site.definitions.form(name).label
    item = site.definitions.fields[name]
    code = next((one.label for one in item.codes.codes if one.value == value), None) if item.codes else None
    if code is None or name == _SEX:
        return code or item.label
    return Label(f"{item.label.it}: {code.it}", f"{item.label.en}: {code.en}")
