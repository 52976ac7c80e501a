"""What is photographed of the questionnaires: the form, the hand-over with and without wording, the settings.

The wording in these pictures is made up; that of a real questionnaire is licensed and no part of the program.
"""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog

from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.screens.stage import Stage
from anifro_desktop.ui.widgets import PrimaryButton

_DEGREES = {
    "it": ("mai", "di rado", "qualche volta", "spesso", "sempre"),
    "en": ("never", "seldom", "sometimes", "often", "always"),
}


def made_up_wording() -> bytes:
    """A wording file for SF-36 and FACIT-Fatigue that says nothing those questionnaires say."""
    options = {
        str(number): {lang: words[number] for lang, words in _DEGREES.items()}
        for number in range(len(_DEGREES["it"]))
    }
    file: dict[str, Any] = {
        f"facit_{number}": {
            "label": {
                "it": f"Frase di prova numero {number}: un testo inventato, lungo come quelli veri, che qui sta al "
                "posto della domanda con licenza del centro",
                "en": f"Sample sentence number {number}: a made-up text, as long as the real ones, that stands in this "
                "picture for the licensed question of the site",
            },
            "options": options,
        }
        for number in range(1, 14)
    }
    return json.dumps(file).encode()


def questionnaires(stage: Stage) -> None:
    """Without wording first, then with it."""
    shell = stage.window.shell
    _open_visit(stage)
    page = stage.page
    page.go_to_field("sf36_3")
    for field, answer in (("sf36_1", "3"), ("sf36_2", "4")):
        page.view.binding.type_text(field, answer)
    stage.snap("questionnaire-form")
    page.view.act("hand_over")
    stage.snap("hand-over-ask", _dialog())
    _press_main(stage)
    stage.snap("hand-over-number")
    _take_back(stage)
    page.view.binding.put("vas_scale", 2)
    page.go_to_field("pain_vas")
    _hand_over(stage)
    stage.snap("hand-over-scale")
    _take_back(stage)
    page.go_to_field("eq_vas")
    for field in ("mo", "sc", "ua", "pd", "ad"):
        page.view.binding.type_text(f"eq5d_{field}", "1")
    _hand_over(stage)
    page.handing.view.pane.control.add("7")
    stage.snap("hand-over-keypad")
    _take_back(stage)
    shell.show_place("settings")
    stage.on("SettingsPage")
    _with_wording(stage)


def _with_wording(stage: Stage) -> None:
    file = stage.folder.parent / "wording-of-the-site.json"
    file.write_bytes(made_up_wording())
    stage.page.wording.path.setText(str(file))
    stage.page.wording.load_here()
    stage.until(stage.page.wording.remove_button.isVisible)
    stage.page.scroller.ensureWidgetVisible(stage.page.wording)
    stage.snap("settings-wording")
    bad = stage.folder.parent / "wording-with-faults.toml"
    bad.write_text(_FAULTY, encoding="utf-8")
    stage.page.wording.path.setText(str(bad))
    stage.page.wording.load_here()
    stage.until(lambda: QApplication.activeModalWidget() is not None)
    stage.snap("settings-wording-faults", _dialog())
    _dialog().reject()
    _open_visit(stage)
    page = stage.page
    for number, answer in ((1, "2"), (2, "3")):
        page.view.binding.type_text(f"facit_{number}", answer)
    page.go_to_field("facit_3")
    stage.snap("questionnaire-form-worded")
    _hand_over(stage)
    page.handing.view.ask(1)
    stage.snap("hand-over-question")
    page.handing.view.show_end()
    page.handing.view.end.refused("")
    stage.snap("hand-over-end")
    _take_back(stage)
    stage.window.shell.show_place("today")
    stage.on("TodayPage")


_FAULTY = """
[sf36_99]
label = { it = "Una domanda che non c'è" }

[platelets]
label = { it = "Non la compila il paziente" }

[facit_1]
label = { it = "Una frase" }
options.5 = { it = "una risposta che non c'è" }
"""


def _open_visit(stage: Stage) -> None:
    shell = stage.window.shell
    shell.show_place("today")
    stage.on("TodayPage")
    stage.until(lambda: stage.page.table.items)
    row = [one for one in stage.page.table.items if len(one.visits) > 1][-1]
    shell.open_visit(row.subject, "unscheduled", shell.desk.site.today())
    stage.on("VisitPage")
    stage.until(stage.window.isActiveWindow)


def _hand_over(stage: Stage) -> None:
    stage.page.view.act("hand_over")
    _press_main(stage)


def _press_main(stage: Stage) -> None:
    main = _dialog().findChild(PrimaryButton)
    assert main is not None
    main.click()
    stage.until(lambda: stage.page.handing.view is not None)


def _take_back(stage: Stage) -> None:
    view = stage.page.handing.view
    view.show_end()
    view.end.passphrase.edit.setText(practice.PASSPHRASE)
    view.end.button.click()
    stage.until(lambda: stage.page.handing.view is None)


def _dialog() -> QDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    return dialog
