"""A site with people of every role, opened as one of them after the other, for the tests of forgeries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from study_parts import DAY_0, PASSPHRASE, TestClock, fill

from anifro_desktop.store.passphrase import kek
from anifro_desktop.store.slots import UserSecrets, read_table
from anifro_desktop.store.vault import FILE
from anifro_desktop.workflows import checking, visits
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site, unlock

NURSE = Person("U02", "Nadia Finta", ("data_entry",))
MONITOR = Person("U03", "Mona Finta", ("monitor",))
ADMIN = Person("U04", "Aldo Finto", ("site_admin",))
CLERK = Person("U05", "Carla Finta", ("site_admin", "data_entry"))
OTHER, ONE_TIME = "copper window slate harbour moss", "temporary horse battery staple"
LATER = DAY_0.replace(month=9)


@dataclass(slots=True)
class Opener:
    """Opens the site as somebody, and closes it as whoever was before."""

    folder: Path
    clock: TestClock
    site: Site | None = None

    def __call__(self, code: str, passphrase: str = PASSPHRASE) -> Site:
        self.close()
        self.site = unlock(self.folder, code, passphrase, self.clock)
        return self.site

    def close(self) -> None:
        if self.site is not None:
            self.site.close()
            self.site = None


def codes(site: Site) -> set[str]:
    return {one.code for one in checking.verify(site)}


def completed(site: Site, subject: str) -> None:
    visits.complete(site, fill(site, subject, "m06", LATER, 1))


def one_time_seed(folder: Path, code: str) -> bytes:
    """What an administrator opens with the passphrase just given to somebody."""
    table = read_table((folder / FILE).read_bytes())
    slot = table.slot(code)
    assert slot is not None
    assert slot.kdf is not None
    plain = AESGCM(kek(ONE_TIME, slot.kdf)).decrypt(slot.nonce, slot.secrets, table.header(slot))
    return UserSecrets(plain[:32], plain[32:]).signing_seed
