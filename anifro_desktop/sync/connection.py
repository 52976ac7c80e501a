"""A connection to a server as it is typed, checked and kept: where, as whom, and apart from it what must stay secret.

Rules kept here:
- What is secret (passwords, keys, certificates with their keys) is a value of its own that shows itself to nobody.
- Keys are opened once, when they are named, and kept without their passphrase: the encrypted store is their lock.
- Only `https`, only the host key agreed; there is no switch that makes either optional.
"""

from __future__ import annotations

import binascii
import re
import urllib.parse
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

from anifro_desktop.record import Json, canonical
from anifro_desktop.strictjson import StrictJsonError, strict_json
from anifro_desktop.sync.outages import BadConnection

T = TypeVar("T", bound="SftpPlace | WebDavPlace | Secrets")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[?[0-9A-Fa-f:]{2,39}\]?")
_HOST_KEY = re.compile(r"SHA256:([A-Za-z0-9+/]{43})=?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class WebDavPlace:
    """A folder of a WebDAV server. url: ends in `/`; user, proxy_user: empty where none is asked for."""

    url: str
    user: str = ""
    proxy: str = ""
    proxy_user: str = ""
    kind: str = "webdav"

    @property
    def host(self) -> str:
        """The server's name."""
        return urllib.parse.urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class SftpPlace:
    """A folder of an SFTP server. host_key: `SHA256:` and the fingerprint of the one key that it may show."""

    host: str
    port: int
    user: str
    folder: str
    host_key: str
    kind: str = "sftp"


Place = WebDavPlace | SftpPlace


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens a connection. authority: PEM of the only one that may vouch for the server, empty: those of this
    computer; certificate: PEM of this computer's certificate and key; key: an SSH key without passphrase."""

    password: str = field(default="", repr=False)
    proxy_password: str = field(default="", repr=False)
    authority: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)
    key: str = field(default="", repr=False)

    def as_bytes(self) -> bytes:
        """To be kept as a secret."""
        return canonical(asdict(self))


@dataclass(frozen=True, slots=True)
class Connection:
    """Where, as whom, with what."""

    place: Place
    secrets: Secrets = field(default=Secrets(), repr=False)

    @property
    def facts(self) -> dict[str, Json]:
        """What may be shown and stand in an audit trail."""
        return asdict(self.place)


def read_connection(facts: Mapping[str, Json], secrets: bytes) -> Connection:
    """A connection as it was kept.

    Raises:
        BadConnection: it is not one that this program kept.
    """
    ssh = facts.get("kind") == "sftp"
    try:
        place: Place = _exactly(SftpPlace, facts) if ssh else _exactly(WebDavPlace, facts)
        found = Connection(place, _exactly(Secrets, strict_json(secrets)))
    except (StrictJsonError, TypeError):
        raise BadConnection("host" if ssh else "https") from None
    if place.kind != ("sftp" if ssh else "webdav"):
        raise BadConnection("https")
    return found


def _exactly(kind: type[T], told: object) -> T:
    """A value with every field of its kind, whole numbers and texts.

    Raises:
        TypeError: it is something else.
    """
    if not isinstance(told, Mapping) or set(told) != {item.name for item in fields(kind)}:
        raise TypeError(kind.__name__)
    if not all(type(value) is (int if name == "port" else str) for name, value in told.items()):
        raise TypeError(kind.__name__)
    return kind(**told)


def webdav(
    url: str,
    user: str = "",
    password: str = "",
    *,
    proxy: str = "",
    proxy_user: str = "",
    proxy_password: str = "",
    authority: bytes = b"",
    certificate: bytes = b"",
    passphrase: str = "",
) -> Connection:
    """A connection to a WebDAV folder. authority: a file of certificates; certificate: PEM or PKCS#12, with its key,
    opened with `passphrase`.

    Raises:
        BadConnection: says which part cannot be.
    """
    if bool(user) != bool(password):
        raise BadConnection("user" if password else "password")
    if proxy_user and not proxy:
        raise BadConnection("proxy")
    if bool(proxy_user) != bool(proxy_password):
        raise BadConnection("user" if proxy_password else "password")
    for name in (user, proxy_user):
        if ":" in name or _CONTROL.search(name):
            raise BadConnection("user")
    for word in (password, proxy_password):
        if _CONTROL.search(word):
            raise BadConnection("password")
    place = WebDavPlace(_address(url, "https", "https"), user, _proxy(proxy), proxy_user)
    secrets = Secrets(
        password,
        proxy_password,
        _authority(authority) if authority else "",
        _certificate(certificate, passphrase) if certificate else "",
    )
    return Connection(place, secrets)


def sftp(
    host: str,
    user: str,
    folder: str,
    host_key: str,
    *,
    port: int = 22,
    password: str = "",
    key: bytes = b"",
    passphrase: str = "",
) -> Connection:
    """A connection to an SFTP folder. host_key: as `ssh-keygen -lf` writes it; key: a file opened with `passphrase`.

    Raises:
        BadConnection: says which part cannot be.
    """
    if not _HOST.fullmatch(host) or not 0 < port < 65536:
        raise BadConnection("host")
    if not user or _CONTROL.search(user):
        raise BadConnection("user")
    if not folder.strip() or _CONTROL.search(folder):
        raise BadConnection("folder")
    place = SftpPlace(host.strip("[]"), port, user, folder.strip(), _host_key(host_key))
    if not password and not key:
        raise BadConnection("no_proof")
    if _CONTROL.search(password):
        raise BadConnection("password")
    return Connection(place, Secrets(password=password, key=_key(key, passphrase) if key else ""))


def _address(url: str, scheme: str, why: str) -> str:
    try:
        parts = urllib.parse.urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise BadConnection(why) from None
    odd = parts.username is not None or parts.query or parts.fragment or _CONTROL.search(url.strip())
    if parts.scheme != scheme or odd or port == 0 or not _HOST.fullmatch(parts.hostname or ""):
        raise BadConnection(why)
    path = urllib.parse.quote(urllib.parse.unquote(parts.path).rstrip("/"), safe="/~")
    return f"{parts.scheme}://{parts.netloc}{path}/"


def _proxy(text: str) -> str:
    return _address(text, "http", "proxy").rstrip("/") if text.strip() else ""


def _host_key(text: str) -> str:
    match = _HOST_KEY.fullmatch(text.strip())
    try:
        if match is None or len(b64decode(match[1] + "=")) != 32:
            raise BadConnection("host_key")
    except binascii.Error:
        raise BadConnection("host_key") from None
    return f"SHA256:{match[1]}"


def _authority(data: bytes) -> str:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        pem = b"-----BEGIN" in data
        found = x509.load_pem_x509_certificates(data) if pem else [x509.load_der_x509_certificate(data)]
    except (ValueError, x509.InvalidVersion):
        raise BadConnection("authority") from None
    return "".join(one.public_bytes(Encoding.PEM).decode("ascii") for one in found)


def _certificate(data: bytes, passphrase: str) -> str:
    from cryptography import x509
    from cryptography.exceptions import InternalError, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.serialization import pkcs12

    word = passphrase.encode() or None
    try:
        if b"-----BEGIN" in data:
            key: Any = form.load_pem_private_key(data, word)
            chain = x509.load_pem_x509_certificates(data)
        else:
            key, own, more = pkcs12.load_key_and_certificates(data, word)
            chain = [*([own] if own is not None else []), *more]
        if key is None or not chain or chain[0].public_key() != key.public_key():
            raise BadConnection("certificate")
    except (ValueError, TypeError, UnsupportedAlgorithm, InternalError, x509.InvalidVersion):
        # TypeError: a passphrase where there is none, or none where there is one
        raise BadConnection("certificate") from None
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    return "".join(
        part.decode("ascii") for part in (*(one.public_bytes(form.Encoding.PEM) for one in chain), private)
    )


def _key(data: bytes, passphrase: str) -> str:
    from cryptography.exceptions import InternalError, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization as form

    word = passphrase.encode() or None
    ssh = b"BEGIN OPENSSH" in data
    try:
        key: Any = (form.load_ssh_private_key if ssh else form.load_pem_private_key)(data, word)
        private: bytes = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.OpenSSH, form.NoEncryption())
    except (ValueError, TypeError, UnsupportedAlgorithm, InternalError):  # the last: of some damaged keys
        raise BadConnection("key") from None
    return private.decode("ascii")
