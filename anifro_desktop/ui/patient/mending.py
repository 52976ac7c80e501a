"""The ways to and from the pages on which a mistake of people is mended."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.patient.erasing import Asked, ErasePage
from anifro_desktop.ui.patient.mistake import MistakePage
from anifro_desktop.ui.patient.twice import TwicePage
from anifro_desktop.ui.trail import LISTS, Kept
from anifro_desktop.workflows.model import OpenVisit, Place


class Mending(QObject):
    """Belongs to one `Openings`, which shows what is made here."""

    def __init__(self, openings: Any, desk: Desk) -> None:
        super().__init__(openings)
        self._openings, self._desk = openings, desk

    def show_mistake(self, visit: OpenVisit) -> None:
        """Declare an open record a mistake, or move it to the patient it belongs to."""
        trail = self._openings.way_back(visit.subject)

        def show() -> None:
            page = MistakePage(self._desk, visit)
            page.back_wanted.connect(self._openings.back)
            page.voided.connect(self._mended)
            page.moved.connect(self._moved)
            self._openings.show(page, Kept("mistake", visit, place=Place(visit.subject, visit.key)), trail)

        self._openings.leave_for(show)

    def show_twice(self, subject: str) -> None:
        """One person under two codes: choose the other one, and join them."""
        trail = self._openings.way_back(subject)

        def show() -> None:
            page = TwicePage(self._desk, subject)
            page.back_wanted.connect(self._openings.back)
            page.joined.connect(self._mended)
            self._openings.show(page, Kept("twice", place=Place(subject)), trail)

        self._openings.leave_for(show)

    def show_erasing(self, asked: Asked | None = None) -> None:
        """Erase an identity that was typed by mistake. asked: where it was asked for, if it was at a text."""
        asked = asked or Asked()
        at = self._openings.left_now(asked.subject, asked.visit)

        def show() -> None:
            page = ErasePage(self._desk, asked)
            page.back_wanted.connect(self._openings.back)
            place = Place(asked.subject, asked.visit, "", asked.field)
            self._openings.show(page, Kept("erase", place=place), at)

        self._openings.leave_for(show)

    def _lists(self) -> tuple[Kept, ...]:
        """The way back without records and patients, which are no longer what they were."""
        return tuple(at for at in self._openings.trail if at.page in LISTS)

    def _mended(self, subject: str, words: str) -> None:
        """A record is gone, or two patients are one: the patient's page says what was done."""
        self._desk.changed.emit()
        self._openings.patient_page(subject, trail=self._lists(), words=words)

    def _moved(self, subject: str, key: str, words: str) -> None:
        """A record stands elsewhere now, as a draft to look through."""
        self._desk.changed.emit()
        trail = (*self._lists(), Kept("patient", place=Place(subject, key)))
        self._openings.open_record(subject, key, trail=trail, words=words)
