"""What is photographed outside the visit: a patient's page, events, mistakes, the enrolment's criteria."""

from __future__ import annotations

from typing import Any

from anifro_desktop.ui.patient.kinds import event_kinds
from anifro_desktop.ui.screens.stage import Stage

_CRITERIA = {
    "cl_fever": 0,
    "cl_malar_rash": 1,
    "cl_photosensitivity": 1,
    "cl_alopecia": 0,
    "cl_oral_ulcers": 1,
    "cl_nasal_ulcers": 0,
    "cl_synovitis": 1,
    "cl_erosive": 0,
    "cl_pleuritis": 0,
    "cl_ana": 2,
    "cl_dsdna": 1,
}
_ZOSTER = {"ae_ongoing": 0, "ae_grade": 2, "ser_death": 0, "ser_hospitalisation": 1, "zos_side": 1}
_ZOSTER_TEXTS = {
    "ae_verbatim": "Herpes zoster toracico",
    "ae_start": "10/2026",
    "ae_awareness": "23/11/2026 8:30",
    "zos_dermatomes": "2",
}


def patient(stage: Stage) -> None:
    """The page of a patient, an event added to it, and what can be mended."""
    shell = stage.window.shell
    shell.show_place("patients")
    stage.on("PatientsPage")
    stage.until(lambda: stage.page.table.items)
    # By name, as codes come by chance, and one of the invented people is like nobody else.
    row = min((one for one in stage.page.table.items if len(one.visits) > 1), key=lambda one: one.name)
    _add(stage, row.subject, "hospitalisation", {"hosp_reason": 2}, {"hs_admission": "12/09/2026"})
    _add(stage, row.subject, "vaccination", {}, {"vx_date": "2025"})
    shell.show_patient(row.subject)
    stage.on("PatientPage")
    stage.until(lambda: stage.page.course is not None)
    stage.snap("patient")
    shell.openings.add_event(row.subject)
    stage.until(lambda: True)
    shell.openings.kinds.line.setText("her")
    stage.snap("add-event", shell.openings.kinds)
    shell.openings.kinds.reject()
    _zoster(stage, row.subject)
    _mend(stage, row.subject)


def _add(stage: Stage, subject: str, form: str, codes: dict[str, int], texts: dict[str, str]) -> Any:
    """An event of a kind, with some answers; the page it is on."""
    shell = stage.window.shell
    kind = next(one for one in event_kinds(shell.desk.site.definitions) if one.form == form and not one.group)
    shell.openings.begin_event(subject, kind)
    stage.until(
        lambda: type(stage.page).__name__ == "VisitPage" and stage.page.visit.session.forms[0].id == form
    )
    _fill(stage.page, codes, texts)
    stage.until(lambda: stage.page.autosave.state.kind != "saving")
    return stage.page


def _fill(page: Any, codes: dict[str, int], texts: dict[str, str]) -> None:
    for field, code in codes.items():
        if page.visit.session.state(field).visible:
            page.view.binding.put(field, code)
    for field, text in texts.items():
        if page.visit.session.state(field).visible:
            page.view.binding.type_text(field, text)


def _zoster(stage: Stage, subject: str) -> None:
    """An adverse event begun as herpes zoster."""
    shell = stage.window.shell
    kinds = event_kinds(shell.desk.site.definitions)
    zoster = next(one for one in kinds if one.preset == ("aesi_category", 1))
    shell.openings.begin_event(subject, zoster)
    stage.until(lambda: type(stage.page).__name__ == "VisitPage" and stage.page.visit.key.startswith("ae"))
    stage.until(lambda: True)
    _fill(stage.page, _ZOSTER, _ZOSTER_TEXTS)
    stage.page.go_to_field("zos_dermatomes")
    stage.snap("adverse-event-zoster")


def _mend(stage: Stage, subject: str) -> None:
    """The open event belongs to another patient; and one person under two codes."""
    shell = stage.window.shell
    stage.page.view.act("mistake")
    stage.on("MistakePage")
    stage.page.choice.segments[1].click()
    stage.page.picker.search.setText("sintetica")
    stage.snap("mistake-move")
    shell.openings.mending.show_twice(subject)
    stage.on("TwicePage")
    stage.until(lambda: len(stage.page.choice.segments) == 2)  # one alone until the other code is found
    stage.page.choice.segments[0].click()
    stage.until(stage.page.card.act.isEnabled)
    stage.page.scroller.ensureWidgetVisible(stage.page.card.back)
    stage.snap("enrolled-twice")
    shell.open_visit(subject, "history")
    stage.until(lambda: type(stage.page).__name__ == "VisitPage" and stage.page.visit.key == "history")
    stage.snap("history")


def classification(stage: Stage) -> None:
    """The criteria of an enrolment half answered, with the three sets beside."""
    stage.window.shell.enrol()
    stage.on("EnrolPage")
    for field, code in _CRITERIA.items():
        if stage.page.visit.session.state(field).visible:
            stage.page.view.binding.put(field, code)
    stage.page.go_to_field("cl_peri_pain")
    stage.snap("enrol-classification")
