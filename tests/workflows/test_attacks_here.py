"""Attacks on a site by whoever may write to the folder between it and the centre: made-up, altered, old and misdirected
answers. The site believes none of them, says so in one sentence, and what it sends again is what it sealed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from study_parts import (
    DAY_0,
    Pisa,
    TestClock,
    dump,
    enrol,
    make_site,
    opened_site,
    setup,
    signed,
    someone,
)

from anifro_desktop.crypto import hybrid
from anifro_desktop.errors import Refusal
from anifro_desktop.sync.bundle import MAX_FILE, file_hash, peek_header
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.query import seal_queries
from anifro_desktop.sync.receipt import Item
from anifro_desktop.thread import Act, Query, thread
from anifro_desktop.workflows import receiving, sending
from anifro_desktop.workflows.exchange_errors import SendingLocked
from anifro_desktop.workflows.site import Site


@dataclass
class Front:
    """The folder with a bundle of the site in it, and what the attacker has: another centre, and another site that
    works with the true one."""

    site: Site
    pisa: Pisa
    folder: Path
    sent: Path
    other: Site
    own: Pisa

    def put(self, data: bytes, name: str = "") -> None:
        path = self.folder / (name or bundle_name(peek_header(data), file_hash(data)))
        path.write_bytes(data)


ATTACKS: dict[str, Callable[[Front], None]] = {}


def attack(act: Callable[[Front], None]) -> Callable[[Front], None]:
    """Put an attack into the list, under its name."""
    ATTACKS[act.__name__] = act
    return act


@attack
def a_receipt_is_made_up(front: Front) -> None:
    name, data = front.own.receipt(front.site)
    front.put(data, name)


@attack
def a_receipt_is_made_up_with_the_number_of_one_to_come(front: Front) -> None:
    front.own.rno, front.own.prev = 40, "ab" * 32
    name, data = front.own.receipt(front.site)
    front.put(data, name)


@attack
def a_receipt_says_more_after_it_was_altered(front: Front) -> None:
    name, data = front.pisa.receipt(front.site)
    altered = bytearray(data)
    altered[len(data) - 100] ^= 4
    front.put(bytes(altered), name)
    front.put(bytes(altered))


@attack
def a_receipt_is_cut_short(front: Front) -> None:
    name, data = front.pisa.receipt(front.site)
    front.put(data[: len(data) // 2], name)
    front.put(data[:-1], f"{name}.part")


@attack
def the_receipt_of_another_site_has_our_name(front: Front) -> None:
    _, data = front.pisa.receipt(front.other, items=(), acked_to=0)
    card = front.site.card()
    front.put(
        data, bundle_name(replace(peek_header(data), site=card.site, writer=card.writer), file_hash(data))
    )


@attack
def the_bundle_of_the_site_comes_back_as_a_receipt(front: Front) -> None:
    data = front.sent.read_bytes()
    front.put(data, bundle_name(replace(peek_header(data), type="receipt"), file_hash(data)))


@attack
def a_question_is_made_up(front: Front) -> None:
    card = front.site.card()
    header = replace(peek_header(front.own.receipt(front.site)[1]), type="query", seq=1)
    one = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    act = Act(one, one, 1, "raise", "Who is she?", "C01", "2026-11-23T10:00:00Z")
    asked = [thread(Query(one, f"{card.site}-8C2M-0", "other"), [act])]
    front.put(seal_queries(header, asked, front.own.sign, card.seal))


@attack
def a_receipt_is_sealed_for_somebody_else(front: Front) -> None:
    from anifro_desktop.sync.receipt import Receipt, seal_receipt

    card = front.site.card()
    told = Receipt("NCT07215754", card.site, card.writer, 1, 1, 1, (), (), "2026-11-23T10:00:00Z", 1)
    front.put(seal_receipt(told, front.pisa.sign, hybrid.public_bytes(hybrid.new_seed()), prev="0" * 64))


@attack
def keys_of_another_centre_lie_beside_the_receipts(front: Front) -> None:
    (front.folder / "centre-NCT07215754-v2.keyset.json").write_bytes(front.own.keyset)


@attack
def a_link_a_pipe_and_a_folder_have_the_names_of_receipts(front: Front) -> None:
    header = peek_header(front.pisa.receipt(front.site)[1])
    (front.folder / bundle_name(header, "ab" * 32)).symlink_to(front.site.folder / "keyslots.json")
    os.mkfifo(front.folder / bundle_name(header, "cd" * 32))
    (front.folder / bundle_name(header, "ef" * 32)).mkdir()


@attack
def a_receipt_is_larger_than_any(front: Front) -> None:
    header = peek_header(front.pisa.receipt(front.site)[1])
    with (front.folder / bundle_name(header, "12" * 32)).open("wb") as file:
        file.truncate(MAX_FILE + 1)


@attack
def our_bundle_is_replaced_by_rubbish_of_its_name(front: Front) -> None:
    front.sent.write_bytes(b"\x89ANFB" * 100)


@attack
def our_bundle_is_taken_away_and_never_reaches_the_centre(front: Front) -> None:
    front.sent.unlink()


@pytest.fixture
def front(site: Site, pisa: Pisa, clock: TestClock, tmp_path: Path) -> Any:
    subject = enrol(site)
    signed(site, subject, "baseline", DAY_0)
    folder = tmp_path / "stick"
    folder.mkdir()
    sent = folder / sending.export(site, folder).name
    other = opened_site(make_site(tmp_path / "other", setup(pisa.keyset, pisa.fingerprint, "P04")), clock)
    yield Front(site, pisa, folder, sent, other, Pisa())
    other.close()


@pytest.mark.parametrize("name", ATTACKS)
def test_a_site_believes_no_answer_that_the_centre_did_not_give(front: Front, name: str) -> None:
    whole, before = front.sent.read_bytes(), dump(front.site)
    number = front.pisa.rno
    ATTACKS[name](front)
    with suppress(Refusal):
        assert receiving.receive(front.site, front.folder) == []
    assert dump(front.site) == before
    sending.resend(front.site, 1, front.folder)
    assert front.sent.read_bytes() == whole
    front.pisa.rno, front.pisa.prev = number, "0" * 64
    for path in front.folder.iterdir():
        if path != front.sent and not path.is_dir():
            path.unlink()
    genuine, data = front.pisa.receipt(front.site)
    front.put(data, genuine)
    assert [item.acked_to for item in receiving.receive(front.site, front.folder)] == [1]


def test_old_receipts_come_again_and_take_nothing_back(front: Front) -> None:
    first = front.pisa.receipt(front.site)
    front.put(first[1], first[0])
    receiving.receive(front.site, front.folder)
    signed(front.site, enrol(front.site, someone(2)), "baseline", DAY_0)
    sending.export(front.site, front.folder)
    second = front.pisa.receipt(front.site)
    front.put(second[1], second[0])
    receiving.receive(front.site, front.folder)
    before = dump(front.site)
    again = front.folder.parent / "again"
    again.mkdir()
    (again / first[0]).write_bytes(first[1])
    with suppress(Refusal):
        receiving.receive(front.site, again)
    assert dump(front.site) == before
    assert {bundle.state for bundle in sending.sent(front.site)} == {"merged"}


def test_a_receipt_of_before_a_restore_says_nothing_of_what_was_sent_since(front: Front) -> None:
    """It is the centre's own, of an epoch that was left."""
    old = front.pisa.receipt(front.site, items=(Item(1, file_hash(front.sent.read_bytes()), "accepted"),))
    knows_more = front.pisa.receipt(front.site, acked_to=2, items=())
    front.put(knows_more[1], knows_more[0])
    with pytest.raises(SendingLocked):  # as after a restore: the centre knows a bundle that is not here
        receiving.receive(front.site, front.folder)
    sending.start_anew(front.site, "the computer was replaced")
    sending.export(front.site, front.folder)
    front.put(old[1], old[0])
    receiving.receive(front.site, front.folder)
    assert sending.sent(front.site)[-1].state == "sent"  # not "received", nor "merged"
