"""The page of the audit trail: the entries with their filters, and the review report.

Whatever the filters say is looked up by the worker as numbers; only the page on show is read in words. The full check
runs on the worker too, and says in words what it found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from anifro_desktop.forms.document import Block
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.audit.entries import PAGE, Entries
from anifro_desktop.ui.audit.filters import Filters
from anifro_desktop.ui.audit.findings import SeenDialog, show_findings
from anifro_desktop.ui.audit.history import show_history
from anifro_desktop.ui.audit.press import write
from anifro_desktop.ui.audit.reviewing import Reviewing
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.messages import Dialog, sentence
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.patient.erasing import Asked
from anifro_desktop.ui.widgets import Button, Option, SegmentedChoice
from anifro_desktop.workflows import checking
from anifro_desktop.workflows.audit import finding, item, papers, proving, review
from anifro_desktop.workflows.audit.model import Choices, Filter, History, Line, Report

_ENTRIES, _REVIEW = "entries", "review"
_Report = tuple[str, Sequence[Block]]
_Found = tuple[Filter, tuple[int, ...], tuple[Line, ...]]


class AuditPage(Page):
    """Reached from the settings, the menu and Find."""

    erase_wanted = Signal(object)  # an `Asked`: a name was typed there
    record_wanted = Signal(str, str, object, str)  # subject, key, no date, question

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Audit trail"), "", parent)
        self._desk = desk
        self._wanted = Filter()
        self._numbers: tuple[int, ...] = ()
        self._asked = 0  # only the answer to the newest question is shown
        self._everything = False
        self.dialog: Dialog | None = None
        self.check = Button(self.tr("Check everything"))
        self.check.clicked.connect(self.prove)
        self.print = Button(self.tr("Print…"))
        self.print.clicked.connect(self._choose_file)
        self.header.acts.addWidget(self.check)
        self.header.acts.addWidget(self.print)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(theme.px(6))
        self.progress.setAccessibleName(self.tr("Working"))
        self.progress.hide()
        self.tabs = SegmentedChoice(
            (Option(_ENTRIES, self.tr("Entries")), Option(_REVIEW, self.tr("Review report")))
        )
        self.tabs.setAccessibleName(self.tr("What is shown"))
        self.tabs.chosen.connect(self.show_tab)
        self.filters = Filters()
        self.filters.changed.connect(self.look)
        self.filters.patient_chosen.connect(self._read_choices)
        self._may_erase = self._may_note = desk.site.may("site_admin")
        self.entries = Entries(self._may_erase)
        self.entries.erase_wanted.connect(lambda line: self.erase_wanted.emit(Asked(number=line.number)))
        self.entries.page_wanted.connect(self.turn)
        self.entries.history_wanted.connect(self._ask_history)
        self.entries.open_wanted.connect(self._open)
        self.reviewing = Reviewing(desk.site.may(*review.REVIEWING))
        self.reviewing.everything_wanted.connect(self._review)
        self.reviewing.changes_wanted.connect(self._show_changes)
        self.reviewing.late_wanted.connect(
            lambda late: self.record_wanted.emit(late.subject, late.visit, None, "")
        )
        self.reviewing.reviewed.connect(self._mark)
        for part in (self.progress, self.tabs, self.filters):
            self.body.addWidget(part)
        self.body.addWidget(self.entries, 1)
        self.body.addWidget(self.reviewing, 1)
        self.show_tab(_ENTRIES)

    def first_focus(self) -> None:
        self.filters.patient.setFocus()

    def refresh(self) -> None:
        self._read_choices("")
        self.look()

    def show_tab(self, key: str) -> None:
        """Show the entries or the review."""
        self.tabs.set_chosen(key)
        hidden = self.entries if key == _REVIEW else self.reviewing
        if (focus := self.focusWidget()) is not None and hidden.isAncestorOf(focus):
            self.tabs.segments[key == _REVIEW].setFocus()
        self.filters.setVisible(key == _ENTRIES)
        self.entries.setVisible(key == _ENTRIES)
        self.reviewing.setVisible(key == _REVIEW)
        self.tab = key
        if key == _REVIEW:
            self._review(self._everything)

    # The entries

    def _read_choices(self, subject: str) -> None:
        site = self._desk.site

        def show(choices: Choices) -> None:
            self.filters.show_choices(choices)

        self._desk.run(self, lambda: finding.choices(site, subject), show, self._refused)

    def look(self) -> None:
        """Look for what the filters say, from the newest entry on."""
        site, wanted, text = self._desk.site, self.filters.wanted, self.filters.question_text
        self._asked += 1
        asked = self._asked

        def read() -> _Found:
            named = replace(wanted, fields=finding.questions(site, text)) if text else wanted
            numbers = finding.find(site, named) if named.fields or not text else ()
            return named, numbers, finding.lines(site, numbers[:PAGE])

        def show(found: _Found) -> None:
            if asked == self._asked:
                self._wanted, self._numbers = found[0], found[1]
                self._show(found[2], 0)

        self._desk.run(self, read, show, self._refused)

    def turn(self, start: int) -> None:
        """Show another page of what was found."""
        site, numbers = self._desk.site, self._numbers[start : start + PAGE]
        self._desk.run(
            self, lambda: finding.lines(site, numbers), lambda lines: self._show(lines, start), self._refused
        )

    def _show(self, lines: Sequence[Line], start: int) -> None:
        self.banner.hide()
        self.entries.show_page(lines, start, len(self._numbers))
        count = len(self._numbers)
        self.header.line.setText(
            self.tr("%n entry(ies)", "", count)
            if self._wanted.kinds
            else self.tr("%n entry(ies), technical details not counted", "", count)
        )
        self.print.setEnabled(bool(self._numbers) or self.tab == _REVIEW)

    def _ask_history(self, line: Line) -> None:
        site, name = self._desk.site, _name_of(line)
        self._desk.run(
            self,
            lambda: item.history(site, line.subject, line.visit, name),
            lambda history: self._show_history(history, Asked(line.subject, line.visit, name)),
            self._refused,
        )

    def _show_history(self, history: History, asked: Asked) -> None:
        erase = partial(self.erase_wanted.emit, asked) if self._may_erase else None
        self.dialog = show_history(self, history, lambda: self._print_history(history), erase)
        self.dialog.finished.connect(lambda _result: self._focus(self.entries.table))

    def _open(self, line: Line) -> None:
        name = _name_of(line) if line.kind == "answers" else ""
        self.record_wanted.emit(line.subject, line.visit, None, name)

    # The review

    def _review(self, everything: bool) -> None:
        self._everything = everything
        site = self._desk.site

        def show(report: Report) -> None:
            self.reviewing.show_report(report, everything)
            self.print.setEnabled(True)

        self._desk.run(self, lambda: review.review(site, everything=everything), show, self._refused)

    def _show_changes(self, after: str) -> None:
        self.filters.show_after(after)
        self.show_tab(_ENTRIES)
        self.entries.table.setFocus()

    def _mark(self, text: str) -> None:
        site, report = self._desk.site, self.reviewing.report

        def work() -> Any:
            return None if report is None else review.mark_reviewed(site, report, text)

        def done(_reviewed: Any) -> None:
            self._review(False)
            self.banner.say(self.tr("The review is recorded in the audit trail."), tone="success")

        self._desk.run(self, work, done, self._refused)

    # The full check

    def prove(self) -> None:
        """Check databases, trail, signatures and bundles whole."""
        site = self._desk.site
        self.banner.hide()
        self._busy(True)
        self._desk.run(self, lambda: proving.prove(site), self._proved, self._refused)

    def _proved(self, proof: proving.Proof) -> None:
        self._busy(False)
        if proof.findings:
            first = proof.findings[0]
            title = self.tr("The check found something: {count}").format(count=len(proof.findings))
            again = (self.tr("Show the findings"), lambda: self._show_findings(proof))
            self.banner.say(title, first.what.get(texts.language()), (again,), tone="danger")
            self._show_findings(proof)
        else:
            title = self.tr("All is well: databases, audit trail, signatures and bundles.")
            text = self.tr(
                "%n entry(ies) of the trail checked, each in its place and signed.", "", proof.entries
            )
            believed = (one.get(texts.language()) for one in (*proof.erasures, *proof.trusted))
            self.banner.say(title, " ".join((text, *believed)), tone="success")
        self.check.setFocus()

    def _show_findings(self, proof: proving.Proof) -> None:
        codes = {one.code for one in proof.findings}
        notable = self._may_note and bool(codes & checking.NOTABLE) and "rolled_back" not in codes
        self.dialog = show_findings(self, proof, self._note_seen if notable else None)
        self.dialog.finished.connect(lambda _result: self._focus(self.check))

    def _note_seen(self) -> None:
        self.dialog = SeenDialog(self._desk, self, self.prove)
        self.dialog.finished.connect(lambda _result: self._focus(self.check))
        self.dialog.open()

    # Printing

    def _choose_file(self) -> None:
        name = self.tr("audit-trail.pdf") if self.tab == _ENTRIES else self.tr("audit-review.pdf")
        self._ask_file(name, self.print_to)

    def _ask_file(self, name: str, then: Callable[[Path], object]) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Where to save the PDF"), name, self.tr("PDF (*.pdf)")
        )
        if chosen:
            then(Path(chosen))

    def print_to(self, path: Path) -> None:
        """Print what is shown, the entries or the review, into a file."""
        site, lang, wanted, numbers = self._desk.site, texts.language(), self._wanted, self._numbers
        report = self.reviewing.report if self.tab == _REVIEW else None

        def read() -> _Report:
            if report is not None:
                return papers.review_title(lang), papers.report_blocks(site, report, lang)
            return papers.title(lang), papers.trail_blocks(site, wanted, numbers, lang)

        self._print(path, read)

    def _print_history(self, history: History) -> None:
        site, lang = self._desk.site, texts.language()

        def read() -> _Report:
            return papers.item_title(lang), papers.item_blocks(site, history, lang)

        self._ask_file(self.tr("answer-history.pdf"), lambda path: self._print(path, read))

    def _print(self, path: Path, read: Callable[[], _Report]) -> None:
        """Read a report on the worker, where the copy is told to the trail, then set it on pages."""
        site = self._desk.site
        self._busy(True)

        def work() -> _Report:
            title, blocks = read()
            papers.note_copy(site, "pdf", papers.counted(blocks))
            return title, blocks

        self._desk.run(
            self, work, lambda made: write(self, path, made, self._printed, self._refused), self._refused
        )

    def _printed(self, path: Path) -> None:
        self._busy(False)
        title = self.tr("Printed to {name}.").format(name=path.name)
        text = self.tr("It holds study codes and answers: keep it as the patient's folder is kept.")
        self.banner.say(title, text, tone="success")

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.check.setEnabled(not busy)
        self.print.setEnabled(not busy)

    def _focus(self, widget: QWidget) -> None:
        """Where the focus was before a dialog."""
        self.dialog = None
        self.window().activateWindow()
        widget.setFocus()

    def _refused(self, error: Exception) -> None:
        self._busy(False)
        self.banner.say(sentence(error), tone="danger")


def _name_of(line: Line) -> str:
    """The question or result that an entry is about."""
    name = line.field.partition(":")[2] or line.field
    return name.partition("/")[0]
