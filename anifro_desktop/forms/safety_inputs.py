"""Which answers of an adverse event feed its rule: decided once, here (see `inputs`).

The doses come from the subject, since they are no answers of the event. The clocks it shows are moments of the
calendar, so the result is only shown beside the form and never kept with it (`Form.live`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from anifro_desktop.forms.inputs import VisitInputs
from anifro_desktop.forms.types.moment import ZONE
from anifro_desktop.record import Missing
from anifro_desktop.scores.ae import CRITERIA, RELATED

CAUSALITY = dict(enumerate(RELATED, start=1))


def ae_inputs(visit: VisitInputs) -> dict[str, Any]:
    """Grade, seriousness, outcome, causality, and when: of the event, of the doses, of becoming aware."""
    causality, subject = visit.whole("causality_who"), visit.subject
    return {
        "grade": visit.whole("ae_grade"),
        **{criterion: visit.yes(criterion) for criterion in CRITERIA},
        "outcome": visit.whole("outcome"),
        "causality_who": None if causality is None else CAUSALITY[causality],
        "ae_start": _text(visit, "ae_start"),
        "first_dose": None if subject is None else _iso(subject.first_dose),
        "last_dose": None if subject is None else _iso(subject.last_dose),
        "awareness": _text(visit, "ae_awareness"),
        "timezone": ZONE,
    }


def _text(visit: VisitInputs, field: str) -> str | None:
    value = visit.answers.get(field)
    return value if isinstance(value, str) and not isinstance(value, Missing) else None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
