"""A form as a map or as a table: which questions the map stands for now, and the switch between the two.

Rules kept here: what was chosen holds for every visit until the program ends; where the map cannot fit without
scrolling sideways the table is shown and nothing is offered; a form without a map, or whose map asks nothing now, has
no switch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.model import Form
from anifro_desktop.forms.state import Change
from anifro_desktop.ui import preferences, theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.visit.maps import MAPS
from anifro_desktop.ui.visit.maps.base import BodyMap
from anifro_desktop.ui.widgets import Option, SegmentedChoice

MAP, TABLE = "map", "table"


class MapMode(QObject):
    """Belongs to a form on show; says which of its questions stand in rows and places what the map needs."""

    changed = Signal()  # other questions stand in rows now
    resized = Signal()  # the map may need another height
    question_asked = Signal(str)  # put the focus on a question

    def __init__(self, binding: VisitBinding, form: Form, previous_title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.map: BodyMap | None = None
        self.switch: SegmentedChoice | None = None
        self._asked: frozenset[str] = frozenset()
        self._fits = True
        if form.id in MAPS:
            self.map = MAPS[form.id](binding, form, previous_title, parent)
            self.map.hide()
            self.map.set_read_only(binding.read_only)
            self.map.details_changed.connect(self.changed)
            self.map.resized.connect(self.resized)
            self.map.question_asked.connect(self.question_asked)
            self._make_switch(parent)

    def _make_switch(self, parent: QWidget) -> None:
        options = [Option(MAP, translate("Map", "Map")), Option(TABLE, translate("Map", "Table"))]
        self.switch = SegmentedChoice(options, parent)
        self.switch.setAccessibleName(translate("Map", "Map or table"))
        self.switch.setProperty("ring", True)
        self.switch.chosen.connect(lambda key: self.choose(key == MAP))
        self.switch.hide()

    # What it says

    @property
    def offered(self) -> bool:
        """Whether there is a map to choose now."""
        return bool(self._asked) and self._fits

    @property
    def on(self) -> bool:
        """Whether the map is shown."""
        return self.offered and preferences.body_maps()

    @property
    def covered(self) -> frozenset[str]:
        """The questions that the map stands for now; none while the table is shown."""
        return self._asked if self.on else frozenset()

    def rows(self, fields: Sequence[str]) -> tuple[str, ...]:
        """Those of the questions that stand in rows: all but the covered, and those beside the figure."""
        beside = self.map.details() if self.map is not None and self.on else ()
        return tuple(field for field in fields if field not in self.covered or field in beside)

    def order(self, fields: Sequence[str]) -> tuple[str, ...]:
        """The questions in the order they are answered."""
        if self.map is None or not self.covered:
            return tuple(fields)
        at = next(number for number, field in enumerate(fields) if field in self.covered)
        rest = [[f for f in part if f not in self.covered] for part in (fields[:at], fields[at:])]
        return (*rest[0], *self.map.order(), *rest[1])

    # What it is told

    def show_fields(self, fields: Sequence[str]) -> None:
        """The questions that the form asks now."""
        if self.map is not None:
            self._asked = self.map.fields.intersection(fields)
            self.map.show_fields(self._asked)

    def redraw(self, change: Change) -> None:
        """Show what a change made different."""
        if self.map is not None and self._asked:
            self.map.redraw(change.redraw | change.fields)

    def fit(self, width: int) -> None:
        """Take the width there is; `changed` where that decides between map and table."""
        fits = self.map is None or width >= self.map.figure.least_width
        if fits != self._fits:
            self._fits = fits
            self.changed.emit()

    def choose(self, maps: bool) -> None:
        """Show the map, or the table."""
        if self.offered and maps != preferences.body_maps():
            preferences.prefer_body_maps(maps)
            self.changed.emit()

    def toggle(self) -> None:
        """The other of the two."""
        self.choose(not preferences.body_maps())

    def set_read_only(self, read_only: bool) -> None:
        """Look as what can be changed or not."""
        if self.map is not None:
            self.map.set_read_only(read_only)

    def back_to_spot(self, field: str) -> bool:
        """From a question beside the figure to its spot; False where it has none."""
        if self.map is None or field not in self.covered:
            return False
        self.map.focus_spot(self.map.current)
        return True

    def in_order(self, fields: Sequence[str], rows: Mapping[str, QWidget]) -> tuple[QWidget, ...]:
        """Switch, rows and map as they are read; the questions beside the figure after the figure."""
        parts: list[QWidget] = [] if self.switch is None else [self.switch]
        covered = self.covered
        for field in fields:
            if field not in covered:
                parts.append(rows[field])
            elif self.map is not None and self.map.figure not in parts:
                parts += [self.map.figure, *(rows[beside] for beside in self.map.details())]
        return tuple(parts)

    def take_focus(self, field: str) -> bool:
        """Show the spot of a question that the map stands for; True if the spot takes the focus."""
        return self.map is not None and field in self.covered and self.map.show_question(field)

    # Where things stand

    def place_switch(self, width: int) -> int:
        """Put the switch at the top; its height."""
        if self.switch is None:
            return 0
        self.switch.setVisible(self.offered)
        if not self.offered:
            return 0
        self.switch.set_chosen(MAP if self.on else TABLE)
        size, pad = self.switch.sizeHint(), theme.px(2)
        self.switch.setGeometry(width - size.width() - pad, pad, size.width(), size.height())
        self.switch.raise_()
        return size.height() + 2 * pad

    def place(
        self, top: int, width: int, row_height: Callable[[str, int], int]
    ) -> tuple[dict[str, QRect], int]:
        """Put the map at a height; the places of the questions beside its figure, and its height."""
        if self.map is None or not self.on:
            return {}, 0
        plan = self.map.arrange(width, row_height)
        self.map.setGeometry(0, top, width, plan.height)
        return {field: room.translated(0, top) for field, room in plan.rows.items()}, plan.height

    def show(self) -> None:
        """Show or hide the map, under the questions beside its figure."""
        if self.map is not None:
            self.map.setVisible(self.on)
            self.map.lower()
