"""What the centre works out of adverse events: serious, related, onset from the first dose, major cardiovascular ones.

The rule is `scores.ae`, on study days. A start known to its month or year only is a span of days; what depends on it is
definite where the whole span agrees. While treatment has not ended for good, later doses may be on their way: an event
long after the last known dose is then of unknown emergence, not "after follow-up".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from anifro_desktop.centre.assembling import Event
from anifro_desktop.centre.exposure import Exposure
from anifro_desktop.centre.spans import Span, span
from anifro_desktop.scores import ae
from anifro_desktop.scores.model import Tri

# Codes of the list `aesi`; `cv_type`: cardiovascular death, myocardial infarction, stroke.
ZOSTER, SERIOUS_INFECTION, OTHER_INFECTION, CARDIOVASCULAR = 1, 2, 3, 4
MACE = (1, 2, 3)
RELATED = {1: "certain", 2: "probable", 3: "possible", 4: "unlikely", 5: "conditional", 6: "unassessable"}
_YES_NO: Mapping[Any, Tri] = {0: False, 1: True}
_PAST_FOLLOW_UP = ("after_follow_up",)


@dataclass(frozen=True, slots=True)
class Adverse:
    """One adverse event. start: the study days on which it may have begun. related: `related`, `not_related` or
    `not_assessed`. onset_day: from the first dose; onset_class: `early`, `late`, `pre_treatment`. after_last:
    days from the last known dose. category: code of the list `aesi`."""

    event: Event
    start: Span | None
    serious: Tri
    related: str | None
    onset_day: int | None
    onset_class: str | None
    after_last: int | None
    emergent: Tri
    mace: Tri
    category: int | None

    @property
    def zoster(self) -> Tri:
        """Whether it is herpes zoster."""
        return None if self.category is None else self.category == ZOSTER

    @property
    def serious_infection(self) -> Tri:
        """Whether it is an infection that is serious, or was filed as serious or opportunistic."""
        if self.category in (ZOSTER, OTHER_INFECTION):
            return self.serious
        return None if self.category is None else self.category == SERIOUS_INFECTION


def adverse_events(events: Iterable[Event], treated: Exposure) -> list[Adverse]:
    """The adverse events of one subject, in their order."""
    return [adverse(event, treated) for event in events if event.form == "adverse_event"]


def adverse(event: Event, treated: Exposure) -> Adverse:
    """One adverse event."""
    answers = event.answers
    start = span(answers.get("ae_start"))
    onset = ae.on_days(start, treated.first, treated.last)
    emergent = onset.treatment_emergent
    if onset.reasons == _PAST_FOLLOW_UP and not treated.ended:
        emergent = None
    cause = RELATED.get(answers.get("causality_who", 0))
    category = answers.get("aesi_category")
    return Adverse(
        event=event,
        start=start,
        serious=is_serious(event),
        related=None if cause is None else ae.RELATED[cause],
        onset_day=onset.onset_day,
        onset_class=onset.onset_class,
        after_last=onset.days_after_last_dose,
        emergent=emergent,
        mace=_mace(category, answers.get("cv_type")),
        category=category if type(category) is int else None,
    )


def is_serious(event: Event) -> Tri:
    """Whether an adverse event is serious."""
    return ae.serious({name: _YES_NO.get(event.answers.get(name)) for name in ae.CRITERIA})


def first_start(found: Iterable[tuple[Tri, Span | None]], since: int) -> tuple[Tri, int | None]:
    """Whether something began on or after a day, and on which day first; the day is None while another may be earlier.

    found: for each event, whether it is of the kind meant, and when it may have begun.
    """
    possible = [
        (sure, start) for sure, start in found if sure is not False and (start is None or start[1] >= since)
    ]
    certain = [start for sure, start in possible if sure and start is not None and start[0] >= since]
    if not certain:
        return None if possible else False, None
    first = min(certain)
    exact = first[0] == first[1]
    earliest = all(start is not None and start[0] >= first[0] for _, start in possible)
    return True, first[0] if exact and earliest else None


def _mace(category: Any, kind: Any) -> Tri:
    if type(category) is not int:
        return None
    if category != CARDIOVASCULAR:
        return False
    return kind in MACE if type(kind) is int else None
