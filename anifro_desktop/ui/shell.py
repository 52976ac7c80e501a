"""An open site: the rail, the page one is on, the line at the foot; which page follows on which wish.

Pages emit wishes; only the shell knows them all. A page is made when it is wanted and thrown away when it is left; an
open visit or enrolment is left only when its answers are on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.ui import opening_words
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.openings import Openings
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.patients import PatientsPage
from anifro_desktop.ui.people import staff
from anifro_desktop.ui.rail import Rail
from anifro_desktop.ui.send import SendPage
from anifro_desktop.ui.settings import SettingsPage
from anifro_desktop.ui.shell_commands import ShellCommands
from anifro_desktop.ui.statusline import StatusLine
from anifro_desktop.ui.today import TodayPage
from anifro_desktop.ui.trail import RECORDS, Kept
from anifro_desktop.workflows.model import Opening

_RAIL_OF = (
    {"signoff": "send", "synclog": "send", "queries": "today"}
    | dict.fromkeys(("patient", "visit", "enrol", "new_visit", "enrolled", "mistake", "twice"), "patients")
    | dict.fromkeys(("move", "take"), "patients")
    | dict.fromkeys(("audit", "erase", "import", *staff.PLACES), "settings")
)
Then = Callable[[], object]


class Shell(QWidget):
    """Made with the desk of an open site; `begin` or `resume` shows the first page. since: when it was unlocked."""

    lock_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, desk: Desk, since: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        desk.setParent(self)
        desk.refused.connect(self._refused)
        self.rail = Rail(self)
        self.rail.chosen.connect(self._rail_chosen)
        self.status = StatusLine(desk.site.person, since, desk.site.practice, self)
        self.page: Any = None
        self._at = Kept()
        self._doubted: Any = None  # what was said of the clock
        self.openings = Openings(self)
        self.open_visit = self.openings.open_visit
        self.open_patient = self.openings.open_patient
        self.show_patient = self.openings.show_patient
        self.show_new_visit = self.openings.show_new_visit
        self.enrol = self.openings.enrol
        self._frame = QVBoxLayout()
        self._frame.setSpacing(0)
        self._frame.addWidget(self.status)
        self.ground = QWidget(self)  # all that is usually shown; its keys are dead while it is hidden
        self.cover: QWidget | None = None
        columns = QHBoxLayout(self.ground)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.rail)
        columns.addLayout(self._frame, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.ground)
        self.commands = ShellCommands(self)
        self.rail.menu_wanted.connect(self.commands.show_menu)
        desk.changed.connect(self._changed)

    # Coming and going

    def begin(self, opening: Opening, back: Kept | None) -> None:
        """The first page after unlocking: where the same person was when it locked, else today."""
        self.status.show_sent(opening.last_sent)
        if back is not None and back.page in RECORDS:
            self._show_place("today")  # what was open may have been declared a mistake meanwhile
            self.open_visit(back.place.subject, back.place.visit, None, back.place.field)
            return
        if back is not None and back.page == "patient":
            self._show_place("patients")
            self.show_patient(back.place.subject)
        else:
            self.show_place(back.page if back is not None and back.page not in _RAIL_OF else "today")
        self._say_opening(opening)

    def resume(self, kept: Kept) -> None:
        """Made anew (another language, another size): the same page, the same open visit."""
        self._read_sent()
        if not self.openings.resume(kept):
            self.show_place(kept.page)
        if kept.page == "import":
            self.page.type_again(kept.typed)

    def keep(self) -> Kept:
        """All that is needed to show the same again."""
        kept = replace(self._at, trail=self.openings.trail)
        if kept.page == "import":
            return replace(kept, typed=self.page.typed)
        return replace(kept, place=self.page.place()) if kept.page in RECORDS else kept

    def place(self) -> Kept:
        """Where one is, without anything of the patient but the code."""
        kept = self.keep()
        return Kept(kept.page, place=kept.place)

    def settle(self, then: Then, failed: Callable[[Exception], object]) -> None:
        """Call `then` once all that was typed is on the disk."""
        if self._at.page in RECORDS:
            self.page.settle(then, failed)
        else:
            then()

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        if self._at.page in RECORDS:
            self.page.autosave.retry()

    def leave(self, site: Any) -> None:
        """The last work before the site is closed: note the place."""
        if self._at.page not in RECORDS or self._at.visit is None:
            return
        visit, place = self._at.visit, self.page.place()

        def work() -> None:
            from anifro_desktop.workflows import site as sites

            sites.remember_place(site, visit.id, place)

        self.desk.tasks.run(work, None, lambda _error: None)

    # Pages

    def show_place(self, key: str) -> None:
        """Go to a place of the rail."""
        self.leave_for(lambda: self._show_place(key))

    def _show_place(self, key: str) -> None:
        self.openings.trail = ()
        self.show_page(self._make(key), Kept(key))

    def _make(self, key: str) -> Page:
        if key in staff.PLACES:
            return staff.page(key, self.desk, self.show_place)
        made: dict[str, Callable[[], Page]] = {
            "patients": self._patients_page,
            "send": self._send_page,
            "signoff": self._signoff_page,
            "synclog": self._sync_log_page,
            "settings": self._settings_page,
            "audit": self._audit_page,
            "import": self._import_page,
            "queries": self.openings.queries_page,
            "take": self._take_page,
        }
        return made.get(key, self._today_page)()

    def _patients_page(self) -> Page:
        patients = PatientsPage(self.desk)
        patients.patient_wanted.connect(self.show_patient)
        patients.visit_wanted.connect(self.open_visit)
        patients.new_visit_wanted.connect(self.show_new_visit)
        patients.enrol_wanted.connect(self.enrol)
        return patients

    def _send_page(self) -> Page:
        send = SendPage(self.desk)
        send.patient_wanted.connect(self.show_in_list)
        send.unsigned_wanted.connect(lambda: self.show_place("signoff"))
        send.log_wanted.connect(lambda: self.show_place("synclog"))
        return send

    def _settings_page(self) -> Page:
        settings = SettingsPage(self.desk)
        settings.audit_wanted.connect(lambda: self.show_place("audit"))
        settings.people.place_wanted.connect(self.show_place)
        settings.importing.wanted.connect(lambda: self.show_place("import"))
        return settings

    def _today_page(self) -> Page:
        today = TodayPage(self.desk)
        today.patient_wanted.connect(self.open_patient)
        today.page_wanted.connect(self.show_patient)
        today.entry_wanted.connect(self.open_visit)
        today.missed_wanted.connect(self.openings.note_missed)
        today.gap_wanted.connect(self.openings.account_for)
        today.enrol_wanted.connect(self.enrol)
        today.find_wanted.connect(self.commands.find)
        today.send_wanted.connect(lambda: self.show_place("send"))
        today.query_wanted.connect(self._open_asked)
        today.queries_wanted.connect(self.openings.show_queries)
        today.sheet_wanted.connect(lambda: self.show_place("sheet"))
        today.people_wanted.connect(lambda: self.show_place("people"))
        today.backup_wanted.connect(self._see_to_backups)
        today.settings_wanted.connect(self._see_to_settings)
        return today

    def _open_asked(self, subject: str, key: str, field: str) -> None:
        """Where the centre asks something: the question, or the list where there is no record yet."""
        site = self.desk.site

        def show(made: bool) -> None:
            if made:
                self.openings.open_at(subject, key, field)
            else:
                self.openings.show_queries(subject)

        def read() -> bool:
            return not key or any(row.key == key for row in site.clinical.entries(subject))

        self.desk.run(self, read, show)

    def _see_to_backups(self, what: str) -> None:
        def show() -> None:
            self._show_place("settings")
            if isinstance(self.page, SettingsPage):
                self.page.backup.lead(what)

        self.leave_for(show)

    def _see_to_settings(self, card: str) -> None:
        def show() -> None:
            self._show_place("settings")
            if isinstance(self.page, SettingsPage):
                self.page.lead(card)

        self.leave_for(show)

    def _audit_page(self) -> Page:
        """Imported when it is wanted: few days begin with it."""
        from anifro_desktop.ui.audit.page import AuditPage

        audit = AuditPage(self.desk)
        audit.record_wanted.connect(self.open_visit)
        audit.erase_wanted.connect(self.openings.mending.show_erasing)
        return audit

    def _import_page(self) -> Page:
        """Imported when it is wanted: most sites import once."""
        from anifro_desktop.ui.importing.page import ImportPage

        page = ImportPage(self.desk)
        page.back_wanted.connect(lambda: self.show_place("settings"))
        return page

    def _take_page(self) -> Page:
        """Imported when it is wanted: few patients move."""
        from anifro_desktop.ui.transfer.take import TakePage

        page = TakePage(self.desk)
        page.back_wanted.connect(lambda: self.show_place("patients"))
        page.patient_wanted.connect(self.show_patient)
        return page

    def _signoff_page(self) -> Page:
        """Imported when it is wanted, as the audit page."""
        from anifro_desktop.ui.signoff import SignOffPage

        page = SignOffPage(self.desk)
        page.entry_wanted.connect(self.open_visit)
        page.back_wanted.connect(lambda: self.show_place("send"))
        return page

    def _sync_log_page(self) -> Page:
        """Imported when it is wanted, as the audit page."""
        from anifro_desktop.ui.sync_log import SyncLogPage

        page = SyncLogPage(self.desk)
        page.back_wanted.connect(lambda: self.show_place("send"))
        return page

    def cover_with(self, view: QWidget) -> None:
        """Show something alone: the rail, the page and the line at the foot, and all their keys, are out of reach."""
        self.cover = view
        self.ground.hide()
        self.layout().addWidget(view)
        view.show()

    def uncover(self) -> None:
        """Show the page again."""
        view, self.cover = self.cover, None
        if view is not None:
            self.layout().removeWidget(view)
            view.hide()
            view.deleteLater()
        self.ground.show()

    def show_page(self, page: Any, at: Kept) -> None:
        """Show a page in place of the one that is shown, which is thrown away; not while a page is covered."""
        if self.cover is not None:  # asked for a moment before: the computer is in the patient's hands now
            page.deleteLater()
            return
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

    def leave_for(self, then: Then) -> None:
        """Do something once all that was typed is on the disk; say why where it cannot be."""
        self.settle(then, self._refused)

    def _rail_chosen(self, key: str) -> None:
        if key == "lock":
            self.lock_wanted.emit()
        else:
            self.show_place(key)

    def show_in_list(self, subject: str) -> None:
        """The list of patients, with the cursor on one of them."""

        def show() -> None:
            page: Any = self._make("patients")
            self.show_page(page, Kept("patients"))
            page.show_subject(subject)

        self.leave_for(show)

    # Words

    def _say_opening(self, opening: Opening) -> None:
        """What was recovered, and tries that failed since the last unlocking."""
        failed = opening_words.failed(opening)
        if opening.findings:
            title, text = opening_words.findings(opening)
            self._say_check(title, text)
        elif self._doubted is None and self._say_clock():
            pass  # the rest can wait: nothing of it is lost
        elif opening.recovered is not None:
            place = opening.recovered.place
            title, text = opening_words.recovered(opening.recovered)
            go_on = partial(self.open_visit, place.subject, place.visit, None, place.field)
            act = (self.tr("Continue there"), go_on)
            self.page.banner.say(title, f"{text} {failed}".strip(), (act,), tone="info")
        elif failed:
            whom = self.tr("If it was nobody here, tell the site administrator.")
            self.page.banner.say(failed, whom, tone="warning")

    def say_findings(self, findings: Sequence[Any]) -> None:
        """A check behind the work found something: the weekly one, or that of a backup."""
        self._say_check(
            self.tr("A check behind the work found something wrong ({count})").format(count=len(findings)),
            self.tr("Leave the data folder as it is, and read in the audit trail what it is and what to do."),
        )

    def _say_check(self, title: str, text: str) -> None:
        banner = getattr(self.page, "banner", None)
        if banner is not None:
            act = (self.tr("To the audit trail"), lambda: self.show_place("audit"))
            banner.say(title, text, (act,), "danger")

    def _say_clock(self) -> bool:
        """Say once in a session that the clock cannot be believed; the line at the foot keeps saying it."""
        doubt = self.desk.site.clinical.clock_doubt
        banner = getattr(self.page, "banner", None)
        if doubt is None or doubt is self._doubted or banner is None:
            return False
        self._doubted = doubt
        self.status.show_clock(True)
        title, text = opening_words.clock_doubt(doubt)
        banner.say(title, text, tone="warning")
        return True

    def _refused(self, error: Exception) -> None:
        """A refusal that no page worded."""
        banner = getattr(self.page, "banner", None)
        if banner is not None:
            banner.say(sentence(error), tone="danger")

    def _changed(self) -> None:
        """Something was saved. Only sending, and a clock that jumped, change what the line at the foot says."""
        self._say_clock()
        if self._at.page == "send":
            self._read_sent()

    def _read_sent(self) -> None:
        site = self.desk.site

        def read() -> Any:
            from anifro_desktop.workflows import sending

            return max((one.made for one in sending.sent(site)), default=None)

        self.desk.run(self, read, self.status.show_sent)
