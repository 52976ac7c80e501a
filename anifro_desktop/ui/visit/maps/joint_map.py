"""The joint count as a body map: `T` tender, `S` swollen, Delete normal, Backspace no answer; a click goes round.

A joint is normal 0, tender 1, swollen 2 or both 3; hips are asked for tenderness only (`forms.joint_counts`). Counts
are ranges until every joint that they count is answered.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from anifro_desktop.forms import joint_counts
from anifro_desktop.forms.model import Form
from anifro_desktop.forms.state import FieldState
from anifro_desktop.scores.joints import JOINTS_28, JOINTS_68
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.visit.maps.base import BodyMap
from anifro_desktop.ui.visit.maps.joint_figure import TO_THE_KNEES, WHOLE, WIDTH, JointFigure
from anifro_desktop.ui.visit.maps.spot import Look
from anifro_desktop.ui.visit.maps.tiles import Total

TENDER, SWOLLEN, BOTH = 1, 2, 3
_LOOKS = {
    0: Look(sign="tick"),
    TENDER: Look(("T",), tone="warning"),
    SWOLLEN: Look(("S",), tone="info"),
    BOTH: Look(("TS",), tone="danger"),
}
_OPEN = Look(("?",), open=True)
_NOT_EXAMINED = Look(sign="none")
_TOGGLES = {Qt.Key.Key_T: TENDER, Qt.Key.Key_S: SWOLLEN}


class JointMap(BodyMap):
    """The joints of the form, one spot each."""

    round_spots = True

    def __init__(self, binding: VisitBinding, form: Form, previous_title: str, parent: QWidget) -> None:
        prefix = len(joint_counts.PREFIX)
        joints = {field.id[prefix:]: (field.id,) for field in form.fields if field.id[prefix:] in JOINTS_68}
        self.whole = False
        super().__init__(binding, JointFigure, joints, previous_title, parent)
        self._explain()

    def _explain(self) -> None:
        signs = [
            (_OPEN, translate("Map", "no answer")),
            (_LOOKS[0], translate("Map", "normal")),
            (_LOOKS[TENDER], translate("Map", "tender")),
            (_LOOKS[SWOLLEN], translate("Map", "swollen")),
            (_LOOKS[BOTH], translate("Map", "tender and swollen")),
            (_NOT_EXAMINED, translate("Map", "not examined")),
        ]
        if self.previous_title:
            words = translate("Map", "affected: {visit}").format(visit=self.previous_title)
            signs.append((Look(before=True), words))
        self.legend.show_signs(signs, True)
        self.hint.setText(
            translate(
                "Map",
                "Arrows move. T: tender, S: swollen, Delete: normal, Backspace: no answer, Enter: next joint. F7: "
                "table.",
            )
        )

    # What is shown

    def show_fields(self, asked: frozenset[str]) -> None:
        """The person down to the knees, or whole where more than the 28 joints are asked."""
        self.whole = any(
            fields[0] in asked for joint, fields in self.fields_of.items() if joint not in JOINTS_28
        )
        self.figure.base = (WIDTH, WHOLE if self.whole else TO_THE_KNEES)
        super().show_fields(asked)

    def look(self, key: str, states: Sequence[FieldState]) -> Look:
        """The letters of the state."""
        value = states[0].value
        if value is None:
            return _OPEN
        return _LOOKS[value] if isinstance(value, int) else _NOT_EXAMINED

    def name(self, key: str, states: Sequence[FieldState]) -> str:
        """Joint, side and state."""
        return f"{self.label(states[0])}: {self.state_text(states[0])}"

    def totals(self) -> Sequence[Total]:
        """Tender, swollen, and both, of 28; of 68 and 66 where they are asked."""
        session = self.binding.session
        captions = (
            translate("Map", "tender, of 28"),
            translate("Map", "swollen, of 28"),
            translate("Map", "tender and swollen, of 28"),
        )
        past = joint_counts.counts(session.previous.answers) if session.previous else joint_counts.UNKNOWN
        found = [
            Total(*bound, caption, "" if was is None else self.before_text(was))
            for bound, caption, was in zip(joint_counts.bounds(session.answers), captions, past, strict=True)
        ]
        if self.whole:
            tender, swollen, _ = joint_counts.bounds(session.answers, JOINTS_68)
            found.append(Total(*tender, translate("Map", "tender, of 68")))
            found.append(Total(*swollen, translate("Map", "swollen, of 66")))
        return found

    # Keys

    def focus_question(self, field: str) -> bool:
        """The spot is where a joint is answered."""
        self.focus_spot(self.current)
        return True

    def clicked(self, key: str) -> None:
        """Round: tender, swollen, both, normal; a joint that is never swollen has two of these."""
        state = self.binding.state(self.fields_of[key][0])
        codes = state.field.codes.values if state.field.codes is not None else ()
        ahead = state.value + 1 if isinstance(state.value, int) else TENDER
        self.binding.put(state.field.id, ahead if ahead in codes else 0)

    def letter(self, key: str, event: QKeyEvent) -> bool:
        """The letters of the count; they are the same in every language, as the signs are."""
        field = self.fields_of[key][0]
        if event.key() in _TOGGLES:
            self._toggle(field, _TOGGLES[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            self.binding.put(field, 0)
        elif event.key() == Qt.Key.Key_Backspace:
            self.binding.clear(field)
        else:
            return False
        return True

    def _toggle(self, field: str, bit: int) -> None:
        """Turn tender or swollen on or off; nothing where the joint does not have it."""
        state = self.binding.state(field)
        value = (state.value if isinstance(state.value, int) else 0) ^ bit
        if state.field.codes is not None and value in state.field.codes.values:
            self.binding.put(field, value)
