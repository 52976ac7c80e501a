"""An open site: the rail, the page one is on, the line at the foot; which page follows on which wish.

Pages emit wishes; only the shell knows them all. A page is made when it is wanted and thrown away when it is left; an
open visit or enrolment is left only when its answers are on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.ui import opening_words
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.enrol import EnrolPage
from anifro_desktop.ui.enrol_end import EnrolledPage
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.new_visit import NewVisitPage
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.patients import PatientsPage
from anifro_desktop.ui.rail import Rail
from anifro_desktop.ui.send import SendPage
from anifro_desktop.ui.settings import SettingsPage
from anifro_desktop.ui.shell_commands import ShellCommands
from anifro_desktop.ui.statusline import StatusLine
from anifro_desktop.ui.today import TodayPage
from anifro_desktop.ui.visit.page import VisitPage
from anifro_desktop.workflows.model import Opening, OpenVisit, PatientRow, Place

_RAIL_OF = {"visit": "patients", "enrol": "patients", "new_visit": "patients", "enrolled": "patients"}
Then = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where one is. page: key of the page; the rest as that page needs it. place: within a visit."""

    page: str = "today"
    visit: OpenVisit | None = None
    row: PatientRow | None = None
    place: Place = field(default_factory=Place)


class Shell(QWidget):
    """Made with the desk of an open site; `begin` or `resume` shows the first page."""

    lock_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        desk.setParent(self)
        desk.refused.connect(self._refused)
        self.rail = Rail(self)
        self.rail.chosen.connect(self._rail_chosen)
        self.status = StatusLine(desk.site.person.name, desk.site.practice, self)
        self.page: Any = None
        self._at = Kept()
        self._frame = QVBoxLayout()
        self._frame.setSpacing(0)
        self._frame.addWidget(self.status)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.rail)
        columns.addLayout(self._frame, 1)
        self.commands = ShellCommands(self)
        self.rail.menu_wanted.connect(self.commands.show_menu)
        desk.changed.connect(self._changed)

    # Coming and going

    def begin(self, opening: Opening, back: Kept | None) -> None:
        """The first page after unlocking: where the same person was when it locked, else today."""
        self.status.show_sent(opening.last_sent)
        if back is not None and back.page in ("visit", "enrol"):
            self.open_visit(back.place.subject, back.place.visit, None, back.place.field)
            return
        self.show_place(back.page if back is not None and back.page not in _RAIL_OF else "today")
        self._say_opening(opening)

    def resume(self, kept: Kept) -> None:
        """Made anew (another language, another size): the same page, the same open visit."""
        self._read_sent()
        if kept.page in ("visit", "enrol") and kept.visit is not None:
            kept.visit.place = kept.place
            self._show_visit(kept.visit)
        elif kept.page in ("new_visit", "enrolled") and kept.row is not None:
            show = self.show_new_visit if kept.page == "new_visit" else self._show_enrolled
            show(kept.row)
        else:
            self.show_place(kept.page)

    def keep(self) -> Kept:
        """All that is needed to show the same again."""
        if self._at.page in ("visit", "enrol"):
            return Kept(self._at.page, self._at.visit, None, self.page.place())
        return self._at

    def place(self) -> Kept:
        """Where one is, without anything of the patient but the code."""
        kept = self.keep()
        return Kept(kept.page, place=kept.place)

    def settle(self, then: Then, failed: Callable[[Exception], object]) -> None:
        """Call `then` once all that was typed is on the disk."""
        if self._at.page in ("visit", "enrol"):
            self.page.settle(then, failed)
        else:
            then()

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        if self._at.page in ("visit", "enrol"):
            self.page.autosave.retry()

    def leave(self, site: Any) -> None:
        """The last work before the site is closed: note the place."""
        if self._at.page not in ("visit", "enrol") or self._at.visit is None:
            return
        visit, place = self._at.visit, self.page.place()

        def work() -> None:
            from anifro_desktop.workflows import site as sites

            sites.remember_place(site, visit.id, place)

        self.desk.tasks.run(work, None, lambda _error: None)

    # Pages

    def show_place(self, key: str) -> None:
        """Go to a place of the rail."""
        self._leave_for(lambda: self._show(self._make(key), Kept(key)))

    def _make(self, key: str) -> Page:
        if key == "patients":
            patients = PatientsPage(self.desk)
            patients.patient_wanted.connect(self.open_patient)
            patients.visit_wanted.connect(self.open_visit)
            patients.new_visit_wanted.connect(self.show_new_visit)
            patients.enrol_wanted.connect(self.enrol)
            return patients
        if key == "send":
            send = SendPage(self.desk)
            send.patient_wanted.connect(self.show_patient)
            return send
        if key == "settings":
            return SettingsPage(self.desk)
        today = TodayPage(self.desk)
        today.patient_wanted.connect(self.open_patient)
        today.enrol_wanted.connect(self.enrol)
        today.find_wanted.connect(self.commands.find)
        today.send_wanted.connect(lambda: self.show_place("send"))
        return today

    def _show(self, page: Any, at: Kept) -> None:
        old, self.page, self._at = self.page, page, at
        if old is not None:
            self._frame.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._frame.insertWidget(0, page, 1)
        page.show()  # now, since only what is shown can take the focus
        self.rail.show_place(_RAIL_OF.get(at.page, at.page))
        self.commands.page_changed(at.page)
        page.refresh()
        page.first_focus()

    def _leave_for(self, then: Then) -> None:
        self.settle(then, self._refused)

    def _rail_chosen(self, key: str) -> None:
        if key == "lock":
            self.lock_wanted.emit()
        else:
            self.show_place(key)

    # Patients and visits

    def show_patient(self, subject: str) -> None:
        """The list, with the cursor on one patient."""

        def show() -> None:
            page: Any = self._make("patients")
            self._show(page, Kept("patients"))
            page.show_subject(subject)

        self._leave_for(show)

    def open_patient(self, row: PatientRow) -> None:
        """What is next for a patient: the draft, else the enrolment in screening, else a new visit."""
        if row.draft is not None or row.status == "screening":
            self.open_visit(row.subject, row.draft or "")
        elif row.status == "enrolled":
            self.show_new_visit(row)
        else:
            self.open_visit(row.subject, "")

    def show_new_visit(self, row: PatientRow) -> None:
        """Ask for the date and kind of a new visit."""

        def show() -> None:
            page = NewVisitPage(self.desk, row)
            page.open_wanted.connect(self.open_visit)
            page.back_wanted.connect(lambda: self.show_place("today"))
            self._show(page, Kept("new_visit", row=row))

        self._leave_for(show)

    def open_visit(self, subject: str, key: str, on: date | None = None, at: str = "") -> None:
        """Open a visit, or a new one on a date; an empty key is the enrolment. at: the question to go to."""
        site = self.desk.site

        def work() -> tuple[OpenVisit, Any]:
            from anifro_desktop.workflows import patients, visits

            if not key:
                return patients.open_enrolment(site, subject), patients.read_identity(site, subject)
            return visits.open_visit(site, subject, key, on or site.today()), None

        def opened(answer: tuple[OpenVisit, Any]) -> None:
            visit, identity = answer
            if at:
                visit.place = Place(visit.subject, visit.key, "", at)
            self._show_visit(visit, identity)

        self._leave_for(lambda: self.desk.run(self, work, opened))

    def enrol(self) -> None:
        """Begin a new enrolment."""
        site = self.desk.site

        def work() -> tuple[OpenVisit, Any]:
            from anifro_desktop.workflows import patients

            visit = patients.start_enrolment(site)
            return visit, patients.read_identity(site, visit.subject)

        self._leave_for(lambda: self.desk.run(self, work, lambda answer: self._show_visit(*answer)))

    def _show_visit(self, visit: OpenVisit, identity: Any = None) -> None:
        if visit.key:
            page: Any = VisitPage(self.desk, visit)
            page.left.connect(lambda: self.show_place("today"))
        else:
            page = EnrolPage(self.desk, visit, identity)
            page.finished.connect(self._show_enrolled)
            page.same_person.connect(self.show_patient)
        self._show(page, Kept("visit" if visit.key else "enrol", visit))

    def _show_enrolled(self, row: PatientRow) -> None:
        page = EnrolledPage(row)
        page.visit_wanted.connect(self.show_new_visit)
        page.back_wanted.connect(lambda: self.show_place("today"))
        self._show(page, Kept("enrolled", row=row))

    # Words

    def _say_opening(self, opening: Opening) -> None:
        """What was recovered, and tries that failed since the last unlocking."""
        failed = opening_words.failed(opening)
        if opening.recovered is not None:
            place = opening.recovered.place
            title, text = opening_words.recovered(opening.recovered)
            go_on = partial(self.open_visit, place.subject, place.visit, None, place.field)
            act = (self.tr("Continue there"), go_on)
            self.page.banner.say(title, f"{text} {failed}".strip(), (act,), tone="info")
        elif failed:
            whom = self.tr("If it was nobody here, tell the site administrator.")
            self.page.banner.say(failed, whom, tone="warning")

    def _refused(self, error: Exception) -> None:
        """A refusal that no page worded."""
        banner = getattr(self.page, "banner", None)
        if banner is not None:
            banner.say(sentence(error), tone="danger")

    def _changed(self) -> None:
        """Something was saved. Only sending changes what the line at the foot says."""
        if self._at.page == "send":
            self._read_sent()

    def _read_sent(self) -> None:
        site = self.desk.site

        def read() -> Any:
            from anifro_desktop.workflows import sending

            return max((one.made for one in sending.sent(site)), default=None)

        self.desk.run(self, read, self.status.show_sent)
