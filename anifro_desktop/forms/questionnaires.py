"""What a form asks of the patient alone, so that it can be handed over: its questions, one by one, and their answers.

Rules kept here:
- A form can be handed over if the patient fills all of it (`Field.patient_scale`).
- A choice in such a form (the kind of the three scales) is made by the clinic before, and the patient is not asked it.
- The three scales run to 10 or to 100, as that choice says.
- Answers that are whole numbers of a short range are offered one by one; a longer scale is typed.
- The three scales have no licence: their words to the patient are written here. They are for the hand-over alone, and
  the site's own wording takes their place.
"""

from __future__ import annotations

from dataclasses import dataclass

from anifro_desktop.forms.model import Field, Form, Label
from anifro_desktop.forms.prom_inputs import VAS_SCALES
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.forms.wording import Worded
from anifro_desktop.scores import vas

MOST_OFFERED = 11  # 0 to 10
KIND_OF_SCALE = "vas_scale"

# Question, the least and the greatest answer.
_SCALES: dict[str, tuple[Label, Label, Label]] = {
    "pain_vas": (
        Label(
            "Quanto dolore ha avuto nell'ultima settimana?", "How much pain have you had in the past week?"
        ),
        Label("nessun dolore", "no pain"),
        Label("il dolore più forte che si possa immaginare", "the worst pain imaginable"),
    ),
    "fatigue_vas": (
        Label(
            "Quanta stanchezza ha avuto nell'ultima settimana?", "How tired have you been in the past week?"
        ),
        Label("nessuna stanchezza", "not tired at all"),
        Label("la stanchezza più forte che si possa immaginare", "as tired as can be imagined"),
    ),
    "ptga": (
        Label(
            "A suo giudizio, quanto è stato attivo il lupus nell'ultima settimana?",
            "In your judgement, how active has your lupus been in the past week?",
        ),
        Label("per nulla attivo", "not active at all"),
        Label("attivo al massimo", "as active as can be"),
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the patient. low, high: the least and the greatest whole number that answers it."""

    field: Field
    low: int
    high: int

    @property
    def offered(self) -> tuple[int, ...]:
        """The answers to choose from; none where the number is typed."""
        return tuple(range(self.low, self.high + 1)) if self.high - self.low < MOST_OFFERED else ()

    def has(self, number: int) -> bool:
        """Whether a number is an answer of it."""
        return self.low <= number <= self.high


def is_questionnaire(form: Form) -> bool:
    """Whether the patient fills all of this form."""
    fields = form.fields
    return bool(fields) and all(item.patient_scale for item in fields)


def questions(session: VisitSession, form: Form) -> tuple[Question, ...]:
    """What the patient is asked now, in order."""
    return tuple(
        _question(session, item)
        for item in form.fields
        if item.codes is None and item.hard is not None and session.state(item.id).visible
    )


def to_choose(session: VisitSession, form: Form) -> Field | None:
    """What the clinic has to choose before the form can be handed over, if anything is still open."""
    choices = (item for item in form.fields if item.codes is not None)
    return next((item for item in choices if not isinstance(session.state(item.id).value, int)), None)


def own_wording(question: Question) -> Worded | None:
    """The study's own words for a question; None for those whose wording is licensed."""
    if question.field.id not in _SCALES:
        return None
    label, least, greatest = _SCALES[question.field.id]
    return Worded(label, {question.low: least, question.high: greatest})


def _question(session: VisitSession, item: Field) -> Question:
    assert item.hard is not None
    low, high = int(item.hard.low), int(item.hard.high)
    if item.id in _SCALES:
        scale = session.answers.get(KIND_OF_SCALE)
        if isinstance(scale, int):
            high = int(vas.SCALES[VAS_SCALES[scale]][0])
    return Question(item, low, high)
