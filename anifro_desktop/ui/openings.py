"""Which page a wish about a patient leads to, and the way back from it.

Records of every kind are opened here: visits, events, the history, the enrolment, and what was declared a mistake. The
pages left on the way are remembered as places, so that "back" from an event leads to the question it was added at; the
record is read again then, since what was added may have changed what other answers say.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from anifro_desktop.ui.enrol import EnrolPage
from anifro_desktop.ui.enrol_end import EnrolledPage
from anifro_desktop.ui.new_visit import NewVisitPage
from anifro_desktop.ui.pack_move import PackMoves
from anifro_desktop.ui.patient.add_event import ask_kind
from anifro_desktop.ui.patient.erasing import Asked
from anifro_desktop.ui.patient.kinds import EventKind
from anifro_desktop.ui.patient.mending import Mending
from anifro_desktop.ui.patient.page import PatientPage
from anifro_desktop.ui.trail import RECORDS, Kept, left
from anifro_desktop.ui.visit.page import VisitPage
from anifro_desktop.workflows.model import OpenVisit, PatientRow, Place

if TYPE_CHECKING:
    from anifro_desktop.workflows.gaps import Gap


class Openings(QObject):
    """Belongs to one `Shell`."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self._shell = shell
        self._desk = shell.desk
        self.trail: tuple[Kept, ...] = ()
        self.mending = Mending(self, self._desk)
        self._packs = PackMoves(self, shell)

    # The way back

    def back(self) -> None:
        """To the page before."""
        at = self.trail[-1] if self.trail else Kept()
        self.trail = self.trail[:-1]
        place = at.place
        if at.page == "patient":
            self.patient_page(place.subject, place.visit)
        elif at.page in RECORDS:
            self.open_record(place.subject, place.visit, at=place.field)
        elif at.page == "patients" and place.subject:
            self._shell.show_in_list(place.subject)
        elif at.page == "queries":
            self.show_queries(place.subject, self.trail)
        else:
            self._shell.show_place(at.page)

    def way_back(self, subject: str, key: str = "") -> tuple[Kept, ...]:
        """The trail once this page is left for something of `subject` under `key`."""
        at = left(self._shell.place(), subject, key) if self._shell.page is not None else None
        return self.trail if at is None else (*self.trail, at)

    def left_now(self, subject: str = "", key: str = "") -> tuple[Kept, ...]:
        """As `way_back`, for a page that is reached from the pages of the site as well."""
        page = self._shell.place().page if self._shell.page is not None else ""
        return (Kept(page),) if page in ("audit", "settings", "signoff") else self.way_back(subject, key)

    def show(self, page: Any, at: Kept, trail: tuple[Kept, ...]) -> None:
        """Show a page, with the way back from it."""
        self.trail = trail
        self._shell.show_page(page, at)

    def leave_for(self, then: Callable[[], object]) -> None:
        """Do something once all that was typed is on the disk."""
        self._shell.leave_for(then)

    # Patients

    def show_patient(self, subject: str) -> None:
        """The page of a patient."""
        self.patient_page(subject, trail=self.way_back(subject))

    def patient_page(
        self, subject: str, at: str = "", trail: tuple[Kept, ...] | None = None, words: str = ""
    ) -> None:
        """The page of a patient. at: key on which the cursor begins. trail: the way back, by default as it is. words:
        what was just done."""

        def show() -> None:
            page = PatientPage(self._desk, subject, at)
            page.entry_wanted.connect(self.open_visit)
            page.new_visit_wanted.connect(self.show_new_visit)
            page.event_wanted.connect(self.add_event)
            page.missed_wanted.connect(self.note_missed)
            page.gap_wanted.connect(self.account_for)
            page.twice_wanted.connect(self.mending.show_twice)
            page.move_wanted.connect(self.show_move)
            page.patient_wanted.connect(self.show_patient)
            page.queries_wanted.connect(self.show_queries)
            page.back_wanted.connect(self.back)
            self.show(page, Kept("patient", place=Place(subject)), self.trail if trail is None else trail)
            if words:
                page.banner.say(words, tone="success")

        self.leave_for(show)

    def show_move(self, subject: str) -> None:
        """Hand a patient over to another computer, or change what was said of it."""
        from anifro_desktop.ui.transfer.give import GivePage

        trail = self.way_back(subject)

        def show() -> None:
            page = GivePage(self._desk, subject)
            page.back_wanted.connect(self.back)
            self.show(page, Kept("move", place=Place(subject)), trail)

        self.leave_for(show)

    def show_queries(self, subject: str = "", trail: tuple[Kept, ...] | None = None) -> None:
        """What the centre asks, of one patient or of all."""
        way = self.way_back(subject) if trail is None else trail
        self.leave_for(
            lambda: self.show(self.queries_page(subject), Kept("queries", place=Place(subject)), way)
        )

    def queries_page(self, subject: str = "") -> Any:
        """Imported when it is wanted."""
        from anifro_desktop.ui.queries.page import QueriesPage

        page = QueriesPage(self._desk, subject)
        page.entry_wanted.connect(self.open_at)
        page.patient_wanted.connect(self.show_patient)
        page.back_wanted.connect(self.back)
        return page

    def open_at(self, subject: str, key: str, field: str) -> None:
        """A record, at a question."""
        self.open_visit(subject, key, None, field)

    def open_patient(self, row: PatientRow) -> None:
        """What is next for a patient: the draft, else the enrolment in screening, else a new visit."""
        if row.draft is not None or row.status == "screening":
            self.open_visit(row.subject, row.draft or "")
        elif row.status == "enrolled":
            self.show_new_visit(row)
        else:
            self.show_patient(row.subject)

    def show_new_visit(self, row: PatientRow) -> None:
        """Ask for the date and kind of a new visit."""
        trail = self.way_back(row.subject)

        def show() -> None:
            page = NewVisitPage(self._desk, row)
            page.open_wanted.connect(self.open_record)
            page.back_wanted.connect(self.back)
            self.show(page, Kept("new_visit", row=row), trail)

        self.leave_for(show)

    # Records

    def open_visit(self, subject: str, key: str, on: date | None = None, at: str = "") -> None:
        """Open what stands under a key, or a new visit on a date; an empty key is the enrolment. at: the question to go
        to."""
        self.open_record(subject, key, on, at, self.way_back(subject, key))

    def open_record(
        self,
        subject: str,
        key: str,
        on: date | None = None,
        at: str = "",
        trail: tuple[Kept, ...] | None = None,
        words: str = "",
    ) -> None:
        """`open_visit` without a thought of the way back; trail and words as for `patient_page`."""
        site, way = self._desk.site, self.trail if trail is None else trail

        def read() -> tuple[OpenVisit, Any]:
            from anifro_desktop.workflows import patients, visits, voided

            if not key:
                return patients.open_enrolment(site, subject), patients.read_identity(site, subject)
            if "~" in key:
                return voided.read_voided(site, subject, key), None
            if key == "history":
                return visits.open_history(site, subject), None
            return visits.open_visit(site, subject, key, on or site.today()), None

        def work() -> tuple[OpenVisit, Any, Any]:
            from anifro_desktop.workflows import moving

            visit, identity = read()
            return visit, identity, moving.standing(site, visit)

        def opened(answer: tuple[OpenVisit, Any, Any]) -> None:
            visit, identity, standing = answer
            if at:
                visit.place = Place(visit.subject, visit.key, "", at)
            self.show_visit(visit, identity, way)
            self._packs.say(self._shell.page, visit, standing)
            if words:
                self._shell.page.banner.say(words, tone="success")

        self.run(work, opened)

    def enrol(self) -> None:
        """Begin a new enrolment."""
        site, trail = self._desk.site, self.way_back("")

        def work() -> tuple[OpenVisit, Any]:
            from anifro_desktop.workflows import patients

            visit = patients.start_enrolment(site)
            return visit, patients.read_identity(site, visit.subject)

        self.run(work, lambda answer: self.show_visit(answer[0], answer[1], trail))

    def show_visit(
        self, visit: OpenVisit, identity: Any = None, trail: tuple[Kept, ...] | None = None
    ) -> None:
        """The page of an open record."""
        way = self.trail if trail is None else trail
        if visit.key:
            self.show(self._make_visit(visit), Kept("visit", visit), way)
            return
        page = EnrolPage(self._desk, visit, identity)
        page.finished.connect(self.show_enrolled)
        page.same_person.connect(self.show_patient)
        page.back_wanted.connect(self._back_from)
        page.older.connect(partial(self._packs.offer, page, visit))
        self._connect_erasing(page, visit)
        self.show(page, Kept("enrol", visit), way)

    def _make_visit(self, visit: OpenVisit) -> VisitPage:
        page = VisitPage(self._desk, visit)
        page.event_wanted.connect(partial(self.add_event, visit.subject))
        page.mistake_wanted.connect(partial(self.mending.show_mistake, visit))
        page.again_wanted.connect(lambda: self.open_record(visit.subject, visit.key))
        self._connect_erasing(page, visit)
        page.back_wanted.connect(self._back_from)
        page.older.connect(partial(self._packs.offer, page, visit))
        page.handing.begun.connect(self._shell.cover_with)
        page.handing.ended.connect(self._shell.uncover)
        return page

    def _connect_erasing(self, page: VisitPage, visit: OpenVisit) -> None:
        page.erase_wanted.connect(
            lambda field: self.mending.show_erasing(Asked(visit.subject, visit.key, field))
        )

    def _back_from(self) -> None:
        self.leave_for(self.back)

    def show_enrolled(self, row: PatientRow) -> None:
        """The end of an enrolment, with the code."""
        page = EnrolledPage(row)
        page.visit_wanted.connect(self.show_new_visit)
        page.history_wanted.connect(lambda subject: self.open_visit(subject, "history"))
        page.back_wanted.connect(lambda: self._shell.show_place("today"))
        self.show(page, Kept("enrolled", row=row), ())

    # Events

    def add_event(self, subject: str) -> None:
        """Ask which kind of event, and begin it."""
        chosen = partial(self.begin_event, subject)
        self.kinds = ask_kind(self._desk.site.definitions, chosen, self._shell.window())

    def begin_event(self, subject: str, kind: EventKind) -> None:
        """Begin an event of a kind; what the choice of the kind answers is answered."""
        site = self._desk.site

        def work() -> OpenVisit:
            from anifro_desktop.workflows import events

            return events.open_event(site, subject, kind.form)

        self.run(work, lambda visit: self._begun(visit, kind.preset))

    def note_missed(self, subject: str, key: str) -> None:
        """Begin the event that says why a planned visit was not made."""
        site = self._desk.site

        def work() -> tuple[OpenVisit, tuple[str, int]]:
            from anifro_desktop.workflows import events, missed

            return events.open_event(site, subject, missed.FORM), (missed.VISIT, missed.CODES[key])

        self.run(work, lambda answer: self._begun(*answer))

    def account_for(self, gap: Gap) -> None:
        """Go on with the record that a gap of anifrolumab is waiting for, or begin the one that says what it is."""
        if gap.key:
            self.open_visit(gap.subject, gap.key)
            return
        site = self._desk.site

        def work() -> tuple[OpenVisit, tuple[str, int] | None]:
            from anifro_desktop.workflows import events, gaps

            preset = None if gap.drug is None else (gaps.DRUG, gap.drug)
            return events.open_event(site, gap.subject, gaps.FORM), preset

        self.run(work, lambda answer: self._begun(*answer))

    def _begun(self, visit: OpenVisit, preset: tuple[str, int] | None) -> None:
        """A new event; what its choice said already is answered by the same act that a key does."""
        trail = self.way_back(visit.subject, visit.key)
        page = self._make_visit(visit)
        if preset is not None:
            page.view.binding.put(*preset)
        self._desk.changed.emit()
        self.show(page, Kept("visit", visit), trail)

    # Coming back

    def resume(self, kept: Kept) -> bool:
        """Show again where one was, in another language or size; False where that is no page of a patient."""
        self.trail = kept.trail
        if kept.page in RECORDS and kept.visit is not None:
            kept.visit.place = kept.place
            self.show_visit(kept.visit)
        elif kept.page == "new_visit" and kept.row is not None:
            self.show_new_visit(kept.row)
        elif kept.page == "enrolled" and kept.row is not None:
            self.show_enrolled(kept.row)
        elif kept.page == "mistake" and kept.visit is not None:
            self.mending.show_mistake(kept.visit)
        elif kept.page == "erase":
            self.mending.show_erasing(Asked(kept.place.subject, kept.place.visit, kept.place.field))
        elif kept.page == "twice":
            self.mending.show_twice(kept.place.subject)
        elif kept.page == "move":
            self.show_move(kept.place.subject)
        elif kept.page == "patient":
            self.patient_page(kept.place.subject)
        elif kept.page == "queries":
            self.show_queries(kept.place.subject, kept.trail)
        else:
            return False
        return True

    def run(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Leave the page once it is saved, do `work`, then `done`; a refusal is said on the page that is shown."""
        self._shell.leave_for(lambda: self._desk.run(self._shell, work, done))
