"""The CLASI as a body map: a spot for each area with its worst activity (A) and damage (D), its questions beside it.

At a spot a digit answers the first open question of the area and goes on to the next one; Delete says that what is open
of the area is none, Backspace takes the area back. The scalp has its own scale for scars (`scores.clasi`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.model import Form
from anifro_desktop.forms.organ_inputs import CLASI_FIELDS, CLASI_PATIENT
from anifro_desktop.forms.state import FieldState
from anifro_desktop.record import Value
from anifro_desktop.scores.clasi import ACTIVITY_MOST, AREAS, DAMAGE_MOST
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit import reading
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.visit.maps.base import BodyMap
from anifro_desktop.ui.visit.maps.skin_figure import SkinFigure
from anifro_desktop.ui.visit.maps.spot import Look
from anifro_desktop.ui.visit.maps.tiles import Total

_SCALP_SCAR = CLASI_PATIENT["scalp_scarring"]
_DAMAGE_FIELDS = frozenset(
    {_SCALP_SCAR, *CLASI_FIELDS["dyspigmentation"].values(), *CLASI_FIELDS["scarring"].values()}
)


def area_fields() -> dict[str, tuple[str, ...]]:
    """The questions of every area: erythema, scale, dyspigmentation, scars."""
    return {area: tuple(fields.get(area, _SCALP_SCAR) for fields in CLASI_FIELDS.values()) for area in AREAS}


class SkinMap(BodyMap):
    """The areas of the form, one spot each."""

    legend_left = True

    def __init__(self, binding: VisitBinding, form: Form, previous_title: str, parent: QWidget) -> None:
        super().__init__(binding, SkinFigure, area_fields(), previous_title, parent)
        self._explain()

    def _explain(self) -> None:
        signs = [
            (Look(("?",), open=True), translate("Map", "no answer")),
            (Look(("A2?", "D?"), open=True, tone="warning"), translate("Map", "not all answered")),
            (Look(sign="tick"), translate("Map", "none")),
            (Look(("A2", "D0"), tone="warning"), translate("Map", "worst activity (A) and damage (D)")),
        ]
        if self.previous_title:
            words = translate("Map", "affected: {visit}").format(visit=self.previous_title)
            signs.append((Look(before=True), words))
        self.legend.show_signs(signs, False)
        self.hint.setText(
            translate(
                "Map",
                "Arrows move between areas. A digit is a grade and goes on. Delete: the rest of the area is none, "
                "Backspace: no answer, Esc: back to the area. F7: table.",
            )
        )

    # What is shown

    def redraw(self, fields: frozenset[str]) -> None:
        """Spots, and the regions that they stand on."""
        super().redraw(fields)
        tones = {key: spot.look.tone for key, spot in self.figure.spots.items()}
        self.figure.fills = {key: f"{tone}_soft" for key, tone in tones.items() if tone != "neutral"}
        self.figure.update()
        self._show_heading()

    def select(self, key: str) -> None:
        """The area is named over its questions, and outlined."""
        super().select(key)
        self.figure.update()
        self._show_heading()

    def _show_heading(self) -> None:
        if self.current:
            self.heading.setText(self.area_name(self.current))

    def area_name(self, key: str) -> str:
        """The area, as the label of its first question says it after the colon."""
        field = self.binding.session.definitions.fields[self.fields_of[key][0]]
        name = field.label.get(texts.language()).partition(": ")[2]
        return name[:1].upper() + name[1:]

    def look(self, key: str, states: Sequence[FieldState]) -> Look:
        """The worst grades of activity and damage; a question mark at a half that is not all answered."""
        halves = [
            [state for state in states if (state.field.id in _DAMAGE_FIELDS) is damage]
            for damage in (False, True)
        ]
        worst = [max((s.value for s in half if isinstance(s.value, int)), default=None) for half in halves]
        unanswered = [any(not state.answered for state in half) for half in halves]
        if not any(state.answered for state in states):
            return Look(("?",), open=True)
        if not any(worst) and not any(unanswered):
            return Look(sign="tick" if 0 in worst else "none")
        lines = tuple(
            letter
            + ("" if grade is None else str(grade))
            + ("?" if open_ else "" if grade is not None else "–")
            for letter, grade, open_ in zip("AD", worst, unanswered, strict=True)
        )
        tone = "warning" if worst[0] else "info" if worst[1] else "neutral"
        return Look(lines, tone=tone, open=any(unanswered))

    def name(self, key: str, states: Sequence[FieldState]) -> str:
        """The area, and each question with its grade."""
        if not any(state.answered for state in states):
            return f"{self.area_name(key)}: {self.state_text(states[0])}"
        said = ", ".join(_grade(state, state.value, self.state_text(state)) for state in states)
        return f"{self.area_name(key)}: {said}"

    def previous_text(self, state: FieldState) -> str:
        """A grade of the visit before, with its question."""
        return _grade(state, state.previous, reading.previous_text(state))

    def totals(self) -> Sequence[Total]:
        """Activity and damage, as far as they are known."""
        score = self.binding.session.scores.get("clasi")
        if score is None:
            return ()
        activity = _bounds(score.value, score.minimum, score.maximum)
        damage = _bounds(*(score.parts.get(name) for name in ("damage", "damage_minimum", "damage_maximum")))
        moved = self.binding.session.changes("clasi").previous
        before = "" if moved is None else self.before_text(round(activity[0] - moved))
        return (
            Total(*activity, translate("Map", "activity, of {most}").format(most=ACTIVITY_MOST), before),
            Total(*damage, translate("Map", "damage, of {most}").format(most=DAMAGE_MOST)),
        )

    # Keys

    def focus_question(self, field: str) -> bool:
        """An area has several questions: the one that is wanted takes the focus."""
        return False

    def clicked(self, key: str) -> None:
        """The space bar and a click lead to the questions."""
        self.question_asked.emit(self.figure.spots[key].field.id)

    def letter(self, key: str, event: QKeyEvent) -> bool:
        """Into the questions, or the whole area at once."""
        fields = self.asked_of(key)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.question_asked.emit(self.figure.spots[key].field.id)
        elif event.key() == Qt.Key.Key_Delete:
            self.binding.put_all({field: 0 for field in fields if not self.binding.state(field).answered})
        elif event.key() == Qt.Key.Key_Backspace:
            self.binding.put_all(dict.fromkeys(fields))
        else:
            return False
        return True


def _grade(state: FieldState, value: Value | None, words: str) -> str:
    """`erythema 2`; a missing reason, or that there is no answer, in words."""
    question = state.field.label.get(texts.language()).partition(": ")[0].lower()
    return f"{question} {value if isinstance(value, int) else words}"


def _bounds(value: Any, least: Any, most: Any) -> tuple[int, int]:
    """A result as least and most."""
    return (int(least), int(most)) if value is None else (int(value), int(value))
