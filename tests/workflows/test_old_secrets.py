"""What a thief opens who knows an old passphrase, or found an old recovery sheet, and kept the key files of then: after
the passphrase was changed and the keys renewed, or a new sheet made, nothing that is written from then on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from study_parts import DAY_0, PASSPHRASE, PERSON, TestClock, enrol, fill, open_site

from anifro_desktop.store import sheet as sheets
from anifro_desktop.store.engine import open_engine
from anifro_desktop.store.errors import DatabaseDamaged, VaultDamaged
from anifro_desktop.store.passphrase import kek
from anifro_desktop.store.signed import signatures
from anifro_desktop.store.slots import Keys, UserSecrets, read_table
from anifro_desktop.store.vault import FILE, FLOOR, opened
from anifro_desktop.workflows import checking, people, visits
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site

OTHER = "copper window slate harbour moss"
REASON = "seen on a note"


@dataclass(slots=True)
class Thief:
    """Whoever copies the key file each time it can be copied, and never forgets a secret."""

    files: list[bytes] = field(default_factory=list)
    secrets: list[UserSecrets] = field(default_factory=list)

    def copies(self, folder: Path) -> None:
        self.files.append((folder / FILE).read_bytes())

    def reads(self, code: str, passphrase: str) -> None:
        """The person's own keys, from every copy that the passphrase opens."""
        for raw in self.files:
            table = read_table(raw)
            for slot in table.slots:
                if slot.user.code == code and slot.kdf is not None:
                    cipher = AESGCM(kek(passphrase, slot.kdf))
                    plain = cipher.decrypt(slot.nonce, slot.secrets, table.header(slot))
                    self.secrets.append(UserSecrets(plain[:32], plain[32:]))

    def keys(self, files: list[bytes]) -> list[Keys]:
        """All that the secrets open in some key files."""
        found = []
        for table in map(read_table, files):
            for slot in table.slots:
                for own in self.secrets:
                    try:
                        found.append(opened(table, slot, own))
                    except VaultDamaged:
                        continue
        return found

    def opens_nothing_new(self, folder: Path) -> bool:
        """Whether neither the present key file nor any database opens; the site is closed."""
        assert self.keys(self.files)  # it did open what was
        for keys in self.keys(self.files):
            for name, known in keys.databases.items():
                for key in known:
                    with pytest.raises(DatabaseDamaged):
                        open_engine(folder / f"{name}.db", key).dispose()
        return self.keys([(folder / FILE).read_bytes()]) == []


def test_an_old_passphrase_opens_nothing_after_it_was_changed_and_the_keys_renewed(site: Site) -> None:
    thief = Thief()
    thief.copies(site.folder)
    thief.reads(PERSON.code, PASSPHRASE)
    people.change_passphrase(site, PASSPHRASE, OTHER, cost=FLOOR)
    thief.copies(site.folder)
    people.renew_keys(site, REASON)
    assert checking.verify(site) == []
    site.close()
    assert thief.opens_nothing_new(site.folder)


@pytest.mark.parametrize("how", ["chosen by the person", "reset by the administrator"])
def test_the_passphrase_of_somebody_else_is_cured_in_the_same_way(
    site: Site, clock: TestClock, how: str
) -> None:
    people.add(site, Person("U02", "Nadia Finta", ("monitor",)), PASSPHRASE, temporary=False, cost=FLOOR)
    folder, thief = site.folder, Thief()
    thief.copies(folder)
    thief.reads("U02", PASSPHRASE)
    if how == "chosen by the person":
        site.close()
        own = open_site(folder, clock, "U02")
        people.change_passphrase(own, PASSPHRASE, OTHER, cost=FLOOR)
        own.close()
        site = open_site(folder, clock)
    else:
        people.reset(site, "U02", OTHER, REASON, cost=FLOOR)
    thief.copies(folder)
    people.renew_keys(site, REASON)
    assert checking.verify(site) == []
    site.close()
    assert thief.opens_nothing_new(folder)


def test_a_new_sheet_ends_the_one_before(site: Site) -> None:
    made, thief = people.make_sheet(site), Thief()
    thief.copies(site.folder)
    secret = sheets.typed(" ".join(" ".join(row) for row in made.rows))
    thief.secrets.append(sheets.open_with(site.folder, secret).secrets)
    people.sheet_shown(site, people.make_sheet(site).number)
    assert checking.verify(site) == []
    told = [one.act for one in people.history(site)]
    assert told == ["sheet_made", "sheet_made", "sheet_shown", "keys_renewed"]
    site.close()
    assert thief.opens_nothing_new(site.folder)


def test_the_administrator_who_gave_the_first_passphrase_does_not_know_the_keys_that_the_person_signs_with(
    site: Site, clock: TestClock
) -> None:
    people.add(site, Person("U02", "Ugo Finto", ("investigator",)), PASSPHRASE, cost=FLOOR)
    folder, thief = site.folder, Thief()
    thief.copies(folder)
    thief.reads("U02", PASSPHRASE)
    site.close()
    own = open_site(folder, clock, "U02")
    people.change_passphrase(own, PASSPHRASE, OTHER, cost=FLOOR)
    assert own.keys.secrets not in thief.secrets
    own.close()


def test_what_was_signed_with_the_keys_of_before_still_holds(site: Site, clock: TestClock) -> None:
    subject, folder = enrol(site), site.folder
    people.add(site, Person("U02", "Ugo Finto", ("investigator",)), PASSPHRASE, temporary=False, cost=FLOOR)
    site.close()
    own = open_site(folder, clock, "U02")
    visit = fill(own, subject, "baseline", DAY_0)
    visits.sign(own, visit, "responsible", PASSPHRASE)
    before = signatures(own.clinical, subject, "baseline")
    people.change_passphrase(own, PASSPHRASE, OTHER, cost=FLOOR)
    visits.amend(own, visit, 1)
    visits.sign(own, visit, "responsible", OTHER)
    own.close()
    site = open_site(folder, clock)
    after = signatures(site.clinical, subject, "baseline")
    assert before
    assert len(after) >= len(before)
    assert all(one.holds for one in after)
    assert checking.verify(site) == []
    site.close()
