"""The people of the site in the window: who is listed, what an administrator does, what others see."""

from __future__ import annotations

import pytest
from people_parts import (
    GIVEN,
    NURSE,
    OWN,
    add_beforehand,
    answer,
    choose,
    dialog,
    show,
    states,
    unlock_as,
    words,
)
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from shell_driver import Program

from anifro_desktop.store.errors import UnknownUser, UserDisabled
from anifro_desktop.store.vault import open_vault
from anifro_desktop.ui.people.dialogs import next_code
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import people, site
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.people import Member

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def staffed(program: Program) -> Program:
    """A nurse works here; the administrator is on the page of people."""
    add_beforehand(program)
    program.unlock()
    show(program, "people")
    return program


def test_the_list_tells_roles_state_and_failed_tries(staffed: Program) -> None:
    model = staffed.page.table.model()
    cells = [[str(model.data(model.index(row, at))) for at in range(5)] for row in range(2)]
    assert cells[0][:4] == ["U01", "Irene Sintetica", "investigator, site administrator", "active"]
    assert cells[1] == ["U02", "Nadia Finta", "data entry", "active", "–"]


def test_the_page_is_found_in_the_settings_by_find_and_in_the_menu(program: Program) -> None:
    program.unlock()
    show(program, "settings")
    program.click(program.page.people.people)
    program.until(lambda: type(program.page).__name__ == "PeoplePage")
    assert program.shell.rail.buttons["settings"].isChecked()
    texts = [command.text for command in program.shell.commands.commands]
    assert {"People of this site", "Change my passphrase", "Recovery sheet"} <= set(texts)
    program.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    finder = program.shell.commands.finder
    program.settle()
    program.bot.keyClicks(finder.line, "change my pass")
    program.bot.keyClick(finder.line, Qt.Key.Key_Return)
    program.until(lambda: type(program.page).__name__ == "PassphrasePage")
    program.shell.commands.show_sheet()
    shown = {label.text() for label in program.shell.commands.sheet.findChildren(QLabel)}
    assert "Settings" in shown
    assert "People of this site" not in shown, "what has no key stands on no sheet of keys"
    program.shell.commands.sheet.reject()


def test_a_person_is_added_by_keys_and_unlocks_with_what_is_shown_once(staffed: Program) -> None:
    staffed.click(staffed.page.add)
    asked = dialog(staffed)
    assert asked.fields.code.text == "U03"
    assert QApplication.focusWidget() is asked.fields.name.edit
    staffed.type(asked.fields.name.edit, "Ugo Finto")
    staffed.key(Qt.Key.Key_Tab)
    staffed.key(Qt.Key.Key_Space)
    assert asked.fields.person == Person("U03", "Ugo Finto", ("investigator",))
    staffed.click(asked.go)
    assert asked.busy
    assert asked.progress.isVisible()
    staffed.bot.keyClick(asked, Qt.Key.Key_Escape)
    assert asked.isVisible(), "Escape left the work behind"
    staffed.until(lambda: type(staffed.page.dialog).__name__ == "OnceDialog")
    shown = dialog(staffed)
    once = shown.once.text()
    staffed.bot.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.isVisible(), "Escape threw the passphrase away"
    staffed.key(Qt.Key.Key_Return)
    staffed.until(lambda: not staffed.window.isHidden() and QApplication.activeModalWidget() is None)
    assert states(staffed)["U03"] == "active"
    assert "passphrase not chosen" in str(
        staffed.page.table.model().data(staffed.page.table.model().index(2, 3))
    )
    assert open_vault(staffed.folder, "U03", once).temporary


def test_what_is_missing_of_a_new_person_is_said_at_its_field(staffed: Program) -> None:
    staffed.click(staffed.page.add)
    asked = dialog(staffed)
    asked.fields.code.edit.clear()
    staffed.click(asked.go)
    assert "2 to 12 letters" in asked.fields.code.problem.text()
    assert asked.fields.name.problem.isVisible()
    assert asked.fields.role_field.problem.isVisible()
    assert not staffed.tasks.busy
    staffed.type(asked.fields.code.edit, "u01")
    staffed.type(asked.fields.name.edit, "Ugo Finto")
    asked.fields.roles.boxes[1].click()
    staffed.click(asked.go)
    staffed.until(asked.banner.isVisible)
    assert asked.fields.name.text == "Ugo Finto", "what was typed is gone"
    asked.reject()


def test_a_person_is_disabled_with_a_reason_and_enabled_again(staffed: Program) -> None:
    choose(staffed, "U02")
    staffed.click(staffed.page.disable)
    answer(staffed)
    assert "Type the reason" in staffed.page.dialog.reason.problem.text()
    assert states(staffed)["U02"] == "active"
    answer(staffed, "on leave")
    assert states(staffed)["U02"] == "disabled"
    with pytest.raises(UserDisabled):
        open_vault(staffed.folder, "U02", GIVEN)
    assert not staffed.page.disable.isVisible()
    staffed.click(staffed.page.enable)
    answer(staffed)
    assert states(staffed)["U02"] == "active"
    assert open_vault(staffed.folder, "U02", GIVEN).user.code == "U02"
    said = [(one.act, one.reason) for one in staffed.page.history.table.items]
    assert said[:2] == [("user_enabled", ""), ("user_disabled", "on leave")]


def test_roles_are_changed_by_enter_and_stand_in_the_history(staffed: Program) -> None:
    choose(staffed, "U02")
    staffed.key(Qt.Key.Key_Return)
    asked = dialog(staffed)
    assert asked.fields.roles.ticked == ("data_entry",)
    asked.fields.roles.boxes[0].setFocus()
    staffed.key(Qt.Key.Key_Space)
    answer(staffed, "now a physician")
    model = staffed.page.history.table.model()
    assert str(model.data(model.index(0, 2))) == (
        "Roles or name changed: data entry → investigator, data entry"
    )
    assert staffed.page.table.items[1].person.roles == ("investigator", "data_entry")


def test_removing_says_what_stays_readable_and_changes_the_keys(staffed: Program) -> None:
    before = staffed.shell.desk.site.clinical.key
    choose(staffed, "U02")
    staffed.click(staffed.page.remove)
    said = words(staffed.page.dialog)
    assert "get new keys" in said
    assert "made before stay readable to whoever has them" in said
    answer(staffed, "contract ended")
    assert states(staffed)["U02"] == "removed"
    assert staffed.shell.desk.site.clinical.key != before
    assert not any(act.isVisible() for act in (staffed.page.change, staffed.page.reset, staffed.page.remove))
    with pytest.raises(UnknownUser):
        open_vault(staffed.folder, "U02", GIVEN)


def test_a_reset_passphrase_is_shown_once_and_the_old_one_is_dead(staffed: Program) -> None:
    choose(staffed, "U02")
    staffed.click(staffed.page.reset)
    answer(staffed, "forgotten")
    once = staffed.page.dialog.once.text()
    staffed.click(staffed.page.dialog.findChildren(type(staffed.page.add))[0])
    assert once != GIVEN
    assert open_vault(staffed.folder, "U02", once).temporary
    assert once not in words(staffed.window)


def test_keys_are_renewed_and_it_is_said(staffed: Program) -> None:
    before = staffed.shell.desk.site.clinical.key
    assert "change that passphrase first" in words(staffed.page.keys)
    staffed.click(staffed.page.renew)
    answer(staffed, "laptop lent out")
    assert staffed.shell.desk.site.clinical.key != before
    assert "new keys" in staffed.page.banner.accessibleName()


def test_a_refusal_is_said_in_the_dialog_and_nothing_typed_is_lost(staffed: Program) -> None:
    """The one administrator gives the role away while nobody else has it."""
    choose(staffed, "U01")
    assert not staffed.page.disable.isVisible()
    assert not staffed.page.remove.isVisible()
    staffed.click(staffed.page.change)
    asked = dialog(staffed)
    asked.fields.roles.boxes[2].click()
    answer(staffed, "tired")
    assert "another administrator has to be added first" in asked.banner.accessibleName()
    assert asked.reason.text == "tired"
    assert asked.go.isEnabled()
    asked.reject()


def test_others_read_the_list_and_are_told_who_changes_it(program: Program) -> None:
    add_beforehand(program)
    unlock_as(program, "U02", GIVEN)
    page = show(program, "people")
    assert "Only a site administrator changes this: Irene Sintetica." in words(page)
    assert [one.person.code for one in page.table.items] == ["U01", "U02"]
    for part in (page.add, page.acts, page.keys):
        assert not part.isVisible()
    choose(program, "U01")
    program.key(Qt.Key.Key_Return)
    assert page.dialog is None
    assert page.own.isVisible()
    assert "Recovery sheet" not in [command.text for command in program.shell.commands.commands]
    assert "Only a site administrator" in words(show(program, "sheet"))
    assert not program.page.panel.isVisible()


def test_a_passphrase_on_show_goes_when_the_site_locks(staffed: Program) -> None:
    choose(staffed, "U02")
    staffed.click(staffed.page.reset)
    answer(staffed, "forgotten")
    once = staffed.page.dialog.once.text()
    staffed.window.lock(by_itself=True)
    staffed.until(lambda: type(staffed.front).__name__ == "UnlockPage")
    staffed.bot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    shown = [label.text() for top in QApplication.topLevelWidgets() for label in top.findChildren(QLabel)]
    assert once not in shown


def test_the_status_line_tells_who_in_which_roles_since_when_and_until_when(staffed: Program) -> None:
    state = staffed.shell.status.state
    since = staffed.window._clock.now().astimezone()
    assert f"Irene Sintetica (investigator, site administrator) since {since:%H:%M}" in state.text()
    assert "locks in" in state.text()


def test_a_change_of_ones_own_roles_says_from_when_it_holds(staffed: Program) -> None:
    choose(staffed, "U01")
    staffed.click(staffed.page.change)
    assert "from your next unlocking" in words(dialog(staffed))
    staffed.page.dialog.fields.roles.boxes[1].click()
    answer(staffed, "also enters")
    staffed.click(staffed.shell.rail.buttons["lock"])
    staffed.until(lambda: type(staffed.front).__name__ == "UnlockPage")
    staffed.window.activateWindow()
    staffed.until(staffed.window.isActiveWindow)
    staffed.unlock()
    assert "(investigator, data entry, site administrator)" in staffed.shell.status.state.text()


def test_the_next_code_follows_all_that_were_ever_used() -> None:
    def member(code: str) -> Member:
        return Member(Person(code, "X Y", ("monitor",)), "removed", False, 0)

    assert next_code([]) == "U01"
    assert next_code([member("U01"), member("U07"), member("MR")]) == "U08"
    assert next_code([member("U99")]) == "U100"


def test_in_italian_no_word_is_left_in_english(program: Program) -> None:
    program.front.languages.segments[0].click()
    program.unlock()
    page = show(program, "people")
    said = words(page)
    assert "Foglio di recupero e chiavi" in said
    assert "Non c'è ancora un foglio di recupero" in said
    assert page.header.title.text() == "Persone"
    assert "dalle" in program.shell.status.state.text()


def test_what_somebody_else_changed_is_shown_when_the_page_is_opened(program: Program) -> None:
    opened = site.unlock(program.folder, "U01", PASSPHRASE, program.window._clock)
    people.add(opened, NURSE, OWN)
    people.disable(opened, "U02", "never came")
    opened.close()
    program.window.show_start()
    program.unlock()
    page = show(program, "people")
    assert states(program)["U02"] == "disabled"
    assert page.history.table.items[0].reason == "never came"
