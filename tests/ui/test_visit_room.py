"""Nothing that a visit says around its questions is cut: section list, header, scores, at each text size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pages import BASELINE, MONTH_6, PATIENT, TODAY, VisitDesk, everything, half_done, month_6
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from anifro_desktop import forms
from anifro_desktop.forms.session import Visit, VisitSession
from anifro_desktop.ui import theme
from anifro_desktop.ui.visit.autosave import SaveState
from anifro_desktop.ui.visit.section_list import SectionButton, count_text, status_text
from anifro_desktop.ui.widgets import Badge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SCALES = [1.0, 1.25, 1.5, 2.0, 2.5]
LOOKS = [(lang, "light", scale) for lang in ("it", "en") for scale in SCALES]
LOOKS += [(lang, "dark", 2.0) for lang in ("it", "en")]
BADGES = {
    "it": ("soddisfatto", "non soddisfatto", "non noto", "moderata", "severa"),
    "en": ("met", "not met", "unknown", "moderate", "severe"),
}
STATES = ("open", "started", "done", "attention")
SAVED = SaveState("saved", datetime(2026, 11, 22, 20, 0, 0, tzinfo=UTC))
_WRAP = Qt.TextFlag.TextWordWrap
Look = tuple[str, float]
Open = Callable[..., VisitDesk]


@pytest.fixture(params=LOOKS, ids=lambda look: "-".join(map(str, look)))
def look(request, qapp, qtbot, translations) -> Iterator[Look]:
    lang, scheme, scale = request.param
    translations.use(lang)
    theme.apply(qapp, scheme, scale)
    yield lang, scale
    theme.apply(qapp, "light", 1.0)


@pytest.fixture
def opened(qtbot) -> Iterator[Open]:
    """Opens a visit in the room that the program leaves it on a screen of 1366 by 768."""
    made: list[VisitDesk] = []

    def open_(session: VisitSession, scale: float, state: str = "draft") -> VisitDesk:
        made.append(VisitDesk(session, state, size=(round(1366 - 64 * scale), 740)))
        made[-1].view.set_save_state(SAVED)
        made[-1].settle()
        return made[-1]

    yield open_
    for desk in made:
        desk.close()


def cut(root: QWidget, heights: bool = True) -> list[str]:
    """The labels, buttons and badges that have less room than they need."""
    short = []
    for one in everything(root):
        if isinstance(one, QLabel) and one.wordWrap() and one.text():
            fits = not heights or one.height() >= one.heightForWidth(one.width())
        elif isinstance(one, QLabel | QPushButton | Badge):
            needed = one.sizeHint()
            fits = one.width() >= needed.width() and (not heights or one.height() >= needed.height())
        else:
            continue
        if not fits:
            short.append(
                f"{type(one).__name__} {one.accessibleName() or one.text()}: {one.size()} of {one.sizeHint()}"
            )
    return short


def test_the_section_list_says_state_and_count_whole(look: Look, opened: Open) -> None:
    lang, scale = look
    desk = opened(month_6(half_done(), lang), scale)
    small, strong = QFontMetrics(theme.font("small")), QFontMetrics(theme.font("strong"))
    for button in desk.view.body.list.findChildren(SectionButton):
        button.setChecked(True)  # in bold
        for status in STATES if button.isVisible() else ():
            button.show_page(replace(button.page, status=status, done=36, total=36))
            desk.settle()
            room, lines = button.width() - theme.px(36), button.status_lines(button.width())
            assert " · ".join(lines) == status_text(button.page)
            assert all(small.horizontalAdvance(line) <= room for line in lines)
            name = strong.boundingRect(QRect(0, 0, room, 1000), _WRAP, button.text())
            assert name.width() <= room
            assert name.height() + small.height() * len(lines) + theme.px(5) <= button.height()
    listed = desk.view.body.list_scroll
    assert not listed.isVisible() or listed.horizontalScrollBar().maximum() == 0


def test_the_line_that_stands_for_the_list_says_state_and_count_whole(look: Look, opened: Open) -> None:
    lang, scale = look
    desk = opened(month_6(half_done(), lang), scale)
    body = desk.view.body
    for page in body.pages if body.bar.isVisible() else ():
        worst = replace(page, status="attention", done=36, total=36)
        body.bar.show_pages((worst,), page.form.id)
        desk.settle()
        words = status_text(worst) if scale <= 2.0 else count_text(worst)
        assert words in body.bar.current.text()
        assert status_text(worst) in body.bar.current.accessibleName()
        assert cut(body.bar) == []
        assert body.bar.width() <= desk.view.width() == round(1366 - 64 * scale)
    assert body.bar.isVisible() == (scale >= 2.0)


@pytest.mark.parametrize(
    ("key", "on", "state"),
    [
        ("baseline", BASELINE, "signed"),
        ("m06", MONTH_6, "draft"),
        ("m06", TODAY, "amending"),
        ("m12", TODAY, "complete"),
        ("u01", TODAY, "draft"),
        ("early", date(2026, 11, 23), "amending"),
    ],
)
def test_the_header_says_all_of_whose_visit_it_is(
    look: Look, opened: Open, key: str, on: date, state: str
) -> None:
    lang, scale = look
    definitions = forms.load()
    names = [form.id for form in definitions.of_visit(key)]
    session = VisitSession(definitions, names, PATIENT, Visit(key, on), today=TODAY, lang=lang)
    desk = opened(session, scale, state)
    header = desk.view.header
    assert header.saved.isVisible()
    assert cut(header, heights=scale <= 2.0) == []
    height = header.height()
    desk.view.set_save_state(SaveState("saving"))
    desk.settle()
    desk.view.set_save_state(SAVED)
    desk.settle()
    assert header.height() == height
    assert cut(header, heights=scale <= 2.0) == []


def test_the_words_beside_a_score_are_whole(look: Look, opened: Open) -> None:
    lang, scale = look
    desk = opened(month_6(half_done(), lang), scale)
    desk.view.go.open_form("phga")
    desk.settle()
    for rule, block in desk.view.body.panel.blocks.items():
        title = block.title
        for badge in ("", *BADGES[lang]):
            block.show_block(replace(desk.view.body.panel._shown[rule], badge=badge))
            desk.settle()
            words = title.words(title.width())
            assert all(word.left + word.width <= title.width() for word in words), (rule, badge)
            assert title.height() >= title.heightForWidth(title.width())


def test_a_badge_that_does_not_fit_beside_its_score_stands_under_it(qapp, opened: Open, translations) -> None:
    translations.use("it")
    desk = opened(month_6(half_done(), "it"), 1.0)
    title = desk.block("doris").title
    name, badge = title.words(title.width())
    assert (name.text, badge.text) == ("Remissione DORIS", "non soddisfatto")
    assert (name.line, badge.line, badge.left) == (0, 1, 0)
    assert [word.line for word in title.words(2 * title.width())] == [0, 0]
