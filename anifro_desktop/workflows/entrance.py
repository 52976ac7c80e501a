"""The door of a site: whether there is one, and who may unlock it. Imports neither ciphers nor the database, since the
unlock screen waits for it.

A restore that was interrupted while it moved files is finished here, before anybody looks.
"""

from __future__ import annotations

from pathlib import Path

from anifro_desktop.store import doorplate, swap
from anifro_desktop.workflows.facts import Person


def exists(folder: Path) -> bool:
    """Whether there is a site in the folder, whole or not: databases without a key file are one that needs mending.

    Raises:
        OtherInstance, RestoreStuck, CannotWrite: a restore was interrupted and cannot be finished now.
    """
    _finish_restore(folder)
    return doorplate.exists(folder) or doorplate.bereft(folder)


def people(folder: Path) -> list[Person]:
    """Who may unlock; no passphrase is needed.

    Raises:
        VaultMissing: no key file. VaultDamaged: neither it nor its copy can be read. As `exists`.
    """
    _finish_restore(folder)
    return [Person(user.code, user.name, user.roles) for user in doorplate.users(folder)]


def _finish_restore(folder: Path) -> None:
    if swap.pending(folder):
        from anifro_desktop.store.instance import InstanceLock

        with InstanceLock(folder):
            swap.finish(folder)
