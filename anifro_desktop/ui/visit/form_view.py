"""The questions of one form, one under the other, with the keys that move between them.

Rows are made when their form is first opened and a question is first asked; a change redraws only the rows it names.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from anifro_desktop.forms.state import Change
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.visit.columns import Columns
from anifro_desktop.ui.visit.editors import line_up, make_editor
from anifro_desktop.ui.visit.notice import Notice
from anifro_desktop.ui.visit.pages import FormPage
from anifro_desktop.ui.visit.row import QuestionRow

MOST_ANSWER = 420
LEAST_LABEL = 150


class PartTitle(QWidget):
    """The name of a section within its form, over its questions."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(100), theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("page"))
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font("small_strong"))
        room = self.rect().adjusted(theme.px(14), theme.px(6), 0, -theme.px(3))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._text)
        painter.setPen(QPen(theme.colour("divider"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class FormView(QWidget):
    """All rows of the form on show."""

    focus_moved = Signal(str)  # field that the focus is in now
    passed_end = Signal()  # went on from the last question
    passed_start = Signal()  # went back from the first
    keep_asked = Signal(str)  # field: keep the answer, with a reason
    columns_changed = Signal(object)  # Columns, for the titles over them

    def __init__(
        self, binding: VisitBinding, page: FormPage, previous_title: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.binding = binding
        self.page = page
        self.rows: dict[str, QuestionRow] = {}
        self._titles: dict[str, PartTitle] = {}
        self._columns = Columns(0, 0, 0, 0, True)
        self._previous_title = previous_title
        self._filling = True
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if len(page.form.sections) > 1:
            for section in page.form.sections:
                self._titles[section.id] = PartTitle(section.label.get(texts.language()), self)
        self.show_page(page)

    # Rows

    def show_page(self, page: FormPage) -> None:
        """Ask the questions of `page`; rows that are not asked any more are hidden."""
        self.page = page
        self._filling = True
        asked = set(page.fields)
        for field in page.fields:
            if field not in self.rows:
                self._make_row(field)
        for field, row in self.rows.items():
            row.setVisible(field in asked)
        self._set_tab_order()
        self._filling = False
        self.relayout()

    def _make_row(self, field: str) -> None:
        session = self.binding.session
        definition = session.definitions.fields[field]
        editor, notice = make_editor(definition, session.today), Notice(definition)
        row = QuestionRow(editor, notice, self._previous_title, self)
        editor.edited.connect(self.binding.type_text)
        editor.chosen.connect(self.binding.choose)
        editor.reason.connect(self.binding.miss)
        editor.typing.connect(lambda typing, field=field: None if typing else self._redraw(field, False))
        row.set_read_only(self.binding.read_only)
        notice.accept.connect(self.binding.accept)
        notice.keep.connect(self.keep_asked)
        row.key_pressed.connect(self._answered)
        row.resized.connect(self.relayout)
        self.rows[field] = row
        self._redraw(field, True)

    def redraw(self, change: Change, force: bool) -> None:
        """Show what a change made different here."""
        for field in change.redraw | change.fields:
            if field in self.rows:
                self._redraw(field, force)

    def _redraw(self, field: str, force: bool) -> None:
        state = self.binding.state(field)
        problem = self.binding.problem_text(state.problem) if state.problem is not None else ""
        self.rows[field].show_state(state, problem, force)

    def set_read_only(self, read_only: bool) -> None:
        """Take or refuse typing."""
        for row in self.rows.values():
            row.set_read_only(read_only)

    def commit(self) -> None:
        """Give out what is still being typed."""
        for row in self.rows.values():
            row.editor.commit()

    def _set_tab_order(self) -> None:
        last: QWidget | None = None
        for field in self.page.fields:
            row = self.rows[field]
            if last is not None:
                QWidget.setTabOrder(last, row)
            last = row

    # Focus

    def field_of(self, widget: QWidget | None) -> str | None:
        """The question a widget belongs to."""
        while widget is not None:
            if isinstance(widget, QuestionRow) and widget.parentWidget() is self:
                return widget.field.id
            widget = widget.parentWidget()
        return None

    def focus_changed(self, now: QWidget | None) -> QuestionRow | None:
        """Move the ring to the row that has the focus now; that row, if it is one of these."""
        field = self.field_of(now)
        for name, row in self.rows.items():
            row.set_active(name == field)
        if field is None:
            return None
        self.focus_moved.emit(field)
        return self.rows[field]

    def focus_field(self, field: str) -> bool:
        """Put the focus on a question; False if it is not asked here."""
        if field not in self.page.asked:
            return False
        self.rows[field].editor.focus_answer()
        return True

    def _answered(self, field: str) -> None:
        """A key that answers moves on; one that took the answer back stays."""
        if self.binding.state(field).answered:
            self.go_next(field)

    def go_next(self, field: str) -> None:
        """To the question after this one."""
        self._step(field, 1, self.passed_end.emit)

    def go_back(self, field: str) -> None:
        """To the question before this one."""
        self._step(field, -1, self.passed_start.emit)

    def _step(self, field: str, step: int, beyond: Callable[[], object]) -> None:
        fields = self.page.asked
        at = fields.index(field) + step if field in fields else 0
        if 0 <= at < len(fields):
            self.focus_field(fields[at])
        else:
            beyond()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and down go on, up goes back. Nothing that is not a bare key is touched."""
        field = self.field_of(self.focusWidget())
        if field is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.go_next(field)
        elif event.key() == Qt.Key.Key_Up:
            self.go_back(field)
        else:
            event.ignore()

    # Where rows stand

    @property
    def columns(self) -> Columns:
        """The columns as they lie now."""
        return self._columns

    def relayout(self) -> None:
        """Put every row in its place for the width there is."""
        if self._filling or self.width() <= 0:
            return
        height = self._place(self._measure(self.width()), move=True)
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
            self.updateGeometry()

    def _measure(self, width: int) -> Columns:
        rows = [self.rows[field] for field in self.page.fields]
        line_up([row.editor for row in rows])
        hints = [row.editor.answer_width() for row in rows]
        answer = min(max(hints, default=0), theme.px(MOST_ANSWER))
        weight = theme.px(48) if any(row.field.points is not None for row in rows) else 0
        previous = theme.px(100) if self._previous_title else 0
        columns = Columns(width, weight, previous, answer, stacked=False)
        if columns.label_width < theme.px(LEAST_LABEL):
            return Columns(width, 0, 0, width, stacked=True)
        return columns

    def _place(self, columns: Columns, move: bool) -> int:
        if columns != self._columns:
            self._columns = columns
            self.columns_changed.emit(columns)
        y = 0
        for section in self.page.sections:
            title = self._titles.get(section.section.id)
            if title is not None:
                title.setVisible(bool(section.visible_fields))
                if section.visible_fields:
                    title.setGeometry(QRect(0, y, columns.width, title.sizeHint().height()))
                    y += title.height()
            for field in section.visible_fields:
                row = self.rows[field]
                row.set_columns(columns)
                height = row.heightForWidth(columns.width)
                row.setGeometry(QRect(0, y, columns.width, height))
                y += height
        return y

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.relayout()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.minimumHeight()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(500), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(220), self.minimumHeight())
