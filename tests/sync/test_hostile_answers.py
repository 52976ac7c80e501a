"""What a server lists and what files a person names, where they cost much or can be read in no way at all."""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "trials"))

import _strangers as strangers
import make_formats as golden
from _bombs import HEAD, LISTS, long_list

from anifro_desktop.sync import connection
from anifro_desktop.sync.folder import MAX_ENTRIES
from anifro_desktop.sync.outages import BadConnection, NotCarried
from anifro_desktop.sync.webdav import names_in

NAME = strangers._NAME


def why(answer: bytes) -> str:
    with pytest.raises(NotCarried) as refused:
        names_in(answer, "dav.example")
    return refused.value.why


def test_a_list_that_is_one_names_its_bundles() -> None:
    assert names_in(strangers._apache(), "dav.example") == (NAME,)
    assert names_in(strangers._plain_dav(), "dav.example") == (NAME,)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_made_to_cost_much_is_strange(name: str) -> None:
    assert why(long_list(name)) == "strange"


@pytest.mark.parametrize(
    "answer",
    [
        b'<?xml version="1.0" encoding="utg-8"?>' + HEAD + b"</multistatus>",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"",
    ],
    ids=["encoding", "entity", "nothing"],
)
def test_a_list_that_is_none_is_strange(answer: bytes) -> None:
    assert why(answer) == "strange"


def test_a_list_of_more_than_a_folder_may_hold_is_crowded() -> None:
    entry = b"<response><href>/a</href></response>"
    assert why(HEAD + entry * (MAX_ENTRIES + 1) + b"</multistatus>") == "crowded"


def listed(said: bytes) -> tuple[str, ...]:
    folder = strangers._Heard(golden.CONNECTION)
    folder.said = said
    return folder.list()


def test_a_name_that_is_not_utf_8_does_not_hide_the_others() -> None:
    assert listed(strangers._answers(["perché.txt".encode("latin-1"), NAME.encode()])) == (NAME,)


def reason(said: bytes) -> str:
    with pytest.raises(NotCarried) as refused:
        listed(said)
    return refused.value.why


def test_an_sftp_server_that_counts_to_four_thousand_million_is_strange() -> None:
    said = strangers._answers([NAME.encode()])
    entry = struct.pack(">IQIII", 0x0D, 1933, 0o100644, 0, 0)
    assert said.count(entry) == 1
    more = entry[:4].replace(b"\0\0\0\x0d", b"\x80\0\0\x0d") + entry[4:-4] + b"\xff\xff\xff\xff"
    assert reason(said.replace(entry, more)) == "strange"  # of attributes
    count = struct.pack(">II", 2, 1)
    assert reason(said.replace(count, struct.pack(">II", 2, 0xFFFFFFFF))) == "strange"  # of files


def test_an_sftp_server_that_speaks_no_sftp_is_strange() -> None:
    for said in (b"\xff" * 64, b"\0\0\0\1\2" + b"\0" * 60, struct.pack(">IBI", 5, 2, 3) + b"\0\0\0\2\x66\0"):
        assert reason(said) in ("strange", "cut")


def refused(read: Any, *given: Any) -> str:
    with pytest.raises(BadConnection) as caught:
        read(*given)
    return str(caught.value.params["why"])


def test_a_certificate_of_no_known_version_is_none() -> None:
    der = next(one for one in strangers._connections() if one.name == "authority").good[1]
    odd = der.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x07", 1)
    assert odd != der
    assert refused(connection._authority, odd) == "authority"


@pytest.mark.parametrize(
    "facts",
    [{"port": "22"}, {"port": True}, {"user": None}, {"colour": "blue"}, {"kind": "ftp"}, {"folder": ["x"]}],
    ids=str,
)
def test_a_connection_that_nobody_kept_is_not_used(facts: dict[str, Any]) -> None:
    of, secrets = golden.CONNECTION.facts, golden.CONNECTION.secrets.as_bytes()
    assert connection.read_connection(of, secrets) == golden.CONNECTION
    assert refused(connection.read_connection, {**of, **facts}, secrets) in ("host", "https")
    assert refused(connection.read_connection, of, secrets[:-1]) == "host"
    assert refused(connection.read_connection, of, b"{}") == "host"
