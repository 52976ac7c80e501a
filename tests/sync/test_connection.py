"""A connection as it is typed: what cannot work is said at once, what is secret shows itself to nobody."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
import running
from authority import Authority
from cryptography import x509
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.serialization import pkcs12

from anifro_desktop.sync.connection import Connection, read_connection, sftp, webdav
from anifro_desktop.sync.outages import BadConnection

URL = "https://files.hospital.example/study"
KEY = "SHA256:" + b64encode(bytes(range(32))).decode().rstrip("=")


def why(act: Any, *words: Any, **facts: Any) -> str:
    with pytest.raises(BadConnection) as caught:
        act(*words, **facts)
    assert str(caught.value).endswith(".")
    return str(caught.value.params["why"])


def again(connection: Connection) -> Connection:
    return read_connection(connection.facts, connection.secrets.as_bytes())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (URL, URL + "/"),
        (URL + "/", URL + "/"),
        (" https://h.example ", "https://h.example/"),
        ("https://h.example:8443/a b/ü", "https://h.example:8443/a%20b/%C3%BC/"),
        ("https://h.example/a%20b/", "https://h.example/a%20b/"),
        ("https://[::1]:9/x", "https://[::1]:9/x/"),
    ],
)
def test_addresses(typed: str, kept: str) -> None:
    assert webdav(typed).facts["url"] == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "files.hospital.example", "http://h.example/", "ftp://h.example/", "https://", "https:///a",
        "https://me:word@h.example/", "https://h.example/?a=b", "https://h.example/#a", "https://h.example:0/",
        "https://h.example:99999/", "https://h.exa mple/", "https://h.example/a\r\nHost: x", "https://[::1/",
    ],
)  # fmt: skip
def test_addresses_that_cannot_be(typed: str) -> None:
    assert why(webdav, typed) == "https"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"user": "a"}, "password"),
        ({"password": "a"}, "user"),
        ({"user": "a:b", "password": "c"}, "user"),
        ({"user": "a", "password": "b\nc"}, "password"),
        ({"proxy": "proxy:8080"}, "proxy"),
        ({"proxy": "http://me:word@proxy:8080"}, "proxy"),
        ({"proxy_user": "a", "proxy_password": "b"}, "proxy"),
        ({"proxy": "http://proxy:8080", "proxy_user": "a"}, "password"),
        ({"authority": b"not a certificate"}, "authority"),
        ({"certificate": b"not a certificate"}, "certificate"),
    ],
)
def test_what_else_cannot_be(facts: dict[str, Any], expected: str) -> None:
    assert why(webdav, URL, **facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"host": "a b"}, "host"),
        ({"port": 0}, "host"),
        ({"user": ""}, "user"),
        ({"folder": " "}, "folder"),
        ({"host_key": "MD5:00:11"}, "host_key"),
        ({"host_key": KEY[:-1]}, "host_key"),
        ({"password": ""}, "no_proof"),
        ({"key": b"not a key"}, "key"),
    ],
)
def test_what_cannot_be_of_sftp(facts: dict[str, Any], expected: str) -> None:
    good: dict[str, Any] = {
        "host": "sftp.example", "user": "p03", "folder": "study", "host_key": KEY, "password": "word",
    }  # fmt: skip
    assert sftp(**good).facts["host_key"] == KEY
    assert sftp(**{**good, "host_key": f" {KEY}= "}).facts["host_key"] == KEY
    assert why(sftp, **{**good, **facts}) == expected


def test_it_is_kept_and_read_again_and_shows_no_secret(tmp_path: Path) -> None:
    key = running.ssh_key(tmp_path, "own", passphrase="words")
    authority = Authority()
    secret = "the secret word"
    for made in (
        webdav(URL, "p03", secret, proxy="http://p:8080", proxy_user="u", proxy_password=secret),
        webdav(URL, "p03", secret, authority=authority.pem),
        sftp("sftp.example", "p03", "/study", KEY, password=secret, key=key.read_bytes(), passphrase="words"),
    ):  # fmt: skip
        assert again(made) == made
        shown = repr(made) + str(made.facts)
        assert secret not in shown
        assert "PRIVATE KEY" not in shown
        assert "words" not in made.secrets.as_bytes().decode()


def test_keys_are_opened_once_and_only_with_their_passphrase(tmp_path: Path) -> None:
    locked = running.ssh_key(tmp_path, "locked", passphrase="words").read_bytes()
    place = ("sftp.example", "p03", "/study", KEY)
    assert "BEGIN OPENSSH PRIVATE KEY" in sftp(*place, key=locked, passphrase="words").secrets.key
    assert why(sftp, *place, key=locked, passphrase="other") == "key"
    assert why(sftp, *place, key=locked) == "key"


def test_certificates_of_this_computer_as_pem_and_as_pkcs12() -> None:
    authority = Authority()
    own, other = authority.issue("P03", client=True), authority.issue("P04", client=True)
    locked = own.pem + own.private(b"words")
    package = pkcs12.serialize_key_and_certificates(
        b"P03", own.key, own.certificate, [authority.certificate], form.BestAvailableEncryption(b"words")
    )
    expected = webdav(URL, certificate=own.chain).secrets.certificate
    assert webdav(URL, certificate=locked, passphrase="words").secrets.certificate == expected
    of_package = webdav(URL, certificate=package, passphrase="words").secrets.certificate
    assert len(x509.load_pem_x509_certificates(of_package.encode())) == 2
    assert of_package.startswith(own.pem.decode())
    for data, word in ((locked, ""), (locked, "other"), (package, ""), (package, "other"), (own.pem, "")):
        assert why(webdav, URL, certificate=data, passphrase=word) == "certificate"
    assert why(webdav, URL, certificate=other.pem + own.private()) == "certificate"


def test_authorities_as_pem_and_as_der() -> None:
    first, second = Authority("One"), Authority("Two")
    der = first.certificate.public_bytes(form.Encoding.DER)
    assert webdav(URL, authority=der).secrets.authority == first.pem.decode()
    assert webdav(URL, authority=first.pem + second.pem).secrets.authority.count("BEGIN") == 2
