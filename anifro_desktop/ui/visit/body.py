"""The parts of a visit page in their places: section list, questions, live scores.

Three columns from 1100 logical pixels at the text scale in force; below that the scores stand under the questions;
below 720 the section list becomes one line. Nothing ever scrolls sideways.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.forms.questionnaires import is_questionnaire
from anifro_desktop.forms.state import Change
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.binding import VisitBinding
from anifro_desktop.ui.visit.boards import board
from anifro_desktop.ui.visit.columns_title import ColumnsTitle
from anifro_desktop.ui.visit.end_button import EndButton
from anifro_desktop.ui.visit.form_head import FormHead
from anifro_desktop.ui.visit.form_view import FormView
from anifro_desktop.ui.visit.pages import FormPage, pages
from anifro_desktop.ui.visit.said_line import Said
from anifro_desktop.ui.visit.score_panel import ScorePanel
from anifro_desktop.ui.visit.section_bar import SectionBar
from anifro_desktop.ui.visit.section_list import SectionList
from anifro_desktop.ui.widgets.scroll import Scroll
from anifro_desktop.ui.words import visit_name

WIDE = 1100
LISTED = 720
LIST_WIDTH = 204
PANEL_WIDTH = 316


class VisitBody(QWidget):
    """Everything of a visit page but its header."""

    form_asked = Signal(str)  # form id chosen in the list
    step_asked = Signal(int)  # one form on or back
    field_asked = Signal(str)  # a link to a question
    end_reached = Signal()  # "next section" or "review" was pressed
    keep_asked = Signal(str)  # field
    asked_wanted = Signal(str)  # field: show what the centre asks about it

    def __init__(
        self, binding: VisitBinding, found: tuple[FormPage, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.binding = binding
        self.pages = found
        self.views: dict[str, FormView] = {}
        self._said: Mapping[str, Said] = {}
        self._of_forms: Mapping[str, tuple[str, str]] = {}
        self._marks = False
        self.form = ""
        self._wide: bool | None = None
        self._listed: bool | None = None
        self._alone = len(binding.session.forms) == 1  # an event: there is nothing to list
        self._build_sides(found)
        self._build_middle()
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.list_scroll)
        across.addLayout(self._middle, 1)
        across.addWidget(self.panel_scroll)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.bar)
        self._box.addLayout(across, 1)
        self.list_scroll.hide()
        self.bar.hide()

    def _build_sides(self, found: tuple[FormPage, ...]) -> None:
        """The section list, as a list and on one line, and the scores of a visit that has any."""
        self.list = SectionList(found, self)
        self.list.opened.connect(self.form_asked)
        self.bar = SectionBar(self)
        self.bar.opened.connect(self.form_asked)
        self.bar.step.connect(self.step_asked)
        self.list_scroll = Scroll(self)
        self.list_scroll.setWidget(self.list)
        self.list_scroll.setFixedWidth(theme.px(LIST_WIDTH))
        session = self.binding.session
        self.panel = ScorePanel(session) if board(session) else None
        self.panel_scroll = Scroll(self)
        self.panel_scroll.setFixedWidth(theme.px(PANEL_WIDTH))
        if self.panel is not None:
            self.panel.go_to.connect(self.field_asked)

    def _build_middle(self) -> None:
        self.head = FormHead()
        self.titles = ColumnsTitle(self)
        self.area = Scroll(self)
        content = QWidget()
        self._content = QVBoxLayout(content)
        pad = theme.px(16)
        self._content.setContentsMargins(pad, theme.px(12), pad, pad)
        self._content.setSpacing(theme.px(10))
        self.end_button = EndButton("", parent=content)
        self.end_button.clicked.connect(self.end_reached)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.end_button)
        self._content.addWidget(self.head)
        self._content.addLayout(end)
        self._content.addStretch(1)
        self.area.setWidget(content)
        self.area.verticalScrollBar().rangeChanged.connect(self._follow_focus)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.titles)
        self._middle.addWidget(self.area, 1)

    # What is on show

    @property
    def page(self) -> FormPage:
        """The form on show."""
        return next(page for page in self.pages if page.form.id == self.form)

    @property
    def view(self) -> FormView:
        """Its questions."""
        return self.views[self.form]

    def asked(self, page: FormPage) -> tuple[str, ...]:
        """The questions of a form in the order they are gone through; on a body map that is spot by spot."""
        view = self.views.get(page.form.id)
        return view.asked if view is not None else page.asked

    def show_form(self, form: str) -> None:
        """Show the questions of a form; they are made when it is first opened."""
        if form != self.form:
            if self.form:
                self.view.hide()
            self.form = form
            if form not in self.views:
                self._make_view()
            self.view.show()
            self.area.verticalScrollBar().setValue(0)
        self.refresh_progress()
        self._show_titles()

    def _make_view(self) -> None:
        view = FormView(self.binding, self.page, self._previous_title())
        view.columns_changed.connect(self._show_titles)
        view.keep_asked.connect(self.keep_asked)
        view.asked_wanted.connect(self.asked_wanted)
        view.show_said(self._said)
        view.passed_end.connect(lambda: self.end_button.setFocus(Qt.FocusReason.TabFocusReason))
        view.digit_at_end.connect(self.end_button.spare_an_enter)
        self.views[self.form] = view
        self._content.insertWidget(1, view)
        QWidget.setTabOrder(self.head.same_button, self.end_button)
        view.set_tab_order(after=self.head.same_button)

    def _previous_title(self) -> str:
        return " ".join(part for part in self._previous() if part)

    def _previous(self) -> tuple[str, str]:
        past = self.binding.session.previous
        if past is None:
            return "", ""
        return visit_name(past.key), texts.full_date(past.date) if past.date is not None else ""

    def _show_titles(self) -> None:
        self.titles.show_columns(self.view.columns, *self._previous())

    def show_change(self, change: Change, force: bool) -> None:
        """Redraw what an act changed, and nothing else."""
        before = self.pages
        self.pages = pages(self.binding.session)
        for view in self.views.values():
            view.redraw(change, force)
        if change.visible:
            for form, view in self.views.items():
                if page := next((page for page in self.pages if page.form.id == form), None):
                    view.show_page(page)
        if self.panel is not None and change.scores:
            self.panel.refresh(change.scores)
        if self.pages != before:
            self.refresh_progress()

    def show_said(
        self, said: Mapping[str, Said], of_forms: Mapping[str, tuple[str, str]], marks: bool
    ) -> None:
        """What others said: about questions, and about forms (of the centre's questions in words, and `verified` or
        `changed`). marks: the person may verify forms."""
        self._said, self._of_forms, self._marks = said, of_forms, marks
        for view in self.views.values():
            view.show_said(said)
        self._show_head()

    def _show_head(self) -> None:
        asked, source = self._of_forms.get(self.form, ("", ""))
        self.head.show_said(asked, source, self._marks and self.binding.read_only)

    def refresh_progress(self) -> None:
        """Show how far every form has come."""
        if not self._alone:
            self.list.show_pages(self.pages, self.form)
            self.bar.show_pages(self.pages, self.form)
        session = self.binding.session
        absent = self.binding.open_absent_count(self.form)
        same = session.previous is not None and any(
            session.definitions.fields[field].carry and session.state(field).previous is not None
            for field in self.page.asked
        )
        writable = not self.binding.read_only
        hand = writable and is_questionnaire(self.page.form)
        self.head.show_page(self.page, absent if writable else 0, same and writable, hand)
        self._show_head()
        at = self.pages.index(self.page)
        if at + 1 < len(self.pages):
            following = self.pages[at + 1].form.label.get(texts.language())
            self.end_button.setText(translate("Visit", "Next section: {name}").format(name=following))
        elif session.visit.key:
            self.end_button.setText(translate("Visit", "To the review"))
        else:
            self.end_button.setText(translate("Visit", "To the identity"))

    # Where it stands

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(self.width())
        self._box.activate()  # at once, so that the questions are laid out for one width and not for two

    def arrange(self, width: int) -> None:
        """Set the parts in their places for this width."""
        wide = width >= theme.px(WIDE) and self.panel is not None
        listed = width >= theme.px(LISTED) or self._alone
        if wide != self._wide:
            self._wide = wide
            self._place_panel(wide)
        if listed != self._listed:
            self._listed = listed
            self.list_scroll.setVisible(listed and not self._alone)
            self.bar.setVisible(not listed)
            self.head.title.setVisible(listed)

    def _place_panel(self, wide: bool) -> None:
        self.panel_scroll.setVisible(wide)
        if self.panel is None:
            return
        if wide:
            self._content.removeWidget(self.panel)
            self.panel_scroll.setWidget(self.panel)
        else:
            self.panel_scroll.takeWidget()
            self._content.insertWidget(self._content.count() - 1, self.panel)
        self.panel.show()

    def _follow_focus(self) -> None:
        """When the questions get another height, what has the focus stays in sight."""
        now = self.area.focusWidget()
        if self.form and now is not None:
            self.area.keep_in_sight(self.view.part_of(now) or now, theme.px(46))

    def keep_in_sight(self, widget: QWidget) -> None:
        """Scroll so that a widget is seen, with a line of context around it."""
        for area in (self.area, self.panel_scroll, self.list_scroll):
            area.keep_in_sight(widget, theme.px(46))
