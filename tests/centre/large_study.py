"""A centre with thousands of patients, made fast: drawn courses, and behind each visit every form that it asks.

What is drawn is that of `known_truth`; the other answers are those of one synthetic patient, with some values of
their own. The records go into the store as taking a bundle in leaves them, without seal and re-scoring. Everybody is
invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from centre_builders import (
    COURSE,
    DRUGS,
    FILLED,
    QUIET,
    classification,
    digest_of,
    event,
    history,
    record_id,
    visit,
)
from centre_sites import SyntheticSite
from known_truth import Truth, study

from anifro_desktop.centre.assembling import SUMMARY, Subject, Visit
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.registering import register
from anifro_desktop.record import Revision
from anifro_desktop.store.centre_rows import CentreBundle, ReceivedRevision
from anifro_desktop.study.schedule import PLANNED

SITES = 10
AT_ONCE = 50  # patients in one bundle
_SEED, _INTERVAL = 60, 28  # of the courses; days from one dose to the next
_PATTERN = "P03-7KQF-4"


@dataclass
class LargeStudy:
    """A centre that is filled with patients, some at a time. patients: how many there are."""

    centre: Centre
    truth: Truth = field(default_factory=Truth)
    patients: int = 0

    def __post_init__(self) -> None:
        self._sites = [SyntheticSite(f"P{number + 1:02}") for number in range(SITES)]
        for site in self._sites:
            register(self.centre, site.card_bytes, site.card.fingerprint)

    def again(self, centre: Centre) -> LargeStudy:
        """The same study at its centre, which was closed and opened."""
        self.centre = centre
        return self

    def grow(self, patients: int) -> None:
        """Let so many more patients be there; a multiple of the sites fills these alike."""
        for start in range(0, patients, AT_ONCE * SITES):
            some = min(AT_ONCE * SITES, patients - start)
            by_site: dict[str, list[Revision]] = {}
            for subject in study(_SEED + self.patients, self.truth, some, SITES):
                code = f"{subject.site}-{self.patients:05d}-X"
                by_site.setdefault(subject.site, []).extend(_records(subject, code))
                self.patients += 1
            for site in self._sites:
                self._keep(site, by_site.get(site.code, []))

    def _keep(self, site: SyntheticSite, records: list[Revision]) -> None:
        data = f"{site.code} {site.seq}".encode()
        bundle = CentreBundle(
            digest_of(data.decode()), site.code, site.writer, site.epoch, site.seq, f"{site.seq}", "applied"
        )
        with self.centre.store.transaction():
            self.centre.store.keep_bundle(bundle, data)
            self.centre.store.add_revisions(
                ReceivedRevision(site.code, site.writer, one, bundle.sha256) for one in records
            )
        site.seq += 1


def _records(subject: Subject, code: str) -> Iterator[Revision]:
    """All records of a drawn patient, under another code."""
    rng = random.Random(code)
    own = [*subject.forms.values(), history(_PATTERN), classification(_PATTERN)]
    doses = range(0, subject.visits[-1].day or 0 if subject.visits else 0, _INTERVAL)
    given = [_dose(number, day) for number, day in enumerate(doses, 1)]
    for one in [*own, *(item.revision for item in subject.events), *given]:
        yield _of(one, code)
    for held in subject.visits:
        for one in _visit(held, rng):
            yield _of(one, code)


def _dose(number: int, day: int) -> Revision:
    return event(_PATTERN, f"ad-{number:03d}", ad_given=1, ad_date=day, ad_route=1, ad_dose_mg=300)


def _visit(drawn: Visit, rng: random.Random) -> Iterator[Revision]:
    """Every form of a visit; what was drawn of its results stands in the place of the pattern's."""
    assert drawn.summary is not None
    new = {
        "weight_kg": rng.randint(48, 90),
        "platelets": rng.randint(90, 400),
        "wbc": str(Decimal(rng.randint(25, 110)) / 10),
        "haemoglobin": str(Decimal(rng.randint(95, 160)) / 10),
    }
    for one in _pattern(drawn.key if drawn.key in _DAYS else "u01"):
        values = {name: new.get(name, value) for name, value in one.values.items()}
        if one.form == SUMMARY:
            values = {**one.values, **drawn.summary.values}
        scores = {**one.scores, **drawn.summary.scores} if one.form == SUMMARY else one.scores
        yield replace(one, visit=drawn.key, day=drawn.day, values=values, scores=scores)


_DAYS: Mapping[str, int] = {one.key: round(one.months * 30.4375) for one in PLANNED}


@cache
def _pattern(key: str) -> tuple[Revision, ...]:
    """The records of a visit of the synthetic patient."""
    asked = {**QUIET, **DRUGS, **FILLED}
    first = {**asked, **COURSE["baseline"][1]}
    if key == "baseline":
        return tuple(visit(_PATTERN, key, 0, first))
    changes = COURSE[key][1] if key in COURSE else {"phga": Decimal("0.3")}
    before = ("baseline", first)
    made = visit(_PATTERN, key, _DAYS.get(key, 100), {**asked, **changes}, before, before, before)
    return tuple(made)


def _of(one: Revision, code: str) -> Revision:
    return replace(one, subject=code, id=record_id(code, one.visit, one.form))
