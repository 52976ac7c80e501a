"""File names of bundles: one form, told apart from anything else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.sync.bundle import file_hash, peek_header
from anifro_desktop.sync.errors import BundleRefused, NameRefused
from anifro_desktop.sync.header import MAX_EPOCH, MAX_SEQ, TYPES, parse_header
from anifro_desktop.sync.names import bundle_name, is_bundle_name, parse_name

NAME = "NCT07215754-P03-00112233-e001-00000001-" + "a" * 16 + ".anfb"


def test_the_form(parties: Any) -> None:
    assert bundle_name(parties.header(), "a" * 64) == NAME
    assert bundle_name(parties.header(type="receipt", seq=7), "b" * 64).startswith(
        "NCT07215754-P03-00112233-r001-00000007-bbbb"
    )


@given(st.sampled_from(TYPES), st.integers(1, MAX_EPOCH), st.integers(1, MAX_SEQ))
def test_round_trip(parties: Any, kind: str, epoch: int, seq: int) -> None:
    parsed = parse_name(bundle_name(parties.header(type=kind, epoch=epoch, seq=seq), "c" * 64))
    assert (parsed.study, parsed.site, parsed.writer8) == ("NCT07215754", "P03", "00112233")
    assert (parsed.kind, parsed.epoch, parsed.seq, parsed.hash16) == (kind, epoch, seq, "c" * 16)


def test_a_name_fits_its_bytes(parties: Any) -> None:
    header = parties.header()
    data = parties.seal(header, [parties.manifest(header)])
    parsed = parse_name(bundle_name(peek_header(data), file_hash(data)))
    assert parsed.fits(data)
    assert not parsed.fits(data[:-1])


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".anfb",
        NAME + ".part",
        "." + NAME,
        NAME.upper(),
        NAME.replace("e001", "e000"),
        NAME.replace("00000001", "00000000"),
        NAME.replace("e001", "x001"),
        NAME.replace("e001", "e1"),
        NAME.replace("001-", "٠٠١-"),
        NAME.replace("P03", "P/3"),
        NAME.replace("P03", "..\\.."),
        NAME + "\n",
        NAME + "\0",
        "../" + NAME,
        NAME.replace("-P03", ""),
        NAME.replace("a" * 16, "a" * 15),
        "autorun.inf",
        "Rossi Maria.pdf",
    ],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(NameRefused) as caught:
        parse_name(name)
    assert "Rossi" not in str(caught.value)
    assert not is_bundle_name(name), "or one such file would keep a whole folder from being read"


@given(st.text(max_size=90))
def test_any_name(name: str) -> None:
    if is_bundle_name(name):
        parse_name(name)
    else:
        with pytest.raises(NameRefused):
            parse_name(name)


@given(st.from_regex(r"[A-Z0-9]{1,10}", fullmatch=True), st.from_regex(r"[A-Za-z0-9]{1,18}", fullmatch=True))
def test_every_header_that_parses_makes_a_name(parties: Any, site: str, study: str) -> None:
    header = parties.header(site=site, study=study, sig_kid="0" * 16, enc_kid="0" * 16)
    allowed = 2 <= len(site) <= 8 and 2 <= len(study) <= 16
    if allowed:
        parse_header(header.to_bytes())
    else:
        with pytest.raises(BundleRefused):
            parse_header(header.to_bytes())
    assert is_bundle_name(bundle_name(header, "a" * 64)) is allowed
