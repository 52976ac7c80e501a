"""What is photographed: each scene drives the window as a person would and saves what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog

from anifro_desktop.store.errors import CannotSave, OtherInstance, WrongPassphrase
from anifro_desktop.ui import worklist
from anifro_desktop.ui.messages import last_resort
from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.screens.stage import Stage

_ENROLMENT = {"consent_date": "20/11/2026", "consent_version": "1.0", "enrolment_date": "23/11/2026"}
_CRITERIA = {"sex": 1, "incl_informed_consent": 1, "incl_classification": 1, "incl_active_disease": 1}
_LABORATORY = {"platelets": "84", "wbc": "3.6", "proteinuria_mg_24h": "140", "urine_rbc_hpf": "1"}
_HALF = {
    "seizure": 0,
    "psychosis": 0,
    "arthritis": 1,
    "rash": 1,
    "alopecia": 0,
    "thrombocytopenia": 0,
    "fever": 0,
}


def _dialog() -> QDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    return dialog


def front_door(stage: Stage) -> None:
    """Unlock, and what can go wrong there."""
    page: Any = stage.window.page
    stage.snap("unlock")
    page._failed(WrongPassphrase("U01"))
    page._failed(WrongPassphrase("U01"))
    stage.snap("unlock-wrong-passphrase")
    stage.until(page.button.isEnabled)
    page._failed(OtherInstance())
    stage.snap("unlock-other-instance")


def first_run(stage: Stage, centre: practice.Centre) -> None:
    """Every step; the site is really made."""
    page: Any = stage.window.page
    keyset = stage.folder.parent / "centre.anfk"
    keyset.write_bytes(centre.keyset)
    draft = page.draft
    draft.site_code, draft.site_name = practice.SITE_CODE, practice.SITE_NAME
    draft.keyset_path, draft.fingerprint = str(keyset), centre.fingerprint
    draft.person_name, draft.passphrase, draft.again = practice.PERSON.name, *[practice.PASSPHRASE] * 2
    stage.window.show_start()
    page = stage.window.page
    for step in page.steps:
        stage.snap(f"first-run-{step.key}")
        page.forward()
    stage.until(page.next_button.isHidden)
    stage.snap("first-run-made")


def lists(stage: Stage) -> None:
    """Today, patients, a new visit, Find, keys, settings."""
    shell = stage.window.shell
    stage.snap("today")
    due = next(
        (row for row in stage.page.table.items if worklist.kind(row) == "due"), stage.page.table.items[0]
    )
    shell.show_place("patients")
    stage.on("PatientsPage")
    stage.snap("patients")
    shell.show_new_visit(due)
    stage.on("NewVisitPage")
    stage.snap("new-visit")
    shell.commands.find()
    stage.snap("find", shell.commands.finder)
    shell.commands.finder.reject()
    shell.commands.show_sheet()
    stage.snap("keys", shell.commands.sheet)
    shell.commands.sheet.reject()
    shell.show_place("settings")
    stage.on("SettingsPage")
    stage.snap("settings")


def enrolment(stage: Stage) -> None:
    """Eligibility, a possible double, the signature, the code."""
    stage.window.shell.enrol()
    stage.on("EnrolPage")
    page = stage.page
    stage.snap("enrol-empty")
    for field, text in _ENROLMENT.items():
        page.view.binding.type_text(field, text)
    for field, code in _CRITERIA.items():
        page.view.binding.put(field, code)
    page.view.act("beside")
    known = next(iter(stage.window.shell.desk.site.names.values()))
    card = page.identity
    card.surname.edit.setText(known.surname)
    card.name.edit.setText(known.name)
    card.birth.set_value(known.birth_date)
    card.check()
    stage.until(lambda: card._doubles)
    page.step.scroller.ensureWidgetVisible(card.save)
    stage.snap("enrol-double")
    for line in card._doubles:
        line.choice.segments[1].click()
    card.check()
    page.view.binding.put("incl_anifrolumab", 1)
    page.go_to_field("incl_classification")
    stage.snap("enrol-eligibility")
    page.ask_to_finish()
    stage.snap("enrol-sign", _dialog())
    dialog: Any = _dialog()
    dialog.signer.code.edit.setText(practice.PERSON.code)
    dialog.passphrase.edit.setText(practice.PASSPHRASE)
    dialog.button.click()
    stage.on("EnrolledPage")
    stage.snap("enrolled")


def visit(stage: Stage) -> None:
    """A visit half done, the laboratory against an item, review, signature."""
    shell = stage.window.shell
    shell.show_place("today")
    stage.on("TodayPage")
    stage.until(lambda: stage.page.table.items)
    row = next(one for one in stage.page.table.items if len(one.visits) > 1)
    shell.open_visit(row.subject, "unscheduled", shell.desk.site.today())
    stage.on("VisitPage")
    page = stage.page
    _type(page, _LABORATORY)
    for field, code in _HALF.items():
        page.view.binding.put(field, code)
    stage.until(stage.window.isActiveWindow)
    page.go_to_field("vasculitis")
    stage.snap("visit-sledai-half-done")
    page.go_to_field("thrombocytopenia")
    stage.snap("visit-contradiction")
    page.go_to_field("platelets")
    stage.snap("visit-laboratory")
    page.show_review()
    stage.until(lambda: page.review is not None)
    stage.snap("review-with-problems")
    page.close_review()
    page.view.set_save_state(_failed())
    stage.snap("visit-disk-full")
    shell.show_place("today")
    stage.on("TodayPage")


def _type(page: Any, answers: Mapping[str, str]) -> None:
    for field, text in answers.items():
        page.view.binding.type_text(field, text)


def _failed() -> Any:
    from anifro_desktop.ui.visit.autosave import SaveState

    return SaveState("failed", None, CannotSave("full"))


def sending(stage: Stage, centre: practice.Centre, stick: Path) -> None:
    """What leaves, the exact columns, a bundle saved, the centre's answers."""
    shell = stage.window.shell
    shell.show_place("send")
    stage.on("SendPage")
    stage.until(lambda: stage.page._preview is not None)
    stage.snap("send-preview")
    stage.snap("send-columns", stage.page.leaves.show_details())
    _dialog().accept()
    stage.page.path.setText(str(stick))
    stage.page.save_here()
    stage.until(stage.page.banner.isVisible)
    stage.snap("send-saved")
    card = next(stage.folder.glob("card-*.anfk"))
    stage.page.path.setText(str(centre.answer(card, stick, [2])))
    stage.page.bring_here()
    stage.until(lambda: stage.page.table.items and stage.page.banner.isVisible())
    stage.snap("send-receipt-one-lost")


def troubles(stage: Stage) -> None:
    """The last resort, and coming back after a crash."""
    leave = stage.window.close
    dialog = last_resort(stage.window, "KeyError in today.py, line 120", Path("anifro.log"), leave)
    stage.snap("last-resort", dialog)
    dialog.accept()
