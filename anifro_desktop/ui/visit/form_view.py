"""The questions of one form, one under the other, with the keys that move between them.

Rows are made when their form is first opened and a question is first to be seen; a change redraws only the rows it
names. A form that has a body map shows it in place of the questions it stands for (`maps.mode`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from anifro_desktop.forms.state import Change
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.visit.columns import Columns
from anifro_desktop.ui.visit.editors import line_up, make_editor
from anifro_desktop.ui.visit.maps.mode import MapMode
from anifro_desktop.ui.visit.maps.spot import Spot
from anifro_desktop.ui.visit.notice import Notice
from anifro_desktop.ui.visit.pages import FormPage, spared
from anifro_desktop.ui.visit.part_title import PartTitle
from anifro_desktop.ui.visit.row import QuestionRow
from anifro_desktop.ui.visit.said_line import Said
from anifro_desktop.ui.visit.tabbing import chain

MOST_ANSWER = 420
LEAST_LABEL = 150
LEAST_ROW = 45


class FormView(QWidget):
    """All rows of the form on show."""

    focus_moved = Signal(str)  # field that the focus is in now
    passed_end = Signal()  # went on from the last question
    digit_at_end = Signal()  # went on from it by a digit alone
    passed_start = Signal()  # went back from the first
    keep_asked = Signal(str)  # field: keep the answer, with a reason
    asked_wanted = Signal(str)  # field: show what the centre asks about it
    columns_changed = Signal(object)  # Columns, for the titles over them

    def __init__(
        self, binding: VisitBinding, page: FormPage, previous_title: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.binding = binding
        self.page = page
        self.rows: dict[str, QuestionRow] = {}
        self._said: Mapping[str, Said] = {}
        self._titles: dict[str, PartTitle] = {}
        self._columns = Columns(0, 0, 0, 0, True)
        self._previous_title = previous_title
        self._filling = True
        self._fitted = False  # until it is shown its width means nothing, and no row is laid out for it
        self._by_digit = ""  # where a digit led that was all of an answer
        self._after: QWidget | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if len(page.form.sections) > 1:
            for section in page.form.sections:
                self._titles[section.id] = PartTitle(section.label.get(texts.language()), self)
        self.maps = MapMode(binding, page.form, previous_title, self)
        self.maps.changed.connect(self._fill)
        self.maps.resized.connect(self.relayout)
        self.maps.question_asked.connect(self.focus_field)
        self.show_page(page)

    # Rows

    def show_page(self, page: FormPage) -> None:
        """Ask the questions of `page`; rows that are not asked any more are hidden."""
        self.page = page
        self._filling = True
        self.maps.show_fields(page.fields)
        self._fill()

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that take an answer, in the order they are gone through."""
        return self.maps.order(self.page.asked)

    def _fill(self) -> None:
        """Make the rows that are to be seen, hide the others, and put everything in its place."""
        self._filling = True
        seen = self.maps.rows(self.page.fields)
        for field in seen:
            if field not in self.rows:
                self._make_row(field)
        for field, row in self.rows.items():
            row.setVisible(field in seen)
        self.maps.show()
        if (
            self._after is not None
        ):  # else the page that is making this gives the order, with what it comes after
            self.set_tab_order()
        self._filling = False
        if (
            not self._fitted
        ):  # about as high as it will be: the scroll bar that it needs takes room from the start
            self.setMinimumHeight(theme.px(LEAST_ROW) * len(seen))
        self.relayout()

    def _make_row(self, field: str) -> None:
        definition = self.binding.field(field)
        editor, notice = make_editor(definition, self.binding.session.today), Notice(definition)
        row = QuestionRow(editor, notice, self._previous_title, self)
        row.set_legend(self.binding.wording.options(field))
        editor.edited.connect(self.binding.type_text)
        editor.chosen.connect(self.binding.choose)
        editor.reason.connect(self.binding.miss)
        editor.typing.connect(lambda typing, field=field: None if typing else self._redraw(field, False))
        row.set_read_only(self.binding.read_only)
        notice.accept.connect(self.binding.accept)
        notice.keep.connect(self.keep_asked)
        row.key_pressed.connect(self._answered)
        editor.answered.connect(self._led_on)
        row.resized.connect(self.relayout)
        row.asked_wanted.connect(self.asked_wanted)
        self.rows[field] = row
        self._redraw(field, True)
        row.show_said(self._said.get(field, Said()))

    def redraw(self, change: Change, force: bool) -> None:
        """Show what a change made different here."""
        for field in change.redraw | change.fields:
            if field in self.rows:
                self._redraw(field, force)
        self.maps.redraw(change)

    def _redraw(self, field: str, force: bool) -> None:
        state = self.binding.state(field)
        problem = self.binding.problem_text(state.problem) if state.problem is not None else ""
        self.rows[field].notice.found = self.binding.telling(state)
        self.rows[field].show_state(state, problem, force)

    def show_said(self, said: Mapping[str, Said]) -> None:
        """What others said about the questions."""
        self._said = said
        for field, row in self.rows.items():
            row.show_said(said.get(field, Said()))
        if self._after is not None:
            self.set_tab_order()

    def set_read_only(self, read_only: bool) -> None:
        """Take or refuse typing."""
        for row in self.rows.values():
            row.set_read_only(read_only)
        self.maps.set_read_only(read_only)

    def commit(self) -> None:
        """Give out what is still being typed."""
        for row in self.rows.values():
            row.editor.commit()

    def set_tab_order(self, after: QWidget | None = None) -> None:
        """Reading order, also for what was made later. after: what the questions come after, from now on."""
        self._after = after or self._after
        chain(self.maps.in_order(self.page.fields, self.rows), self._after)

    # Focus

    def part_of(self, widget: QWidget | None) -> QuestionRow | Spot | None:
        """The question, or the spot of the map, that a widget belongs to."""
        while widget is not None and widget is not self:
            if isinstance(widget, QuestionRow | Spot) and self.isAncestorOf(widget):
                return widget
            widget = widget.parentWidget()
        return None

    def field_of(self, widget: QWidget | None) -> str | None:
        """The question a widget belongs to."""
        part = self.part_of(widget)
        return part.field.id if part is not None else None

    def focus_changed(self, now: QWidget | None) -> QuestionRow | Spot | None:
        """Move the ring to the row that has the focus now; that row or spot, if it is one of these."""
        part = self.part_of(now)
        for row in self.rows.values():
            row.set_active(row is part)
        if part is not None:
            self._by_digit = self._by_digit if part.field.id == self._by_digit else ""
            self.focus_moved.emit(part.field.id)
        return part

    def focus_field(self, field: str) -> bool:
        """Put the focus on a question; False if it is not asked here."""
        if field not in self.page.asked:
            return False
        if not self.maps.take_focus(field):
            self.rows[field].editor.focus_answer()
        return True

    def _answered(self, field: str) -> None:
        """A key that answers moves on; one that took the answer back stays."""
        if self.binding.state(field).answered:
            self.go_next(field)

    def _led_on(self, field: str) -> None:
        """Many press Enter after a number out of habit: straight after such a digit it shall not pass a question by."""
        now = self.field_of(self.focusWidget()) or ""
        self._by_digit = now if now != field else ""
        if now == field:
            self.digit_at_end.emit()

    def go_next(self, field: str) -> None:
        """To the question after this one."""
        self._step(field, 1, self.passed_end.emit)

    def go_back(self, field: str) -> None:
        """To the question before this one."""
        self._step(field, -1, self.passed_start.emit)

    def _step(self, field: str, step: int, beyond: Callable[[], object]) -> None:
        if field in self.rows:
            self.rows[field].editor.commit()  # what was typed may open the question after it
        fields = self.asked
        at = fields.index(field) + step if field in fields else 0
        while step > 0 and at < len(fields) and spared(self.binding.session, fields[at]):
            at += step
        if 0 <= at < len(fields):
            self.focus_field(fields[at])
        else:
            beyond()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and down go on, up goes back; digits at a spot are for its question. Bare keys only."""
        part = self.part_of(self.focusWidget())
        if part is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and part.field.id == self._by_digit:
            self._by_digit = ""
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.go_next(part.field.id)
        elif event.key() == Qt.Key.Key_Up:
            self.go_back(part.field.id)
        elif isinstance(part, Spot):
            event.setAccepted(self.rows[part.field.id].answer_key(event.text()))
        else:
            event.setAccepted(event.key() == Qt.Key.Key_Escape and self.maps.back_to_spot(part.field.id))

    # Where rows stand

    @property
    def columns(self) -> Columns:
        """The columns as they lie now."""
        return self._columns

    def relayout(self) -> None:
        """Put every row in its place for the width there is."""
        if self._filling or not self._fitted or self.width() <= 0:
            return
        height = self._place(self._measure(self.width()))
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
            self.updateGeometry()

    def _measure(self, width: int) -> Columns:
        rows = [self.rows[field] for field in self.maps.rows(self.page.fields)]
        line_up([row.editor for row in rows])
        hints = [row.editor.answer_width() for row in rows]
        answer = min(max(hints, default=0), theme.px(MOST_ANSWER))
        weight = theme.px(48) if any(row.field.points is not None for row in rows) else 0
        previous = theme.px(100) if self._previous_title else 0
        columns = Columns(width, weight, previous, answer, stacked=False)
        if columns.label_width < theme.px(LEAST_LABEL):
            return Columns(width, 0, 0, width, stacked=True)
        return columns

    def _place(self, columns: Columns) -> int:
        if columns != self._columns:
            self._columns = columns
            self.columns_changed.emit(columns)
        y = self.maps.place_switch(columns.width)
        shown: set[str] = set()
        covered, mapped = self.maps.covered, False
        for section in self.page.sections:
            fields = [field for field in section.visible_fields if field not in covered]
            if not mapped and len(fields) < len(section.visible_fields):
                mapped = True
                y += self._place_map(y, columns)
            title = self._titles.get(section.section.id)
            if title is not None and fields:
                height = title.sizeHint().height()
                y = y if shown else max(y - height, 0)  # the first stands beside the switch
                title.setGeometry(QRect(0, y, columns.width, height))
                shown.add(section.section.id)
                y += height
            for field in fields:
                y += self._place_row(field, QRect(0, y, columns.width, 0), columns)
        for name, title in self._titles.items():
            title.setVisible(name in shown)
        return y

    def _place_row(self, field: str, at: QRect, columns: Columns) -> int:
        row = self.rows[field]
        row.set_columns(columns)
        height = row.heightForWidth(at.width())
        row.setGeometry(at.left(), at.top(), at.width(), height)
        return height

    def _place_map(self, y: int, columns: Columns) -> int:
        """The map, and the questions beside its figure, which are as wide as it says."""

        def narrow(width: int) -> Columns:
            return Columns(width, 0, 0, width, stacked=True)

        def row_height(field: str, width: int) -> int:
            return self._place_row(field, QRect(0, 0, width, 0), narrow(width))

        rows, height = self.maps.place(y, columns.width, row_height)
        for field, room in rows.items():
            self._place_row(field, room, narrow(room.width()))
        return height

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width() or not self._fitted:
            self._fitted = True
            self.maps.fit(event.size().width())
            self.relayout()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.minimumHeight()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(500), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(220), self.minimumHeight())
