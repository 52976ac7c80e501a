"""Files signed with keys of the centre that this computer never had, or has no more: what is said of them, and that a
renewal it was enrolled after is no news."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from study_parts import DAY_0, STUDY, Pisa, enrol, signed

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.sync.bundle import file_hash
from anifro_desktop.sync.header import Header
from anifro_desktop.sync.keyset import make_keyset
from anifro_desktop.sync.keysetfile import seal_keyset
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.workflows import centre_keys, receiving, sending
from anifro_desktop.workflows.exchange_errors import UnknownCentreKeys
from anifro_desktop.workflows.site import Site


def renewed(pisa: Pisa, version: int, sign: bytes) -> bytes:
    """A later keyset of the same root, whose signing key is another."""
    return make_keyset(
        study=STUDY,
        version=version,
        root_seed=pisa.root,
        sign_public=signing.public_bytes(sign),
        seal_public=hybrid.public_bytes(pisa.seal),
        created=date(2026, 1, 1),
        expires=date(2036, 1, 1),
    )


def carried(site: Site, keyset: bytes, version: int, signer: bytes, before: bytes) -> tuple[str, bytes]:
    """A keyset as the file that lies with the answers."""
    card = site.card()
    header = Header(
        study=STUDY,
        site=card.site,
        writer=card.writer,
        epoch=1,
        seq=version,
        prev=file_hash(before),
        type="keyset",
        created="2026-11-23T10:00:00Z",
    )
    data = seal_keyset(header, keyset, signer, card.seal)
    return bundle_name(header, file_hash(data)), data


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_renewal_before_this_computer_was_enrolled_is_no_forgery(
    site: Site, pisa: Pisa, stick: Path
) -> None:
    second = renewed(pisa, 2, signing.new_seed())
    site.clinical.set_centre_keyset(
        second, ""
    )  # as a computer that was enrolled with it has it from the first
    name, data = carried(site, second, 2, pisa.sign, pisa.keyset)
    (stick / name).write_bytes(data)
    for _ in range(2):
        (taken,) = receiving.receive(site, stick)
        assert taken.state == "repeated_keyset"
    (taken,) = receiving.receive(site, stick / name)
    assert taken.state == "repeated_keyset"
    assert name.rsplit("-", 1)[-1].split(".")[0] in receiving.known_answers(site)


def test_an_answer_under_keys_that_are_not_known_here_asks_for_the_newest_key_file(
    site: Site, pisa: Pisa, stick: Path
) -> None:
    signed(site, enrol(site), "baseline", DAY_0)
    sending.export(site, stick)
    other, before = pisa.receipt(site)
    later = replace(pisa, sign=signing.new_seed())
    name, data = later.receipt(site)
    (stick / name).write_bytes(data)
    for source in (stick, stick / name):
        with pytest.raises(UnknownCentreKeys) as refused:
            receiving.receive(site, source)
        assert "newest key file" in str(refused.value)
    (stick / other).write_bytes(before)
    said = {one.name: (one.state, one.why) for one in receiving.receive(site, stick)}
    assert said == {other: ("receipt", ""), name: ("refused", UnknownCentreKeys.code)}
    centre_keys.take(site, renewed(pisa, 2, later.sign))
    assert {one.name: one.state for one in receiving.receive(site, stick)} == {
        name: "receipt",
        other: "of_before",
    }
