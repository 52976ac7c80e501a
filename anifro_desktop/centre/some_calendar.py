"""Days since enrolment as dates of some calendar, for conditions and counts that read dates.

Nobody at the centre knows the day of an enrolment; conditions ask only which of two days is earlier, or how many lie
between. What is known to its month or year only is left out: where it lies on this calendar nobody can say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from anifro_desktop.centre.answering import Apart
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.types import DATED

ENROLLED = date(3000, 1, 1)  # differences of up to 300 years may stand before it and after it


def day(since_enrolment: int) -> date:
    """A day by the whole days since enrolment."""
    return ENROLLED + timedelta(days=since_enrolment)


def dated(answers: Mapping[str, Any], definitions: Definitions) -> dict[str, Any]:
    """Answers as conditions read them."""
    found = dict(answers)
    for name, answer in answers.items():
        item = definitions.fields.get(name)
        if isinstance(answer, Apart):
            del found[name]
        elif item is not None and item.type in DATED and type(answer) is int:
            found[name] = day(answer).isoformat() if item.type == "moment" else day(answer)
    return found
