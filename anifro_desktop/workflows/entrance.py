"""The door of a site: whether there is one, and who may unlock it. Imports neither ciphers nor the database, since the
unlock screen waits for it."""

from __future__ import annotations

from pathlib import Path

from anifro_desktop.store import doorplate
from anifro_desktop.workflows.facts import Person


def exists(folder: Path) -> bool:
    """Whether there is a site in the folder."""
    return doorplate.exists(folder)


def people(folder: Path) -> list[Person]:
    """Who may unlock; no passphrase is needed.

    Raises:
        VaultMissing: no key file. VaultDamaged: neither it nor its copy can be read.
    """
    return [Person(user.code, user.name, user.roles) for user in doorplate.users(folder)]
