"""A site's connection: set up by an administrator, and told in the trail without what opens it."""

from __future__ import annotations

from pathlib import Path

import pytest
from study_parts import PASSPHRASE, TestClock, open_site

from anifro_desktop.store import archiving
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.store.verify import verify
from anifro_desktop.sync.carrying import Fetched
from anifro_desktop.sync.connection import webdav
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.outages import NotCarried
from anifro_desktop.workflows import connecting, people, receiving
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.exchange_errors import NoConnection
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site

MADE = webdav("https://files.example/study", "p03", "the secret word")


def test_it_is_kept_and_the_trail_tells_of_it_without_its_secret(site: Site) -> None:
    assert connecting.kept(site.clinical) is None
    with pytest.raises(NoConnection):
        connecting.needed(site.clinical)
    connecting.connect(site, MADE)
    assert connecting.kept(site.clinical) == MADE
    told = " ".join(str(one) for one in archiving.trail(site.clinical))
    assert "https://files.example/study/" in told
    assert "the secret word" not in told
    assert list(verify(site.clinical)) == []
    connecting.forget(site)
    assert connecting.kept(site.clinical) is None
    assert site.clinical.secret("connection") == b""
    with pytest.raises(NoConnection):
        connecting.forget(site)


class Listing(Fetched):
    """Files on a server, of which some cannot be had."""

    def get(self, name: str) -> bytes:
        if self.files[name] == b"damaged":
            raise DamagedCopy(name)
        if self.files[name] == b"gone":
            raise NotCarried("gone", "host")
        return self.files[name]


def names(*numbers: int) -> list[str]:
    return [f"NCT07215754-P03-00112233-r001-{one:08d}-{one:016x}.anfb" for one in numbers]


def test_only_what_is_new_is_fetched_and_one_bad_file_does_not_stop_the_others() -> None:
    first, second, third, fourth = names(1, 2, 3, 4)
    there = Listing({first: b"a", second: b"damaged", third: b"gone", fourth: b"d"})
    found = connecting.fetch(there, lambda _: True, [f"{1:016x}"])
    assert found.files == {fourth: b"d"}
    assert connecting.fetch(there, lambda name: name == first).files == {first: b"a"}
    with pytest.raises(DamagedCopy):
        connecting.fetch(there, lambda name: name == second)
    with pytest.raises(NotCarried):
        connecting.fetch(Silent(there.files), lambda _: True)


class Silent(Fetched):
    """A server that lists, and then does not answer."""

    def get(self, name: str) -> bytes:
        raise NotCarried("timeout", "host")


def test_whose_answers_are_fetched_is_told_by_their_names(site: Site) -> None:
    writer = site.keys.writer[:8]
    mine = f"NCT07215754-{site.code}-{writer}-r001-00000001-{'0' * 16}.anfb"
    assert receiving.is_mine(site, mine)
    for other in (
        mine.replace(site.code, "P99"),
        mine.replace(writer, "0" * 8),
        mine.replace("-r", "-e"),
        "x",
    ):
        assert not receiving.is_mine(site, other)


def test_only_an_administrator_sets_it_up(site_folder: Path, clock: TestClock) -> None:
    opened = open_site(site_folder, clock)
    people.add(opened, Person("U02", "Nadia Finta", ("data_entry",)), PASSPHRASE, temporary=False, cost=FLOOR)
    opened.close()
    other = open_site(site_folder, clock, "U02")
    try:
        with pytest.raises(NotYourRole, match="site administrator"):
            connecting.connect(other, MADE)
        with pytest.raises(NotYourRole):
            connecting.forget(other)
    finally:
        other.close()
