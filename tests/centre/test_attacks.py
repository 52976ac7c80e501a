"""Attacks on what sites send, by somebody who knows the format, every public key and all that ever travelled, may write
whatever he likes to the folder between site and centre, and has no key of theirs; and by a registered site on another.

Each puts files into the folder. Then the centre takes the folder in: the data are what the sites sent and nothing else,
whatever was refused left no line in the trail, and the next honest bundle goes through.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from centre_builders import course, enrolment, revision
from centre_sites import SyntheticSite

from anifro_desktop.centre.errors import FingerprintDiffers
from anifro_desktop.centre.ingesting import Outcome, ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.centre.registering import register
from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.record import Json, Revision
from anifro_desktop.sync import frame
from anifro_desktop.sync.bundle import (
    MAGIC,
    MAX_FILE,
    Header,
    file_hash,
    kid,
    peek_header,
    seal_bundle,
)
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.query import seal_queries
from anifro_desktop.sync.receipt import Receipt, seal_receipt
from anifro_desktop.sync.records import AuditHead, Record, data_lines
from anifro_desktop.thread import Act, Query, thread

CODE, OTHER = "P03-7KQF-4", "P07-8C2M-N"
PREFIX = struct.Struct(">8sBBHI")


@dataclass
class Front:
    """What the attacker has: the folder, all that went through it, public keys; and keys of his own."""

    folder: Path
    centre: Centre
    site: SyntheticSite
    neighbour: SyntheticSite
    sent: list[bytes]
    coming: bytes  # the next honest bundle, caught on its way
    own: SyntheticSite = field(default_factory=lambda: SyntheticSite("P03"))

    def put(self, data: bytes, name: str = "") -> None:
        """A file in the folder, under the name that fits it if no other is given."""
        (self.folder / (name or bundle_name(peek_header(data), file_hash(data)))).write_bytes(data)

    def lines(self, header: Header, revisions: list[Revision]) -> list[Any]:
        records = [Record(item) for item in revisions]
        return list(data_lines(header, records, audit=AuditHead(1, "ab" * 32), app="0.1.0"))

    def next_header(self, **more: Any) -> Header:
        return self.site.header(seq=2, prev=file_hash(self.sent[0]), **more)


ATTACKS: dict[str, Callable[[Front], None]] = {}


def attack(act: Callable[[Front], None]) -> Callable[[Front], None]:
    """Put an attack into the list, under its name."""
    ATTACKS[act.__name__] = act
    return act


def _apart(data: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """First bytes, header, sealed content, signature."""
    _, _, _, header, length = PREFIX.unpack_from(data)
    head, body = PREFIX.size, PREFIX.size + header
    return data[:head], data[head:body], data[body : body + length], data[body + length :]


# Altered on the way


@attack
def one_bit_of_the_sealed_content_is_turned(front: Front) -> None:
    data = bytearray(front.coming)
    data[len(data) // 2] ^= 1
    front.put(bytes(data))


@attack
def the_time_in_the_header_is_changed(front: Front) -> None:
    front.put(front.coming.replace(b'"created":"2026-11-23', b'"created":"2026-11-24'))


@attack
def the_header_of_one_bundle_stands_before_the_content_of_another(front: Front) -> None:
    first, header, _, _ = _apart(front.coming)
    _, _, content, signature = _apart(front.sent[0])
    magic, version, suite, length, _ = PREFIX.unpack(first)
    front.put(PREFIX.pack(magic, version, suite, length, len(content)) + header + content + signature)


@attack
def the_signature_of_one_bundle_closes_another(front: Front) -> None:
    first, header, content, _ = _apart(front.coming)
    front.put(first + header + content + _apart(front.sent[0])[3])


@attack
def a_caught_bundle_is_signed_again_with_the_attackers_key_under_the_sites_name(front: Front) -> None:
    first, header, content, _ = _apart(front.coming)
    message = b"anifro/sig/v1\0" + hashlib.sha512(first + header + content).digest()
    front.put(first + header + content + signing.sign(front.own.sign_seed, message))


@attack
def a_caught_bundle_is_signed_again_and_names_the_attackers_key(front: Front) -> None:
    first, header, content, _ = _apart(front.coming)
    old = kid(signing.public_bytes(front.site.sign_seed)).encode()
    header = header.replace(old, kid(signing.public_bytes(front.own.sign_seed)).encode())
    message = b"anifro/sig/v1\0" + hashlib.sha512(first + header + content).digest()
    front.put(first + header + content + signing.sign(front.own.sign_seed, message))


@attack
def a_bundle_is_cut_short(front: Front) -> None:
    name = bundle_name(peek_header(front.coming), file_hash(front.coming))
    front.put(front.coming[:-1], name)


@attack
def something_hangs_behind_a_bundle(front: Front) -> None:
    name = bundle_name(peek_header(front.coming), file_hash(front.coming))
    front.put(front.coming + front.sent[0], name)


# Made up


@attack
def a_bundle_is_made_up_in_the_name_of_the_site(front: Front) -> None:
    forger = replace(front.own, writer=front.site.writer, seq=2, prev=file_hash(front.sent[0]))
    front.put(forger.bundle(front.centre.keyset, course(CODE)))


@attack
def a_bundle_is_made_up_in_the_name_of_an_unknown_computer_of_the_site(front: Front) -> None:
    front.put(front.own.bundle(front.centre.keyset, course(CODE)))


@attack
def the_weaker_cipher_is_claimed(front: Front) -> None:
    header = front.next_header()
    public = hybrid.public_bytes(hybrid.new_seed(), 1)
    front.put(seal_bundle(header, front.lines(header, course(CODE)), front.own.sign_seed, public, 1))


@attack
def the_cipher_of_a_caught_bundle_is_said_to_be_the_weaker_one(front: Front) -> None:
    first, header, content, signature = _apart(front.coming)
    magic, version, _, length, size = PREFIX.unpack(first)
    front.put(PREFIX.pack(magic, version, 1, length, size) + header + content + signature)


@attack
def the_card_of_the_attacker_lies_beside_the_bundles(front: Front) -> None:
    """Registering asks for the fingerprint that the site reads out."""
    (front.folder / "card-P03-forged.anfk").write_bytes(front.own.card_bytes)
    front.put(front.own.bundle(front.centre.keyset, course(CODE)))
    with pytest.raises(FingerprintDiffers):
        register(front.centre, front.own.card_bytes, front.site.card.fingerprint)


@attack
def a_receipt_of_the_centre_is_sent_back_as_data(front: Front) -> None:
    card = front.site.card
    receipt = Receipt("NCT07215754", "P03", card.writer, 1, 1, 1, (), (), "2026-11-23T10:00:00Z", 1)
    data = seal_receipt(receipt, front.own.sign_seed, front.centre.keyset.seal, prev="0" * 64)
    name = bundle_name(replace(peek_header(data), type="data"), file_hash(data))
    front.put(data)
    front.put(data, name)


@attack
def a_question_is_sent_to_the_centre_as_data(front: Front) -> None:
    header = front.next_header(type="query")
    one = "0" * 8 + "-0000-0000-0000-" + "0" * 12
    asked = thread(Query(one, CODE, "other"), [Act(one, one, 1, "raise", "?", "C01", "2026-11-23T10:00:00Z")])
    front.put(seal_queries(header, [asked], front.own.sign_seed, front.centre.keyset.seal))


# Sent at another time, in another order, in another place


@attack
def an_old_bundle_comes_again(front: Front) -> None:
    front.put(front.sent[0])


@attack
def an_old_bundle_comes_again_under_the_next_number(front: Front) -> None:
    header = peek_header(front.sent[0])
    front.put(front.sent[0], bundle_name(replace(header, seq=2), file_hash(front.sent[0])))


@attack
def the_bundle_of_one_site_has_the_name_of_another(front: Front) -> None:
    header = peek_header(front.sent[1])
    name = bundle_name(replace(header, site="P03", writer=front.site.writer), file_hash(front.sent[1]))
    front.put(front.sent[1], name)


@attack
def a_later_bundle_comes_before_the_one_that_is_kept_from_the_centre(front: Front) -> None:
    """It is held, and nothing of it counts before the missing one has come."""
    ahead = replace(front.site, seq=3, prev=file_hash(front.coming))
    front.put(ahead.bundle(front.centre.keyset, [revision(CODE, "m12", "phga", {"phga": "2"}, 365)]))


# Against the reader


@attack
def lengths_promise_more_than_there_is(front: Front) -> None:
    first, header, content, signature = _apart(front.coming)
    magic, version, suite, _, _ = PREFIX.unpack(first)
    for number, lengths in enumerate(
        ((0xFFFF, len(content)), (len(header), 0xFFFFFFFF), (0, 0), (len(header), 0))
    ):
        data = PREFIX.pack(magic, version, suite, *lengths) + header + content + signature
        front.put(data, bundle_name(replace(peek_header(front.coming), seq=number + 5), file_hash(data)))


@attack
def a_bomb_that_unpacks_to_gigabytes_is_behind_a_good_looking_header(front: Front) -> None:
    packed = zlib.compress(b"\0" * (64 << 20))
    plain = struct.pack(">BII", 1, (64 << 20), len(packed)) + packed
    text = front.next_header(
        sig_kid=kid(signing.public_bytes(front.site.sign_seed)), enc_kid=kid(front.centre.keyset.seal)
    ).to_bytes()
    size = len(plain) + hybrid.OVERHEAD[2]
    bound = PREFIX.pack(MAGIC, 1, 2, len(text), size) + text
    info = b"anifro/hpke/v1\0" + hashlib.sha256(bound).digest()
    unsigned = bound + hybrid.seal(front.centre.keyset.seal, info, plain, 2)
    front.put(unsigned + bytes(64))


@attack
def the_header_names_the_same_thing_twice(front: Front) -> None:
    first, header, content, signature = _apart(front.coming)
    twice = header.replace(b'"site":"P03"', b'"site":"P07","site":"P03"')
    magic, version, suite, _, size = PREFIX.unpack(first)
    data = PREFIX.pack(magic, version, suite, len(twice), size) + twice + content + signature
    front.put(data, bundle_name(peek_header(front.coming), file_hash(data)))


@attack
def a_file_is_larger_than_any_bundle(front: Front) -> None:
    name = bundle_name(peek_header(front.coming), "ab" * 32)
    with (front.folder / name).open("wb") as file:
        file.truncate(MAX_FILE + 1)


# With the folder itself


@attack
def names_lead_out_of_the_folder(front: Front) -> None:
    for name in (
        "..anfb",
        "~root.anfb",
        "NCT07215754-P03-%2e%2e%2f.anfb",
        "-rf.anfb",
        "a\nb.anfb",
        "ｂundle.anfb",
    ):
        (front.folder / name).write_bytes(front.coming)


@attack
def a_link_has_the_name_of_a_bundle(front: Front) -> None:
    target = front.folder.parent / "elsewhere"
    target.write_bytes(front.own.bundle(front.centre.keyset, course(CODE)))
    name = bundle_name(peek_header(target.read_bytes()), file_hash(target.read_bytes()))
    (front.folder / name).symlink_to(target)


@attack
def a_pipe_or_a_folder_has_the_name_of_a_bundle(front: Front) -> None:
    header = peek_header(front.coming)
    os.mkfifo(front.folder / bundle_name(header, "cd" * 32))
    (front.folder / bundle_name(header, "ef" * 32)).mkdir()


@attack
def the_folder_is_flooded_with_rubbish(front: Front) -> None:
    """The quarantine takes no more than it may, and honest bundles still go through."""
    for number in range(1_200):
        junk = bytearray(front.coming[:400])
        junk[20:24] = number.to_bytes(4, "big")
        header = peek_header(front.coming)
        front.put(bytes(junk), bundle_name(replace(header, seq=number + 5), file_hash(bytes(junk))))


# A registered site that turns against another


@attack
def a_site_signs_in_the_name_of_another(front: Front) -> None:
    header = front.next_header()
    front.put(front.neighbour.seal(front.centre.keyset, header, front.lines(header, course(CODE))))


@attack
def a_site_sends_records_of_a_patient_of_another(front: Front) -> None:
    front.put(front.neighbour.raw_bundle(front.centre.keyset, [Record(item).line() for item in course(CODE)]))


@attack
def a_site_takes_over_the_record_of_another_by_its_number(front: Front) -> None:
    stolen = [replace(enrolment(CODE), subject=OTHER, ver=9, prev="ab" * 32, why="2")]
    front.put(front.neighbour.bundle(front.centre.keyset, stolen))


@attack
def a_site_puts_a_bomb_into_its_own_seal(front: Front) -> None:
    """Signed and sealed by a real site: the reader still stops one byte past what was announced."""
    packed = zlib.compress(b"\0" * (65 << 20))
    plain = struct.pack(">BII", 1, 1 << 20, len(packed)) + packed
    front.put(_sealed(front, plain))


@attack
def a_site_nests_its_lines_a_thousand_deep(front: Front) -> None:
    raw = b'{"a":' * 1000 + b"1" + b"}" * 1000 + b"\n"
    front.put(_sealed(front, frame.pack(raw)))


@attack
def a_site_claims_a_second_signature_for_which_it_has_no_key(front: Front) -> None:
    header = front.neighbour.header(seq=2, prev=file_hash(front.sent[1]))
    lines = front.lines(header, [enrolment(OTHER)])
    seeds = {"mldsa_seed": signing.new_seed()}
    front.put(seal_bundle(header, lines, front.neighbour.sign_seed, front.centre.keyset.seal, 3, **seeds))


@attack
def a_site_leaves_a_gap_of_a_hundred_million_bundles(front: Front) -> None:
    far = replace(front.neighbour, seq=99_999_999, prev="ab" * 32)
    front.put(far.bundle(front.centre.keyset, [enrolment(OTHER)]))


@attack
def a_site_sends_under_the_name_of_a_computer_of_another(front: Front) -> None:
    made = replace(front.neighbour, writer=front.site.writer, seq=2, prev=file_hash(front.sent[0]))
    front.put(made.bundle(front.centre.keyset, [enrolment(OTHER)]))


@attack
def a_site_announces_keys_for_a_computer_of_another(front: Front) -> None:
    front.put(front.neighbour.announcing(front.centre.keyset, replace(front.own, writer=front.site.writer)))


def _sealed(front: Front, plain: bytes) -> bytes:
    """A neighbour's content, sealed and signed as it should be."""
    made = front.neighbour
    header = made.header(
        sig_kid=kid(signing.public_bytes(made.sign_seed)), enc_kid=kid(front.centre.keyset.seal)
    )
    text, size = header.to_bytes(), len(plain) + hybrid.OVERHEAD[2]
    bound = PREFIX.pack(MAGIC, 1, 2, len(text), size) + text
    unsigned = bound + hybrid.seal(
        front.centre.keyset.seal, b"anifro/hpke/v1\0" + hashlib.sha256(bound).digest(), plain, 2
    )
    return unsigned + signing.sign(made.sign_seed, b"anifro/sig/v1\0" + hashlib.sha512(unsigned).digest())


@pytest.fixture
def front(centre: Centre, site: SyntheticSite, tmp_path: Path) -> Front:
    """Two sites that have sent a bundle each; the next one of P03 was caught."""
    neighbour = SyntheticSite("P07")
    register(centre, neighbour.card_bytes, neighbour.card.fingerprint)
    sent = [
        site.bundle(centre.keyset, [enrolment(CODE)]),
        neighbour.bundle(centre.keyset, [enrolment(OTHER)]),
    ]
    assert {item.status for item in ingest(centre, sent)} == {"accepted"}
    coming = site.bundle(centre.keyset, course(CODE)[1:])
    folder = tmp_path / "stick"
    folder.mkdir()
    return Front(folder, centre, site, neighbour, sent, coming)


def data_of(centre: Centre) -> dict[str, Any]:
    """What counts: records as they were signed, and how far each chain has come."""
    store = centre.store
    rows: list[dict[str, Json]] = [row.revision.to_json() for row in store.revisions()]
    return {
        "writers": store.writers(),
        "revisions": rows,
        "chains": [(row.site, row.writer, row.epoch, row.next_seq, row.frozen) for row in store.chains()],
        "subjects": [(item.code, item.answers, item.visits) for item in all_subjects(centre)],
    }


# What a registered site did is answered and counted for that site alone: its chain goes on, its data are its own.
OWN_CHAIN = {
    "a_site_sends_records_of_a_patient_of_another",
    "a_site_takes_over_the_record_of_another_by_its_number",
}
# Of these it is a record of its own patient, beside that of the other, whatever its number.
OWN_RECORD = {"a_site_takes_over_the_record_of_another_by_its_number"}


def of_patient(data: dict[str, Any]) -> Any:
    """What there is of the patient of P03."""
    revisions = [row for row in data["revisions"] if row["subject"] == CODE]
    return revisions, [one for one in data["subjects"] if one[0] == CODE]


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_is_accepted_that_a_site_did_not_send(front: Front, name: str) -> None:
    before = data_of(front.centre)
    ATTACKS[name](front)
    outcomes: list[Outcome] = ingest(front.centre, [front.folder])
    after = data_of(front.centre)
    assert after["writers"] == before["writers"]
    assert of_patient(after) == of_patient(before)
    if name not in OWN_RECORD:
        assert after["revisions"] == before["revisions"]
        assert after["subjects"] == before["subjects"]
    ours = [row for row in after["chains"] if row[0] == "P03"]
    assert ours == [row for row in before["chains"] if row[0] == "P03"]
    if name not in OWN_CHAIN:
        assert after["chains"] == before["chains"]
        assert not any(item.status == "accepted" for item in outcomes)
    else:
        assert any(item.records for item in outcomes) == (name in OWN_RECORD)
    assert ingest(front.centre, [front.coming])[0].status == "accepted"


def test_there_are_as_many_attacks_as_the_page_names() -> None:
    assert len(ATTACKS) >= 25
