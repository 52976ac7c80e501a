"""What every page of an unlocked site is given: the site, the worker, and the ways to speak and to go elsewhere.

A page asks for work with `run`; the answer is dropped if the page has gone meanwhile, and a refusal nobody wanted to
word better is spoken by the shell. Pages never reach for one another: they emit, the shell decides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from anifro_desktop.ui.asking import ask_worker
from anifro_desktop.ui.preferences import Preferences
from anifro_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from anifro_desktop.ui.backing_up import DailyBackup
    from anifro_desktop.ui.exchange import Exchange
    from anifro_desktop.workflows.site import Site


class Desk(QObject):
    """One unlocked site as the pages see it. Lives from unlock to lock."""

    refused = Signal(Exception)  # a refusal that the page did not word itself
    changed = Signal()  # something was saved that lists and counts show
    preferences_wanted = Signal(object)  # a Preferences: take these from now on

    def __init__(
        self, site: Site, tasks: Tasks, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.site = site
        self.tasks = tasks
        self.preferences = preferences
        self.backup: DailyBackup | None = None  # what makes backups behind the open site
        self.exchange: Exchange | None = None  # what sends and fetches behind it

    @property
    def language(self) -> str:
        """`it` or `en`."""
        return self.preferences.language

    def run(
        self,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Do `work` on the worker, answer on the main thread while `owner` still exists."""
        ask_worker(self.tasks, owner, work, done, failed or self.refused.emit)
