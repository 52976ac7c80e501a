"""The one window: locked, or an open site; and the ways between the two.

Rules kept here:
- A site is open only while its shell is shown. Locking saves what is being typed, closes the site, and throws every
  widget that ever held a patient away; the place is remembered for the same person.
- Closing waits for saves and never asks whether to save.
- Nothing that touches the store is imported before the first screen is painted: it is imported inside the works.
  Pages other than the unlock page are imported when they are shown, since every day begins with that one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from anifro_desktop.errors import Refusal
from anifro_desktop.ui import preferences as prefs
from anifro_desktop.ui import site_works
from anifro_desktop.ui.frontdoor import NAME
from anifro_desktop.ui.preferences import Preferences
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.theme import Appearance
from anifro_desktop.ui.translation import Translations
from anifro_desktop.ui.unlock import UnlockPage

if TYPE_CHECKING:
    from anifro_desktop.ui.backing_up import DailyBackup
    from anifro_desktop.ui.first_run_steps import Draft
    from anifro_desktop.ui.idle import Idle
    from anifro_desktop.ui.weekly import WeeklyCheck

SMALLEST = QSize(900, 600)


class MainWindow(QMainWindow):
    """folder: the data folder. ready: raises a refusal where the folder cannot be used. clock: the system's if None."""

    def __init__(
        self,
        folder: Path,
        ready: Callable[[], object],
        tasks: Tasks,
        appearance: Appearance,
        translations: Translations,
        preferences: Preferences,
        clock: Any = None,
    ) -> None:
        super().__init__()
        self._clock = clock
        self._folder, self._ready, self._tasks = folder, ready, tasks
        self._appearance, self._translations = appearance, translations
        self.preferences = preferences
        self._draft: Draft | None = None
        self._person = ""
        self._left: tuple[str, Any] | None = None  # who locked, and where
        self._made = False  # whether the site was made in this run and not yet unlocked
        self._since: Any = None  # when the open site was unlocked
        self._open_site: Any = None
        self._closing = self._locking = False
        self.shell: Any = None
        self.page: QWidget | None = (
            None  # what fills the window: the page before a site is open, or the shell
        )
        ground = QWidget()
        self._frame = QVBoxLayout(ground)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self.setCentralWidget(ground)
        self.setWindowTitle(NAME)
        self.setMinimumSize(SMALLEST)
        self.resize(1366, 768)
        self.show_start()

    # Before a site is open

    def show_start(self) -> None:
        """The trouble page, the first run, or the unlock page: whatever the data folder asks for."""
        from anifro_desktop.workflows import entrance

        try:
            self._ready()
            exists = entrance.exists(self._folder)
            people = entrance.people(self._folder) if exists else []
        except (Refusal, OSError) as error:
            self._show_trouble(error)
            return
        if exists:
            self._show_unlock(people)
        else:
            self._show_first_run()

    def _show(self, page: QWidget) -> None:
        # What was shown before is thrown away: after locking nothing of a patient stays in a widget.
        old, self.page = self.page, page
        self._frame.addWidget(page)
        page.show()
        if old is not None:
            self._frame.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _show_trouble(self, error: Exception) -> None:
        from anifro_desktop.ui.trouble import TroublePage

        page = TroublePage(error, str(self._folder), self.preferences.language)
        page.language_wanted.connect(self._speak)
        page.again_wanted.connect(self.show_start)
        page.close_wanted.connect(self.close)
        page.restore_wanted.connect(self._show_restore)
        self._show(page)
        page.first_focus()

    def unlock_as(self, person: str, passphrase: str) -> None:
        """Open the site at once for a person whose passphrase is known: on a practice site."""
        folder, clock = self._folder, self._clock
        self._tasks.run(
            lambda: site_works.open_site(folder, person, passphrase, clock),
            lambda answer: self._unlocked(*answer),
            self._show_trouble,
        )

    def _show_unlock(self, people: list[Any]) -> None:
        folder, clock = self._folder, self._clock

        def open_site(code: str, passphrase: str) -> Any:
            return site_works.open_site(folder, code, passphrase, clock)

        line = self.tr("Everything on this computer is encrypted")
        page = UnlockPage(people, open_site, self._tasks, self.preferences.language, self._person, line)
        page.language_wanted.connect(self._speak)
        page.unlocked.connect(lambda answer: self._unlocked(*answer))
        page.forgotten.connect(self._show_recover)
        page.restore_wanted.connect(self._show_restore)
        self._show(page)
        page.first_focus()

    def _show_recover(self) -> None:
        """A forgotten passphrase: what can be done."""
        from anifro_desktop.ui import threshold

        if page := self._show_threshold(threshold.recover_page):
            page.recovered.connect(self._recovered)

    def _show_threshold(self, make: Any) -> Any:
        """A page of `threshold` that leads back to the start; None where what it needs cannot be read: that is said."""
        clock = site_works.clock_of(self._clock)
        try:
            page = make(self._folder, clock, self._tasks, self.preferences.language)
        except (Refusal, OSError) as error:
            self._show_trouble(error)
            return None
        page.back_wanted.connect(self.show_start)
        self._show(page)
        page.first_focus()
        return page

    def _recovered(self, person: str) -> None:
        self._person = person
        self.show_start()
        if isinstance(self.page, UnlockPage):
            self.page.note.say(
                self.tr("The new passphrase of {code} is set.").format(code=person),
                self.tr("Unlock with it, then print a new recovery sheet: this one was read."),
            )

    def _show_first_run(self) -> None:
        from anifro_desktop.ui.first_run import FirstRun
        from anifro_desktop.ui.first_run_steps import Draft, Works

        folder, clock = self._folder, self._clock

        works = Works(
            lambda draft: site_works.make_site(folder, draft, clock),
            site_works.prove_file,
            lambda second: site_works.same_disk(folder, second),
        )
        self._draft = self._draft or Draft()
        page = FirstRun(self._draft, works, self._tasks, self.preferences.language, self.tr("First run"))
        page.language_wanted.connect(self._speak)
        page.finished.connect(self._site_made)
        page.restore_wanted.connect(self._show_restore)
        self._show(page)
        page.first_focus()

    def _show_restore(self) -> None:
        """A backup instead of a new site, or in the place of the one that is here."""
        from anifro_desktop.ui import threshold

        if page := self._show_threshold(threshold.restore_page):
            page.restored.connect(self._restored)

    def _restored(self, person: str) -> None:
        """The site of the backup is here: nothing of what was here before is gone back to."""
        self._draft = self._left = None
        self._person = person
        prefs.save(self._folder, self.preferences)
        self.show_start()

    def _site_made(self, person: str) -> None:
        self._draft = None
        self._person = person
        self._made = True
        prefs.save(self._folder, self.preferences)
        self.show_start()

    def _speak(self, language: str) -> None:
        """Another language before a site is open: the page is made anew, what was typed into the first run is kept."""
        from anifro_desktop.ui.first_run import FirstRun

        page = self.page
        if isinstance(page, FirstRun):
            page.keep()
        if isinstance(page, UnlockPage):
            self._person = str(page.person.currentData())
        self._take(replace(self.preferences, language=language))
        self.show_start()

    def _take(self, wanted: Preferences) -> None:
        self.preferences = wanted
        self._translations.use(wanted.language)
        self._appearance.set(wanted.scheme, wanted.text / 100)
        from anifro_desktop.workflows import entrance

        if entrance.exists(self._folder):
            prefs.save(self._folder, wanted)

    # An open site

    @cached_property
    def idle(self) -> Idle:
        """The watch over a site that is open."""
        from anifro_desktop.ui.idle import Idle

        idle = Idle(self, site_works.clock_of(self._clock).elapsed)
        idle.expired.connect(lambda: self.lock(by_itself=True))
        return idle

    @cached_property
    def backup(self) -> DailyBackup:
        """Backups of a site that is open."""
        from anifro_desktop.ui.backing_up import DailyBackup

        backup = DailyBackup(self._tasks, self)
        backup.refused.connect(lambda error: self._no_backup(error, self.backup.asked))
        backup.made.connect(lambda made: self._checked(made.behind))
        return backup

    @cached_property
    def weekly(self) -> WeeklyCheck:
        """The weekly full check of a site that is open."""
        from anifro_desktop.ui.weekly import WeeklyCheck

        weekly = WeeklyCheck(self._tasks, self)
        weekly.refused.connect(self._no_backup)
        weekly.done.connect(self._checked)
        return weekly

    def _checked(self, findings: Any) -> None:
        if findings and self.shell is not None:
            self.shell.say_findings(findings)

    def _no_backup(self, error: Exception, asked: bool = False) -> None:
        """Said on the page; what nobody asked for not where that has something of its own to say: the next unlocking
        tries again."""
        banner = getattr(self.shell.page, "banner", None) if self.shell is not None else None
        if banner is not None and (asked or banner.isHidden()):
            self.shell.desk.refused.emit(error)

    def _unlocked(self, site: Any, opening: Any, given: str = "") -> None:
        """The site is open; given: the passphrase, if it was for this unlocking only."""
        from anifro_desktop.ui import threshold
        from anifro_desktop.ui.desk import Desk

        self._open_site = site
        self._person = site.person.code
        self._since = site.clock.now()
        self.idle.start()
        made, self._made = self._made, False
        desk = Desk(site, self._tasks, self.preferences)
        threshold.cross(desk, given, made, self._show, self.lock, lambda: self._enter(opening))

    def _enter(self, opening: Any) -> None:
        """Show the open site."""
        site = self._open_site
        self._make_shell()
        back = self._left[1] if self._left and self._left[0] == self._person else None
        self._left = None
        self.shell.begin(opening, back)
        self.backup.begin(site)
        self.weekly.begin(site)

    def _make_shell(self) -> None:
        from anifro_desktop.ui.desk import Desk
        from anifro_desktop.ui.shell import Shell

        desk = Desk(self._open_site, self._tasks, self.preferences)
        desk.backup = self.backup
        self.shell = Shell(desk, self._since)
        self.shell.lock_wanted.connect(self.lock)
        self.shell.close_wanted.connect(self.close)
        self.shell.desk.preferences_wanted.connect(self._prefer)
        self.idle.remaining_changed.connect(self.shell.status.show_remaining)
        self._show(self.shell)

    def _prefer(self, wanted: Preferences) -> None:
        """Other preferences while a site is open: the shell is made anew at the same place, the visit stays open."""

        def anew() -> None:
            kept = self.shell.keep()
            self._take(wanted)
            self._make_shell()
            self.shell.resume(kept)

        self.shell.settle(anew, self._not_saved)

    def lock(self, by_itself: bool = False) -> None:
        """Save what is being typed, close the site, show the unlock page. The place is kept."""
        if self._open_site is None or self._locking:
            return
        if self.shell is None:  # nothing of the site is seen yet
            self._leave_site()
            self.show_start()
            return
        self._locking = True
        self.shell.settle(self._lock_now, self._idle_not_saved if by_itself else self._not_saved)

    def _lock_now(self) -> None:
        self._left = (self._person, self.shell.place())
        self._leave_site()
        self.show_start()
        self._locking = False

    def _leave_site(self) -> None:
        """Close the site on the worker; whatever is asked of it afterwards comes later in its queue."""
        site, self._open_site = self._open_site, None
        self.idle.stop()
        self.backup.leave()
        self.weekly.leave()
        if self.shell is not None:
            self.shell.leave(site)
        self.shell = None
        self._tasks.run(site.close)

    def _idle_not_saved(self, error: Exception) -> None:
        """An answer that cannot be saved is worth more than the lock: stay, and try both again."""
        self._not_saved(error)
        self.idle.start()

    def _not_saved(self, error: Exception) -> None:
        """The disk does not take the last answers: nothing is closed or locked before somebody decides."""
        closing, self._closing, self._locking = self._closing, False, False
        from anifro_desktop.ui.messages import Dialog, sentence

        dialog = Dialog(
            self.tr("The last answers are not saved yet"),
            " ".join((sentence(error), self.tr("They are still on the screen."))),
            self,
        )
        if closing:
            dialog.add_act(self.tr("Close without these answers"), self._give_up)
        dialog.add_act(self.tr("Back to the answers"), self.shell.retry, main=True)
        dialog.open()

    def _give_up(self) -> None:
        self._closing = True
        self._close_now()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._open_site is None:
            self._tasks.close()
            for name in {"backup", "weekly"} & self.__dict__.keys():
                getattr(self, name).close()
            event.accept()
            return
        event.ignore()
        if not self._closing:
            self._closing = True
            if self.shell is None:
                self._close_now()
            else:
                self.shell.settle(self._close_now, self._not_saved)

    def _close_now(self) -> None:
        self._leave_site()
        # Not at once: this may run inside the very event that asked to close, and Qt closes no window twice.
        QTimer.singleShot(0, self.close)
