"""Between a locked site and the open one: an own passphrase, a new site's recovery sheet, a forgotten passphrase, a
backup that is put back.

Nothing of the site is seen before these pages are passed. They are imported when they are needed, which is seldom.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from anifro_desktop.ui.desk import Desk
    from anifro_desktop.ui.people.recover import RecoverPage
    from anifro_desktop.ui.restore_page import RestorePage
    from anifro_desktop.ui.tasks import Tasks

Act = Callable[[], object]


def cross(desk: Desk, given: str, new: bool, show: Callable[[QWidget], object], lock: Act, then: Act) -> None:
    """Show what comes before the site is seen, then `then`.

    Args:
        given: the passphrase for this one unlocking, if it was one.
        new: whether the site was made just now.
        show: shows a page in place of the one before.
    """
    if given:
        from anifro_desktop.ui.people.own import OwnPassphrase

        own = OwnPassphrase(desk, given)
        own.chosen.connect(lambda: cross(desk, "", new, show, lock, then))
        own.lock_wanted.connect(lock)
        _show(own, desk, show)
    elif new and desk.site.may("site_admin"):
        from anifro_desktop.ui.people.sheet_page import FirstSheet

        sheet = FirstSheet(desk)
        sheet.done.connect(then)
        _show(sheet, desk, show)
    else:
        then()


def _show(page: Any, desk: Desk, show: Callable[[QWidget], object]) -> None:
    desk.setParent(page)
    show(page)
    page.first_focus()


def recover_page(folder: Path, clock: Any, tasks: Tasks, language: str) -> RecoverPage:
    """The page for a forgotten passphrase.

    Raises:
        VaultMissing, VaultDamaged: there is no key file to read.
    """
    from anifro_desktop.ui.people.recover import RecoverPage
    from anifro_desktop.workflows import people, recovery

    def recover(typed: str, code: str, passphrase: str) -> None:
        people.recover(folder, typed, code, passphrase, clock)

    return RecoverPage(people.administrators(folder), recovery.sheet_number(folder), recover, tasks, language)


def restore_page(folder: Path, clock: Any, tasks: Tasks, language: str) -> RestorePage:
    """The page that puts a backup back into a data folder, with a site in it or without.

    Raises:
        OtherInstance, RestoreStuck, CannotWrite: an earlier restore was interrupted and cannot be finished now.
    """
    from anifro_desktop.ui.restore_page import RestorePage
    from anifro_desktop.workflows import backups, entrance, restoring

    def restore(
        backup: Path, user: str, passphrase: str, sheet: str, step: restoring.Step
    ) -> restoring.Restored:
        return restoring.restore(
            folder, backup, clock, user=user, passphrase=passphrase, sheet=sheet, step=step
        )

    return RestorePage(entrance.exists(folder), folder / backups.FOLDER, restore, tasks, language)
