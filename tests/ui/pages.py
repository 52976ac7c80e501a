"""Page objects: a visit as a person works on it, with keys and clicks, and the synthetic patient it is about.

All patients here are synthetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from anifro_desktop import forms
from anifro_desktop.forms.cumulative import Taken
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.record import Answers, Value
from anifro_desktop.scores.sledai2k import WEIGHTS
from anifro_desktop.ui.visit.view import VisitView

ENROLLED = date(2026, 5, 23)
BASELINE = date(2026, 5, 23)
MONTH_6 = date(2026, 11, 22)
TODAY = date(2026, 11, 23)
PATIENT = Subject("P03-7KQF-W", "female", 34, ENROLLED, ENROLLED)


def drugs() -> tuple[str, ...]:
    """The questions whether a drug is taken."""
    return tuple(name for name in forms.load().fields if name.startswith("on_"))


def baseline_answers() -> dict[str, Value]:
    """The synthetic patient at baseline: SLEDAI-2K 14."""
    present = ("arthritis", "rash", "alopecia", "low_complement", "increased_dna_binding")
    given: dict[str, Value] = dict.fromkeys(WEIGHTS, 0)
    given |= dict.fromkeys((*present, "thrombocytopenia", "leukopenia"), 1)
    given |= _quiet()
    given |= {
        "temperature_c": Decimal("36.6"),
        "weight_kg": Decimal(62),
        "joint_method": 3,
        "haemoglobin": Decimal("11.2"),
        "skin_involved": 1,
        "clasi_e_nose_malar": 2,
        "clasi_alopecia": 1,
        "tjc28": 5,
        "sjc28": 4,
        "active28": 3,
        "platelets": 84,
        "wbc": Decimal("2.6"),
        "proteinuria_mg_24h": Decimal(140),
        "urine_rbc_hpf": 1,
        "urine_wbc_hpf": 2,
        "c3_low": 1,
        "c4_low": 0,
        "dsdna_raised": 1,
        "rash_extent": 1,
        "phga": Decimal("1.8"),
        "gc1_drug": 1,
        "gc1_mg": Decimal("12.5"),
        "gc1_cycle_days": 1,
        "visit_date": BASELINE,
        "visit_planned": 0,
    }
    return given


def month_6_answers() -> dict[str, Value]:
    """The same patient at month 6: SLEDAI-2K 4, LLDAS met."""
    given = baseline_answers() | dict.fromkeys(
        ("arthritis", "rash", "increased_dna_binding", "thrombocytopenia", "leukopenia"), 0
    )
    given |= {
        "tjc28": 1,
        "sjc28": 0,
        "active28": 0,
        "clasi_e_nose_malar": 0,
        "haemoglobin": Decimal("12.1"),
        "platelets": 132,
        "wbc": Decimal("3.4"),
        "proteinuria_mg_24h": Decimal(120),
        "dsdna_raised": 0,
        "phga": Decimal("0.4"),
        "gc1_drug": 3,
        "gc1_mg": Decimal(4),
        "visit_date": MONTH_6,
        "visit_planned": 6,
    }
    since = ("since_last", "flare")
    given |= {item.id: 0 for name in since for item in forms.load().form(name).fields if item.codes}
    del given["rash_extent"], given["gc_raised_activity"]
    return given


def _quiet() -> dict[str, Value]:
    """What is absent, and the usual treatment."""
    names = (
        *("neuropsychiatric", "systemic_vasculitis", "mucocutaneous_vasculitis", "cardiac_pulmonary"),
        *("serositis", "hemolytic_anemia", "gi_lupus_activity", "other_major_organ_activity"),
        *("other_new_feature", "pulse_30d", "gc_second", "not_tolerated", "investigational"),
        *drugs(),
        *(item.id for item in forms.load().form("damage").fields),
        *(item.id for item in forms.load().form("clasi").fields if item.id != "clasi_dyspig_12m"),
    )
    given: dict[str, Value] = dict.fromkeys(names, 0)
    given |= {"vas_scale": 1, "pain_vas": Decimal(30), "fatigue_vas": Decimal(40), "ptga": Decimal(30)}
    for name, answer in (("sf36", 2), ("facit_fatigue", 3), ("eq5d5l", 2), ("lupusqol", 3)):
        given |= dict.fromkeys([item.id for item in forms.load().form(name).fields], answer)
    given["eq_vas"] = 70
    given |= {"gc_oral": 1, "stable": 1, "on_hydroxychloroquine": 1, "on_azathioprine": 1}
    given |= {"on_anifrolumab_iv": 1, "hydroxychloroquine_dose": Decimal(400)}
    given |= {"azathioprine_dose": Decimal(100), "anifrolumab_iv_dose": Decimal(300)}
    return given


def half_done() -> dict[str, Value]:
    """Month 6 half way: a laboratory contradiction, five SLEDAI-2K items open, no global yet."""
    given = month_6_answers() | {
        "platelets": 84,
        "rash": 1,
        "alopecia": 0,
        "tjc28": 4,
        "sjc28": 3,
        "active28": 3,
    }
    given |= {"arthritis": 1, "clasi_e_nose_malar": 2, "clasi_alopecia": 0}
    for name in ("mucosal_ulcers", "pleurisy", "pericarditis", "fever", "leukopenia", "phga", "stable"):
        del given[name]
    return given


def month_6(
    answers: Answers | None = None,
    lang: str = "it",
    notes: Mapping | None = None,
    taken: Taken | None = None,
) -> VisitSession:
    """The month 6 visit with the baseline visit beside it."""
    definitions = forms.load()
    past = PastVisit("baseline", BASELINE, baseline_answers())
    return VisitSession(
        definitions,
        [form.id for form in definitions.of_visit("m06")],
        PATIENT,
        Visit("m06", MONTH_6),
        today=TODAY,
        answers=answers,
        notes=notes,
        previous=past,
        baseline=past,
        damage=past,
        taken=taken,
        lang=lang,
    )


class VisitDesk:
    """A visit on the screen. Works it with keys and clicks and reads what is shown; never reaches past the screen."""

    def __init__(
        self,
        session: VisitSession | None = None,
        state: str = "draft",
        size: tuple[int, int] = (1302, 740),
    ) -> None:
        self.session = session if session is not None else month_6()
        self.view = VisitView(self.session, state)
        self.view.resize(*size)
        self.view.show()
        self.view.activateWindow()
        self.settle()
        self.view.first_focus()
        self.settle()

    @staticmethod
    def settle() -> None:
        """Let everything that waits happen."""
        for _ in range(3):
            QApplication.processEvents()

    def press(self, *keys: str) -> None:
        """Press keys by their names: `1`, `Enter`, `Ctrl+Down`; as a person does, on whatever has the focus."""
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None, f"nothing has the focus for {key}"
            QTest.keyClick(target, *_key(key))
            self.settle()

    def type(self, text: str) -> None:
        """Type a text into whatever has the focus."""
        for letter in text:
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClicks(target, letter)
        self.settle()

    @property
    def field(self) -> str:
        """The question the focus is in; empty outside the questions."""
        return self.view.body.view.field_of(QApplication.focusWidget()) or ""

    def go(self, field: str) -> None:
        """Put the focus on a question."""
        assert self.view.go.to_field(field), field
        self.settle()

    def row(self, field: str):
        """The row of a question of the form on show."""
        return self.view.body.view.rows[field]

    def click(self, field: str, option: str) -> None:
        """Click an option of a choice by its text."""
        segments = self.row(field).editor.choice.segments
        segment = next(one for one in segments if one.text() == option)
        QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
        self.settle()

    def chosen(self, field: str) -> str:
        """The text of the chosen option; empty for none."""
        segments = self.row(field).editor.choice.segments
        return next((one.text() for one in segments if one.isChecked()), "")

    def notice(self, field: str) -> str:
        """What is said under a question; empty for nothing."""
        notice = self.row(field).notice
        return "" if notice.isHidden() else notice.accessibleName()

    def block(self, rule: str):
        """A score of the panel."""
        return self.view.body.panel.blocks[rule]

    def shown(self, rule: str) -> str:
        """A score of the panel as it is heard."""
        return self.block(rule).accessibleName()

    def close(self) -> None:
        """Put it away, at once: what is thrown away later would still follow the next test's look."""
        self.view.close()
        self.view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


_NAMED = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "PgDown": Qt.Key.Key_PageDown}


def _key(name: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    held = Qt.KeyboardModifier.NoModifier
    *modifiers, last = name.split("+") if name != "+" else ["+"]
    for modifier in modifiers:
        held |= {
            "Ctrl": Qt.KeyboardModifier.ControlModifier,
            "Shift": Qt.KeyboardModifier.ShiftModifier,
            "Alt": Qt.KeyboardModifier.AltModifier,
        }[modifier]
    if last in _NAMED:
        return _NAMED[last], held
    names = {"PgUp": "PageUp", "?": "Question"}
    return getattr(Qt.Key, f"Key_{names.get(last, last if len(last) > 1 else last.upper())}"), held


def everything(root: QWidget) -> list[QWidget]:
    """All visible widgets under one."""
    return [widget for widget in root.findChildren(QWidget) if widget.isVisibleTo(root)]
