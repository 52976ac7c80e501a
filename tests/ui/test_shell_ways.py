"""Ways through the program: places, Find, menu, sheet of keys; language and text size without a restart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell_driver import TODAY, Program

from anifro_desktop.ui import preferences
from anifro_desktop.ui.find import Target, matches

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def inside(program: Program) -> Program:
    program.unlock()
    program.until(lambda: program.page.table.items)
    return program


@pytest.mark.parametrize(
    ("key", "page"),
    [
        (Qt.Key.Key_2, "PatientsPage"),
        (Qt.Key.Key_3, "SendPage"),
        (Qt.Key.Key_4, "SettingsPage"),
        (Qt.Key.Key_1, "TodayPage"),
    ],
)
def test_every_place_has_a_key(inside: Program, key: Qt.Key, page: str) -> None:
    inside.key(key, ALT)
    inside.until(lambda: type(inside.page).__name__ == page)
    chosen = [name for name, button in inside.shell.rail.buttons.items() if button.isChecked()]
    assert [name.capitalize() + "Page" for name in chosen] == [page]


def test_the_rail_is_walked_with_arrows(inside: Program) -> None:
    inside.shell.rail.buttons["today"].setFocus()
    inside.key(Qt.Key.Key_Down)
    inside.key(Qt.Key.Key_Return)
    inside.until(lambda: type(inside.page).__name__ == "PatientsPage")


def test_find_leads_to_a_patient_by_a_name_typed_in_part(inside: Program) -> None:
    row = inside.page.table.items[0]
    inside.key(Qt.Key.Key_K, CTRL)
    finder = inside.shell.commands.finder
    inside.until(lambda: any(row.subject in target.text for target in finder.list.items))
    inside.bot.keyClicks(finder.line, row.name.lower())
    assert [target.text.split()[0] for target in finder.list.items] == [row.subject]
    inside.bot.keyClick(finder.line, Qt.Key.Key_Return)
    inside.until(lambda: type(inside.page).__name__ == "PatientPage" and inside.page.course is not None)
    assert inside.page.subject == row.subject


def test_find_leads_to_a_question_of_the_open_visit(inside: Program) -> None:
    inside.shell.open_visit(inside.page.table.items[0].subject, "unscheduled", TODAY)
    inside.until(lambda: type(inside.page).__name__ == "VisitPage")
    inside.key(Qt.Key.Key_K, CTRL)
    finder = inside.shell.commands.finder
    inside.settle()
    inside.bot.keyClicks(finder.line, "platelets")
    inside.bot.keyClick(finder.line, Qt.Key.Key_Return)
    inside.until(lambda: inside.page.place().field == "platelets")


def test_find_knows_the_commands_and_arrows_choose(inside: Program) -> None:
    inside.key(Qt.Key.Key_K, CTRL)
    finder = inside.shell.commands.finder
    inside.settle()
    inside.bot.keyClicks(finder.line, "command settings")
    assert finder.list.item.text == "Settings"
    inside.bot.keyClick(finder.line, Qt.Key.Key_Down)
    inside.bot.keyClick(finder.line, Qt.Key.Key_Return)
    inside.until(lambda: type(inside.page).__name__ == "SettingsPage")


def test_codes_are_found_without_their_hyphens() -> None:
    target = Target("P03-7KQF-W   Rossi Sintetica", "Patient", lambda: None)
    assert matches(target, "p037kqfw")
    assert matches(target, "rossi p03")
    assert not matches(target, "bianchi")


def test_every_command_stands_in_the_menu_and_on_the_sheet(inside: Program) -> None:
    inside.key(Qt.Key.Key_M, ALT)
    inside.until(inside.shell.commands.menu.isVisible)
    listed = [action.text() for action in inside.shell.commands.menu.actions() if not action.isSeparator()]
    assert {command.text for command in inside.shell.commands.commands} <= set(listed)
    inside.shell.commands.menu.close()
    inside.shell.commands.show_sheet()
    sheet = inside.shell.commands.sheet
    said = "\n".join(
        label.text() for label in sheet.findChildren(type(sheet.body.itemAt(0).widget()).__mro__[1])
    )
    assert "Ctrl+L" in said
    sheet.reject()


def test_no_two_commands_share_their_keys(inside: Program) -> None:
    keys = [command.keys for command in inside.shell.commands.commands if command.keys]
    assert len(keys) == len(set(keys))


def test_another_language_holds_at_once_and_for_the_next_time(inside: Program) -> None:
    inside.key(Qt.Key.Key_4, ALT)
    inside.until(lambda: type(inside.page).__name__ == "SettingsPage")
    inside.click(inside.page.language.segments[0])
    inside.until(lambda: inside.page.header.title.text() == "Opzioni")
    assert inside.shell.rail.buttons["today"].text() == "Oggi"
    assert preferences.load(inside.folder).language == "it"


def test_an_open_visit_stays_open_when_the_text_grows(inside: Program) -> None:
    subject = inside.page.table.items[0].subject
    inside.shell.open_visit(subject, "unscheduled", TODAY)
    inside.until(lambda: type(inside.page).__name__ == "VisitPage")
    inside.page.go_to_field("temperature_c")
    inside.bot.keyClicks(QApplication.focusWidget(), "36,6")
    session = inside.page.visit.session
    inside.key(Qt.Key.Key_Plus, CTRL)
    inside.until(lambda: inside.window.preferences.text == 125)
    assert inside.page.visit.session is session
    assert str(session.answers["temperature_c"]) == "36.6"
    assert inside.page.place().field == "temperature_c"


def test_settings_survive_odd_files(tmp_path) -> None:
    (tmp_path / preferences.FILE).write_text(
        "[General]\nlanguage=xx\ntext=73\nscheme=pink\nhide_names=maybe\n"
    )
    loaded = preferences.load(tmp_path)
    assert (loaded.scheme, loaded.text, loaded.hide_names) == ("system", 100, False)
    assert loaded.language in preferences.LANGUAGES
    wanted = preferences.Preferences("en", "dark", 200, True)
    assert preferences.save(tmp_path, wanted)
    assert preferences.load(tmp_path) == wanted


def test_a_patient_is_searched_and_shows_the_visits(inside: Program) -> None:
    row = inside.page.table.items[0]
    inside.key(Qt.Key.Key_2, ALT)
    inside.until(lambda: type(inside.page).__name__ == "PatientsPage" and inside.page.table.items)
    inside.bot.keyClicks(QApplication.focusWidget(), row.subject.replace("-", "").lower())
    assert [one.subject for one in inside.page.table.items] == [row.subject]
    assert len(inside.page.visits.items) == len(row.visits)
    inside.page.visits.setFocus()
    inside.key(Qt.Key.Key_Return)
    inside.until(lambda: type(inside.page).__name__ == "VisitPage")
    assert inside.page.visit.key == row.visits[0].key


def test_a_date_before_the_enrolment_or_ahead_is_refused_in_words(inside: Program) -> None:
    row = next(one for one in inside.page.table.items if one.status == "enrolled")
    inside.shell.show_new_visit(row)
    inside.until(lambda: type(inside.page).__name__ == "NewVisitPage" and inside.page.open_button.isEnabled())
    page = inside.page
    for part in page.day.parts:
        part.clear()
    inside.type(page.day.edit, "01012030")
    inside.key(Qt.Key.Key_Return)
    inside.until(page.day.problem.isVisible)
    assert "future" in page.day.problem.text()
    assert not page.open_button.isEnabled()
    inside.click(page.today_button)
    inside.until(lambda: page.open_button.isEnabled() and page.open_button.hasFocus())
    assert page.day.problem.isHidden()
