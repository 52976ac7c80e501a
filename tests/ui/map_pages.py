"""A visit with a body map on the screen, as a person works on it: spots by name, keys, clicks, the table."""

from __future__ import annotations

from collections.abc import Mapping

from pages import BASELINE, MONTH_6, PATIENT, TODAY, VisitDesk, baseline_answers
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from anifro_desktop import forms
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.session import PastVisit, Visit, VisitSession
from anifro_desktop.record import Value
from anifro_desktop.ui.visit.maps.base import BodyMap
from anifro_desktop.ui.visit.maps.spot import Spot

# The room that the program leaves a visit on a screen of 1366 by 768, by text scale.
SCREENS = {1.0: (1302, 740), 2.0: (1238, 740), 2.5: (1206, 740)}


class MapDesk(VisitDesk):
    """The form on show is one with a map."""

    @property
    def map(self) -> BodyMap:
        """The map of the form on show."""
        found = self.view.body.view.maps.map
        assert found is not None
        return found

    def spot(self, key: str) -> Spot:
        """A joint or an area."""
        return self.map.figure.spots[key]

    @property
    def at(self) -> str:
        """The spot that has the focus; empty for none."""
        now = QApplication.focusWidget()
        return now.key if isinstance(now, Spot) else ""

    def click_spot(self, key: str) -> None:
        """Click a spot."""
        QTest.mouseClick(self.spot(key), Qt.MouseButton.LeftButton)
        self.settle()

    def shown_spots(self) -> list[Spot]:
        """All spots that are seen."""
        return [spot for spot in self.map.figure.spots.values() if spot.isVisible()]

    def targets(self) -> list[QRect]:
        """Where everything that can be clicked stands, in the form."""
        form = self.view.body.view
        return [
            QRect(button.mapTo(form, QPoint(0, 0)), button.size())
            for button in form.findChildren(QAbstractButton)
            if button.isVisibleTo(form)
        ]

    def totals(self) -> list[str]:
        """The numbers under the figure, as they are heard."""
        return [tile.accessibleName() for tile in self.map.tiles.tiles]


def session(
    answers: Mapping[str, Value],
    previous: Mapping[str, Value] | None = None,
    lang: str = "en",
    definitions: Definitions | None = None,
) -> VisitSession:
    """The month 6 visit of the synthetic patient, with what baseline said."""
    definitions = definitions or forms.load()
    past = PastVisit("baseline", BASELINE, baseline_answers() | {"joint_method": 3, **(previous or {})})
    return VisitSession(
        definitions,
        [form.id for form in definitions.of_visit("m06")],
        PATIENT,
        Visit("m06", MONTH_6),
        today=TODAY,
        answers=answers,
        previous=past,
        baseline=past,
        lang=lang,
    )
