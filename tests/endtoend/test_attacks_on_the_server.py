"""Attacks by somebody who may write to the server's folder as the sites and the centre do: he has every file that went
through it and every public key, may rename, cut, link and replace what lies there, and has no key of theirs.

Each is tried on a WebDAV and on an SFTP server, with the next honest bundle caught on its way. Centre and site then
fetch what is there: neither's data change by it. Then the honest bundle goes through, where the attack is in its way
after the server's administrator cleared the folder, and the counts agree.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import running
from authority import HOST, Authority
from study_parts import DAY_0, Pisa, dump, enrol, opened_site, someone, type_in
from whole_study import Study

from anifro_desktop.centre.fetching import Fetching
from anifro_desktop.centre.ingesting import Outcome, ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.putting import Outlet
from anifro_desktop.centre.receipts import write_receipts
from anifro_desktop.errors import Refusal
from anifro_desktop.store.clock import SystemClock
from anifro_desktop.sync import connection
from anifro_desktop.sync.bundle import MAX_FILE, file_hash, peek_header
from anifro_desktop.sync.carrying import Carrier, Halt, carrier
from anifro_desktop.sync.connection import Connection
from anifro_desktop.sync.keysetfile import seal_keyset
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.outages import NotCarried
from anifro_desktop.sync.packfile import PackFile, pack_header, seal_pack
from anifro_desktop.sync.query import seal_queries
from anifro_desktop.thread import Act, Query, thread
from anifro_desktop.workflows import connecting, delivering, receiving, reconciling, sending, visits
from anifro_desktop.workflows.model import Received
from anifro_desktop.workflows.site import Site

SECRET = b"a file of the server that is none of the study"


@dataclass(frozen=True)
class Server:
    """A server, and how it is reached."""

    folder: Path
    connection: Connection


@dataclass(frozen=True)
class Way:
    """What went through: a bundle of each of two sites, with their receipts; `coming` is the next of the first."""

    study: Study
    sent: dict[str, bytes]
    receipts: dict[str, bytes]
    coming: bytes


@dataclass
class Front:
    """What the attacker has, and those whom he attacks. outside: a folder of the server's beside the study's."""

    server: Server
    way: Way
    site: Site
    centre: Centre
    transport: Carrier
    own: Pisa = field(default_factory=Pisa)

    @property
    def folder(self) -> Path:
        return self.server.folder

    @property
    def outside(self) -> Path:
        return self.server.folder.parent / "outside"

    @property
    def name(self) -> str:
        """Of the honest bundle on its way."""
        return name_of(self.way.coming)

    def put(self, data: bytes, name: str = "") -> Path:
        path = self.folder / (name or name_of(data))
        path.write_bytes(data)
        return path

    def named(self, data: bytes, like: bytes, **changes: Any) -> str:
        """The name that another file would have if it held this."""
        return bundle_name(replace(peek_header(like), **changes), file_hash(data))

    def take_in(self) -> list[Outcome]:
        return ingest(self.centre, Fetching(self.transport).files(self.centre))

    def hear(self) -> list[Received]:
        found = connecting.fetch(
            self.transport,
            lambda name: receiving.is_mine(self.site, name),
            receiving.known_answers(self.site),
        )
        return receiving.receive(self.site, found) if found.files else []

    def send(self) -> None:
        place = self.server.connection.place
        sending.resend(self.site, 2, delivering.Way(place.kind, place.host, self.transport))


def name_of(data: bytes) -> str:
    return bundle_name(peek_header(data), file_hash(data))


ATTACKS: dict[str, Callable[[Front], None]] = {}
IN_THE_WAY = {  # of the honest bundle, until somebody clears the folder
    "a_folder_has_the_name_of_a_bundle",
    "a_folder_has_the_name_of_a_part",
    "a_link_has_the_name_of_a_part",
    "a_link_leads_a_bundle_out_of_the_folder",
}


def attack(act: Callable[[Front], None]) -> Callable[[Front], None]:
    """Put an attack into the list, under its name."""
    ATTACKS[act.__name__] = act
    return act


@attack
def an_old_bundle_comes_under_the_next_number(front: Front) -> None:
    old = front.way.sent["P03"]
    front.put(old, front.named(old, front.way.coming))


@attack
def the_names_of_two_bundles_are_swapped(front: Front) -> None:
    front.put(front.way.coming, name_of(front.way.sent["P04"]))
    front.put(front.way.sent["P04"], front.name)


@attack
def a_bundle_is_cut_in_half_where_it_lies(front: Front) -> None:
    front.put(front.way.coming[: len(front.way.coming) // 2], front.name)


@attack
def a_bundle_grows_beyond_measure(front: Front) -> None:
    with front.put(front.way.coming, front.name).open("r+b") as file:
        file.truncate(MAX_FILE + 1)


@attack
def a_bundle_and_a_receipt_are_many_gigabytes(front: Front) -> None:
    receipt = front.way.receipts["P03"]
    for name in (front.name, bundle_name(replace(peek_header(receipt), seq=2), "ab" * 32)):
        with (front.folder / name).open("wb") as file:
            file.truncate(64 << 30)


@attack
def an_old_bundle_is_renamed_over_the_next(front: Front) -> None:
    front.put(front.way.coming)
    front.put(front.way.sent["P03"]).rename(front.folder / front.name)


@attack
def the_bundle_of_another_site_has_our_name(front: Front) -> None:
    theirs = front.way.sent["P04"]
    front.put(theirs, front.named(theirs, front.way.coming))


@attack
def one_bit_is_turned_and_the_name_made_to_fit(front: Front) -> None:
    altered = bytearray(front.way.coming)
    altered[len(altered) // 2] ^= 1
    front.put(bytes(altered), front.named(bytes(altered), front.way.coming))


@attack
def a_link_leads_a_bundle_out_of_the_folder(front: Front) -> None:
    (front.folder / front.name).symlink_to(front.outside / "secret")


@attack
def a_link_has_the_name_of_a_part(front: Front) -> None:
    """What is uploaded would be written to where it leads."""
    (front.folder / f"{front.name}.part").symlink_to(front.outside / "new")


@attack
def a_folder_has_the_name_of_a_bundle(front: Front) -> None:
    (front.folder / front.name).mkdir()
    (front.folder / front.name / "inside").write_bytes(front.way.coming)


@attack
def a_folder_has_the_name_of_a_part(front: Front) -> None:
    (front.folder / f"{front.name}.part").mkdir()
    (front.folder / f"{front.name}.part" / "inside").write_bytes(b"x")


@attack
def another_file_waits_under_the_name_of_a_part(front: Front) -> None:
    front.put(front.way.sent["P04"] * 20, f"{front.name}.part")


@attack
def names_lead_out_of_the_folder(front: Front) -> None:
    for name in (
        "..%2f..%2fsecret.anfb",
        "%2e%2e",
        "..;.anfb",
        "a\nb.anfb",
        "NCT07215754-P03-%00.anfb",
        "&lt;.anfb",
    ):
        front.put(front.way.coming, name)


@attack
def an_old_receipt_comes_as_a_new_one(front: Front) -> None:
    old = front.way.receipts["P03"]
    for seq in (2, 40):
        front.put(old, front.named(old, old, seq=seq))


@attack
def the_receipt_of_another_site_has_our_name(front: Front) -> None:
    theirs = front.way.receipts["P04"]
    front.put(theirs, front.named(theirs, front.way.receipts["P03"], seq=2))


@attack
def a_receipt_is_cut_short_where_it_lies(front: Front) -> None:
    receipt = front.way.receipts["P03"]
    front.put(receipt[:-1], bundle_name(replace(peek_header(receipt), seq=2), "cd" * 32))


@attack
def a_receipt_of_another_centre_says_that_all_arrived(front: Front) -> None:
    front.own.rno, front.own.prev = 2, "ab" * 32
    front.put(front.own.receipt(front.site)[1])


@attack
def a_version_of_the_forms_is_made_up(front: Front) -> None:
    card = front.site.card()
    files = {"pack.toml": "id = 'forged'", "rash.toml": "id = 'rash'"}
    pack = PackFile(1, "forged", "ab" * 32, "", "cd" * 32, {}, files)
    header = pack_header(pack, "NCT07215754", card.site, card.writer, "2026-11-23T10:00:00Z")
    front.put(seal_pack(header, pack, front.own.sign, card.seal))


@attack
def keys_of_another_centre_come_as_new_ones(front: Front) -> None:
    card, told = front.site.card(), peek_header(front.way.receipts["P03"])
    header = replace(told, type="keyset", seq=2, prev="ab" * 32)
    front.put(seal_keyset(header, front.own.keyset, front.own.sign, card.seal))


@attack
def a_question_is_made_up(front: Front) -> None:
    card, told = front.site.card(), peek_header(front.way.receipts["P03"])
    one = "00000000-0000-4000-8000-000000000000"
    act = Act(one, one, 1, "raise", "Who is she?", "C01", "2026-11-23T10:00:00Z")
    asked = [thread(Query(one, f"{card.site}-8C2M-0", "other"), [act])]
    front.put(seal_queries(replace(told, type="query"), asked, front.own.sign, card.seal))


@attack
def what_was_taken_in_and_read_is_taken_away(front: Front) -> None:
    for path in front.folder.iterdir():
        path.unlink()


@pytest.fixture(scope="module", params=["webdav", "sftp"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One of each kind for all attacks."""
    if request.param == "webdav":
        authority = Authority()
        with running.wsgidav(authority.issue()) as served:
            login = (running.USER, running.PASSWORD)
            yield Server(served.folder, connection.webdav(served.url, *login, authority=authority.pem))
        return
    key = running.ssh_key(tmp_path_factory.mktemp("keys"), "attacked")
    with running.sshd(key) as served:
        place = (HOST, running.me(), str(served.folder), served.host_key)
        yield Server(served.folder, connection.sftp(*place, port=served.port, key=key.read_bytes()))


@pytest.fixture(scope="module")
def went_through(study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> Way:
    """A patient of each of two sites at the centre and their receipts read; the next bundle of P03 is sealed."""
    study = study_template.copy(tmp_path_factory.mktemp("attacked") / "study")
    for code in ("P03", "P04"):
        with study.at_site(code) as site:
            enrol(site)
            sending.export(site, study.stick)
    with study.at_centre() as centre:
        assert {one.status for one in ingest(centre, [study.stick])} == {"accepted"}
        write_receipts(centre, study.stick)
    for code in ("P03", "P04"):
        with study.at_site(code) as site:
            receiving.receive(site, study.stick)
    with study.at_site() as site:
        opened = visits.open_visit(site, enrol(site, someone(2)), "baseline", DAY_0)
        type_in(site, opened, {"rash": 1})
        visits.complete(site, opened)
        visits.sign_confirmed(site, opened, "responsible")
        (row,) = sending.prepare(site)
        coming = site.clinical.bundle_bytes(row.epoch, row.seq)
    files = {path.name: path.read_bytes() for path in study.stick.iterdir()}
    kinds: dict[str, dict[str, bytes]] = {"data": {}, "receipt": {}}
    for data in files.values():
        header = peek_header(data)
        kinds[header.type][header.site] = data
    return Way(study, kinds["data"], kinds["receipt"], coming)


@pytest.fixture
def front(server: Server, went_through: Way, tmp_path: Path) -> Iterator[Front]:
    study = went_through.study.copy(tmp_path / "study")
    clear(server.folder)
    outside = server.folder.parent / "outside"
    shutil.rmtree(outside, ignore_errors=True)
    outside.mkdir()
    (outside / "secret").write_bytes(SECRET)
    for data in (*went_through.sent.values(), *went_through.receipts.values()):
        (server.folder / name_of(data)).write_bytes(data)
    with ExitStack() as stack:
        site, centre = opened_site(study.site(), SystemClock()), stack.enter_context(study.at_centre())
        stack.callback(site.close)
        transport = carrier(server.connection, Halt())
        stack.callback(transport.close)
        yield Front(server, went_through, site, centre, transport)
    clear(server.folder)


def clear(folder: Path) -> None:
    """As the administrator of a server does."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def data_of(centre: Centre) -> Any:
    """What counts: records as they were signed, who may send, and how far each chain has come."""
    store = centre.store
    chains = [
        (row.site, row.writer, row.epoch, row.next_seq, row.last_hash, row.frozen) for row in store.chains()
    ]
    return [row.revision.to_json() for row in store.revisions()], store.writers(), chains


@pytest.mark.parametrize("name", ATTACKS)
def test_nobody_believes_what_only_lies_on_the_server(front: Front, name: str) -> None:
    there, here = data_of(front.centre), dump(front.site)
    ATTACKS[name](front)
    assert not [one for one in front.take_in() if one.status == "accepted"]
    with suppress(Refusal):
        assert {one.state for one in front.hear()} <= {"refused", "repeated", "of_before"}
    assert data_of(front.centre) == there
    assert dump(front.site) == here
    assert (front.outside / "secret").read_bytes() == SECRET

    if name in IN_THE_WAY:
        with suppress(NotCarried):
            front.send()
        assert not [one for one in front.take_in() if one.status == "accepted"] or arrived(front)
        assert (front.outside / "secret").read_bytes() == SECRET
        clear(front.folder)
    front.send()
    assert (front.folder / front.name).read_bytes() == front.way.coming
    assert not (front.folder / front.name).is_symlink()
    assert arrived(front) or [one.name for one in front.take_in() if one.status == "accepted"] == [front.name]
    write_receipts(front.centre, Outlet(front.transport))
    front.hear()
    assert [one.state for one in sending.sent(front.site)] == ["merged", "merged"]
    assert reconciling.counts(front.site).agree


def arrived(front: Front) -> bool:
    """Whether the centre has the honest bundle, byte for byte."""
    return file_hash(front.way.coming) in {row.sha256 for row in front.centre.store.bundles(state="applied")}


def test_what_is_in_the_way_of_a_bundle_is_said_in_one_sentence(front: Front) -> None:
    """It is kept, and goes when the way is free."""
    ATTACKS["a_folder_has_the_name_of_a_part"](front)
    with pytest.raises(NotCarried) as caught:
        front.send()
    assert str(caught.value).endswith(".")
    assert (front.folder / f"{front.name}.part" / "inside").exists()
    assert [one.state for one in sending.sent(front.site)][-1] == "sealed"
