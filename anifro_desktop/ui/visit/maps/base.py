"""What every body map does: spots over a figure, the questions of the spot in focus beside it, legend and totals below.

Rules kept here: the session is acted on through the binding only, and everything shown comes from the session; arrows
move between spots; the questions themselves are the form's own rows, so that missing reasons, notices and the answers
of the visit before are the same as in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.state import FieldState
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit import reading
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.visit.maps.figure import Figure
from anifro_desktop.ui.visit.maps.legend import Legend
from anifro_desktop.ui.visit.maps.spot import Look, Spot
from anifro_desktop.ui.visit.maps.tiles import Tiles, Total
from anifro_desktop.ui.widgets import Heading, Hint

BESIDE, BESIDE_WANTED = 270, 394  # logical pixels that the questions need, and like, beside the figure
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class MapPlan:
    """Where the questions of the spot in focus go, in the map, and how high it all is."""

    rows: dict[str, QRect]
    height: int


class BodyMap(QWidget):
    """One form as a body map. fields_of: the questions of every spot, in the order they are answered."""

    details_changed = Signal()  # the questions beside the figure are others now
    resized = Signal()  # may need another height
    question_asked = Signal(str)  # put the focus on a question

    def __init__(
        self,
        binding: VisitBinding,
        figure: Callable[[QWidget], Figure],
        fields_of: Mapping[str, tuple[str, ...]],
        previous_title: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.binding = binding
        self.fields_of = fields_of
        self.previous_title = previous_title
        self.figure = figure(self)
        self.heading = Heading("", 3, self)
        self.legend = Legend(self)
        self.hint = Hint("", self)
        self.tiles = Tiles(self)
        self._rows_top = QRect()
        self._asked: frozenset[str] = frozenset()
        self._spot_of = {field: key for key, fields in fields_of.items() for field in fields}
        self._make_spots()

    def _make_spots(self) -> None:
        """A spot for every place, whether it is asked now or not: there are few enough."""
        definitions = self.binding.session.definitions.fields
        for key, fields in self.fields_of.items():
            spot = Spot(key, definitions[fields[0]], self.round_spots, self.figure)
            spot.focused.connect(self._focused)
            spot.clicked.connect(lambda _=False, key=key: self.clicked(key))
            self.figure.spots[key] = spot

    # What a map of its own says

    round_spots = False
    legend_left = False  # under the figure where the questions beside it are many

    def look(self, key: str, states: Sequence[FieldState]) -> Look:
        """What a spot shows."""
        raise NotImplementedError

    def name(self, key: str, states: Sequence[FieldState]) -> str:
        """What a spot is called: place, side and state."""
        raise NotImplementedError

    def clicked(self, key: str) -> None:
        """A click or the space bar."""

    def letter(self, key: str, event: QKeyEvent) -> bool:
        """A key that means something at a spot of this map."""
        return False

    def focus_question(self, field: str) -> bool:
        """Put the focus on the spot of a question; False where the question itself takes it."""
        raise NotImplementedError

    def totals(self) -> Sequence[Total]:
        """The numbers under the figure, as the answers stand."""
        return ()

    # What is shown

    @property
    def fields(self) -> frozenset[str]:
        """The questions this map can stand for."""
        return frozenset(self._spot_of)

    @property
    def current(self) -> str:
        """The spot that has the focus, or had it last."""
        return self.figure.current

    def order(self) -> tuple[str, ...]:
        """The questions asked now, spot by spot."""
        return tuple(field for key in self.figure.shown for field in self.asked_of(key))

    def asked_of(self, key: str) -> tuple[str, ...]:
        """The questions of a spot that are asked now."""
        return tuple(field for field in self.fields_of.get(key, ()) if field in self._asked)

    def details(self) -> tuple[str, ...]:
        """The questions that stand beside the figure."""
        return self.asked_of(self.current)

    def show_fields(self, asked: frozenset[str]) -> None:
        """Show the spots of the questions that are asked."""
        self._asked = asked
        self.figure.show_spots(key for key in self.fields_of if self.asked_of(key))
        self.redraw(asked)

    def redraw(self, fields: frozenset[str]) -> None:
        """Show what changed."""
        for key in dict.fromkeys(
            self._spot_of[field] for field in fields & self._asked if field in self._spot_of
        ):
            self._show_spot(key)
        if self.tiles.show_totals(self.totals()):
            self.resized.emit()

    def _show_spot(self, key: str) -> None:
        states = [self.binding.state(field) for field in self.asked_of(key)]
        spot = self.figure.spots[key]
        spot.field = next((state.field for state in states if not state.answered), states[0].field)
        before = any(isinstance(state.previous, int) and state.previous > 0 for state in states)
        look = replace(self.look(key, states), before=before, problem=_problem_tone(states))
        spot.show_look(look, self.name(key, states), self._description(states))

    def _description(self, states: Sequence[FieldState]) -> str:
        """What was there at the visit before, and what is wrong."""
        parts = []
        if self.previous_title and any(state.previous is not None for state in states):
            said = ", ".join(self.previous_text(state) for state in states if state.previous is not None)
            parts.append(f"{self.previous_title}: {said}")
        parts += [self.binding.problem_text(state.problem) for state in states if state.problem is not None]
        return ". ".join(parts)

    def previous_text(self, state: FieldState) -> str:
        """An answer of the visit before, in words."""
        return reading.previous_text(state)

    def before_text(self, count: int) -> str:
        """What a total was at the visit before."""
        return translate("Map", "before: {count}").format(count=count)

    def state_text(self, state: FieldState) -> str:
        """The answer as it stands, in words."""
        if state.value is None:
            return translate("Map", "no answer")
        return reading.value_text(state.field, state.value)

    def label(self, state: FieldState) -> str:
        """The question."""
        return state.field.label.get(texts.language())

    def set_read_only(self, read_only: bool) -> None:
        """Look as what can be changed or not; the binding refuses what is done."""
        for spot in self.figure.spots.values():
            spot.read_only = read_only
            spot.update()

    # Focus and keys

    def _focused(self, key: str) -> None:
        self.select(key)

    def select(self, key: str) -> None:
        """Let the questions of a spot stand beside the figure."""
        if key != self.figure.current:
            self.figure.current = key
            self.figure.rove()
            self.details_changed.emit()

    def show_question(self, field: str) -> bool:
        """Select the spot of a question; True if the spot has the focus then, False if the question is to take it."""
        self.select(self._spot_of[field])
        return self.focus_question(field)

    def focus_spot(self, key: str) -> None:
        """Put the focus on a spot."""
        self.figure.spots[key].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, and the letters of the map, without modifiers."""
        bare = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        spot = self.figure.spots.get(self.current)
        if not bare or spot is None or not spot.hasFocus():
            event.ignore()
        elif event.key() in _ARROWS:
            if found := self.figure.neighbour(self.current, *_ARROWS[Qt.Key(event.key())]):
                self.focus_spot(found)
        elif not self.letter(self.current, event):
            event.ignore()

    # Where things stand

    def arrange(self, width: int, row_height: Callable[[str, int], int]) -> MapPlan:
        """Put everything in its place. row_height: of a question at a width."""
        pad, gap = theme.px(10), theme.px(14)
        spare = width - self.figure.least_width - gap - pad
        beside = spare >= theme.px(BESIDE)
        wanted = max(theme.px(BESIDE), min(spare, theme.px(BESIDE_WANTED)))
        figure_width = min(width - gap - pad - wanted if beside else width, self.figure.most_width)
        height = self.figure.height_at(figure_width)
        self.figure.setGeometry(0 if beside else (width - figure_width) // 2, pad, figure_width, height)
        self.figure.arrange()
        below = QRect(pad, pad + height, figure_width - pad if beside else width - 2 * pad, 0)
        if beside:
            side = QRect(figure_width + gap, pad, width - figure_width - gap - pad, 0)
            left = [self.tiles, self.legend] if self.legend_left else [self.tiles]
            rows, low = self._arrange_rows(side, row_height)
            side.moveTop(low)
            right = [self.hint] if self.legend_left else [self.legend, self.hint]
            return MapPlan(rows, max(self._stack(left, below), self._stack(right, side)) + pad)
        rows, low = self._arrange_rows(below.translated(0, pad), row_height)
        below.moveTop(low)
        return MapPlan(rows, self._stack([self.tiles, self.legend, self.hint], below) + pad)

    def _arrange_rows(self, at: QRect, row_height: Callable[[str, int], int]) -> tuple[dict[str, QRect], int]:
        """The heading and the questions one under the other; the places of the questions, and the end."""
        rows: dict[str, QRect] = {}
        y = at.top()
        self.heading.setVisible(bool(self.heading.text()))
        if self.heading.text():
            y = self._stack([self.heading], at.translated(0, -theme.px(6))) + theme.px(4)
        self._rows_top = QRect(at.left(), y - 1, at.width(), 1)
        for field in self.details():
            rows[field] = QRect(at.left(), y, at.width(), row_height(field, at.width()))
            y = rows[field].bottom() + 1
        return rows, y

    @staticmethod
    def _stack(widgets: Sequence[QWidget], at: QRect) -> int:
        """Put widgets one under the other, from the top of a place on; where they end."""
        y = at.top()
        for widget in widgets:
            if not widget.isHidden():
                height = widget.heightForWidth(at.width())
                widget.setGeometry(at.left(), y + theme.px(10), at.width(), height)
                y += height + theme.px(10)
        return y

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setPen(QPen(theme.colour("divider"), 1))
        painter.drawRect(self.rect().adjusted(0, -1, -1, -1))
        painter.drawLine(self._rows_top.topLeft(), self._rows_top.topRight())


def _problem_tone(states: Sequence[FieldState]) -> str:
    """The tone of the worst that is wrong and not settled."""
    found = {
        state.problem.severity for state in states if state.problem is not None and not state.problem.settled
    }
    if not found:
        return ""
    return "danger" if "hard" in found else "warning"
