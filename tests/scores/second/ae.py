"""One adverse event, transcribed a second time for answers that are complete. Days are days of any one count."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import Any

SERIOUS_IF = "death life_threatening hospitalisation disability congenital important"
CAUSES = {
    "related": {"certain", "probable", "possible"},
    "not_related": {"unlikely"},
    "not_assessed": {"conditional", "unassessable"},
}
WEEKS_AFTER_LAST_DOSE = 12
EARLY_WEEKS = 24
HOURS_SERIOUS, HOURS_BIOLOGIC = 24, 36
GRADES = range(1, 6)
OUTCOMES = {0: "unknown", 1: "recovered", 2: "recovering", 3: "ongoing", 4: "sequelae", 5: "fatal"}


def serious(answers: dict[str, Any]) -> bool:
    return sum(answers[f"ser_{name}"] for name in SERIOUS_IF.split()) > 0


def relation(cause: str) -> str:
    (found,) = (name for name, causes in CAUSES.items() if cause in causes)
    return found


def onset(start: int, first: int, last: int) -> dict[str, Any]:
    day = start - first
    return {
        "onset_day": day,
        "onset_class": "pre_treatment" if day <= -1 else "late" if day >= EARLY_WEEKS * 7 + 1 else "early",
        "days_after_last_dose": start - last,
        "treatment_emergent": start in range(first, last + WEEKS_AFTER_LAST_DOSE * 7 + 1),
    }


def seconds_until(awareness: str, due: str) -> float:
    """Elapsed seconds between two moments in ISO."""
    known, then = (datetime.datetime.fromisoformat(text).timestamp() for text in (awareness, due))
    return then - known


def local_offset(due: str, zone: str) -> datetime.timedelta | None:
    """The offset from UTC that the zone has at that moment."""
    moment = datetime.datetime.fromtimestamp(
        datetime.datetime.fromisoformat(due).timestamp(), zoneinfo.ZoneInfo(zone)
    )
    return moment.utcoffset()
