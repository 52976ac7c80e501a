"""How a score is worked out, one key away from it: formula, choices of the protocol, source and version."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pages import VisitDesk, half_done, month_6
from PySide6.QtWidgets import QLabel

from anifro_desktop.scores import registry
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.translation import Translations
from anifro_desktop.ui.visit import score_details

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk(month_6(half_done(), "en"))
    yield made
    made.close()


def test_enter_on_a_score_says_how_it_is_worked_out(desk: VisitDesk) -> None:
    desk.block("sledai2k").setFocus()
    desk.press("Enter")
    (dialog,) = desk.view.body.panel.findChildren(Dialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "seizure 8" in said
    assert "days considered before the visit: 30" in said
    assert "Gladman 2002" in said
    assert registry.version("sledai2k") in said
    desk.press("Esc")
    assert desk.view.body.panel.findChildren(Dialog) == []


@pytest.mark.parametrize("block", ["response", "proms", "doris", "sfi", "ae", "eular2019"])
def test_every_block_has_rules_behind_it(block: str) -> None:
    assert all(rule.source for rule in score_details.rules_behind(block))


@pytest.mark.parametrize(
    ("lang", "title", "source"),
    [("it", "Scale visive e numeriche", "Fasce del PhGA"), ("en", "Visual and numeric scales", "PhGA bands")],
)
def test_titles_and_sources_are_in_the_language_of_the_window(
    qtbot, translations: Translations, lang: str, title: str, source: str
) -> None:
    translations.use(lang)
    desk = VisitDesk(month_6(half_done(), lang))
    dialog = score_details.show_score(desk.view, "proms", "PROM")
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert title in said
    assert any(source in text for text in said)
    assert not any("|" in text for text in said)
    desk.close()
