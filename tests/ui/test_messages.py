"""What went wrong is one calm sentence: no code, no traceback, no path, no answer; and the last resort is calm too."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from anifro_desktop.app import Guard, check_folder, data_folder, open_window, where
from anifro_desktop.errors import Refusal
from anifro_desktop.store.backup_errors import BackupUnsound
from anifro_desktop.store.errors import CannotSave, DatabaseMissing, WrongPassphrase
from anifro_desktop.ui import preferences
from anifro_desktop.ui.messages import ask, sentence
from anifro_desktop.ui.preferences import Preferences
from anifro_desktop.ui.widgets import Button
from anifro_desktop.workflows.errors import DataAltered, NotYourRole

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Unknown(Refusal):
    code = "nobody_translated_this"


def test_a_refusal_is_said_by_its_code_with_its_blanks_filled() -> None:
    assert sentence(DatabaseMissing("clinical.db")).startswith("clinical.db is missing")


def test_a_refusal_may_have_a_sentence_for_one_of_its_reasons() -> None:
    assert "disk is full" in sentence(CannotSave("full"))
    assert sentence(NotYourRole("sign", "investigator")) == "Only an investigator may sign: ask one of them."
    assert "may do it" in sentence(NotYourRole("something new", "investigator"))


def test_one_fault_is_spoken_of_as_one() -> None:
    assert "found 1 place where" in sentence(DataAltered(1))
    assert "found 2 places where" in sentence(DataAltered(2))
    assert "found 1 fault in" in sentence(BackupUnsound(1))


def test_a_refusal_without_a_sentence_speaks_for_itself() -> None:
    assert sentence(Unknown("It was not done.")) == "It was not done."


def test_the_machine_is_spoken_of_without_its_paths() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "/somewhere/data")
    assert sentence(full).startswith("The disk is full")
    assert "/somewhere" not in sentence(PermissionError(errno.EACCES, "denied", "/somewhere/data"))


def test_in_italian_too(translations) -> None:
    translations.use("it")
    assert sentence(WrongPassphrase("U01")).startswith("La frase di accesso non è giusta")
    assert "ha trovato 1 errore nei dati" in sentence(BackupUnsound(1))
    assert "ha trovato 1 punto in cui" in sentence(DataAltered(1))


def test_asking_has_verbs_and_escape_stays(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    done: list[bool] = []
    words = "It cannot be brought back."
    dialog = ask(page, "Throw it away?", words, ("Throw away", lambda: done.append(True)), "Keep")
    assert [button.text() for button in dialog.findChildren(Button)] == ["Keep", "Throw away"]
    dialog.reject()
    assert done == []


def test_a_fault_of_the_program_is_named_by_type_and_place_only() -> None:
    try:
        {}["Rossi Maria"]
    except KeyError as error:
        said = where(type(error), error.__traceback__)
    assert said.startswith("KeyError in test_messages.py, line ")
    assert "Rossi" not in said


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose settings say English."""
    folder = tmp_path / "data"
    folder.mkdir()
    preferences.save(folder, Preferences("en"))
    return folder


def test_the_last_resort_is_one_calm_dialog_and_a_line_in_the_log(qtbot, data: Path, caplog) -> None:
    window = open_window(["--data", str(data)])
    qtbot.addWidget(window)
    guard = Guard(window, data)
    for _ in range(3):
        guard.caught(KeyError, KeyError("Rossi Maria"), None)
    worker = threading.Thread(target=lambda: guard.caught(ValueError, ValueError("Rossi Maria"), None))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Something in the program went wrong" in said
    assert "Rossi" not in said + caplog.text
    assert caplog.text.count("fault: KeyError") == 3
    dialog.accept()
    window.close()
    window.deleteLater()  # the guard holds it: it would stay behind, hidden
    qtbot.waitUntil(lambda: not shiboken6.isValid(window))


def test_a_folder_that_cannot_be_used_is_said_and_tried_again(qtbot, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    window = open_window(["--data", str(blocked / "data")])
    qtbot.addWidget(window)
    assert type(window.page).__name__ == "TroublePage"
    assert "poi riprovare" in window.page.text.text()
    blocked.unlink()
    window.page.again.click()
    assert type(window.page).__name__ == "FirstRun"
    window.close()


def test_the_data_folder_is_the_one_named_or_the_users_own(tmp_path: Path, tmp_home: Path) -> None:
    assert data_folder(["--data", str(tmp_path)]) == tmp_path
    assert data_folder([]).is_relative_to(tmp_home) or data_folder([]).name == "anifro-desktop"
    check_folder(tmp_path / "new")
    assert (tmp_path / "new").is_dir()


def test_the_first_screen_imports_neither_sql_nor_pandas(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from anifro_desktop.app import open_window;"
        f"window = open_window(['--data', {str(tmp_path / 'data')!r}]);"
        "heavy = {'sqlalchemy', 'sqlcipher3', 'pandas', 'zxcvbn', 'rapidfuzz'} & set(sys.modules);"
        "window.close(); print(sorted(heavy)); sys.exit(bool(heavy))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
