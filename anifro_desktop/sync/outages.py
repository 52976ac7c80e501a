"""What can go wrong between here and a server, each thing with one sentence that says what to do.

Rules kept here:
- A server's own words are never repeated: they may say anything. Its status, its certificate and its key are judged.
- What may pass by itself is called temporary and tried again; all else needs a person, and is said at once.
- No sentence holds a password, a file of a key or an address beyond the server's name.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from typing import ClassVar

from anifro_desktop.errors import EnvironmentRefusal

_TEMPORARY = frozenset(
    {"no_address", "no_answer", "timeout", "cut", "proxy_silent", "locked", "busy", "server"}
)


class NotCarried(EnvironmentRefusal):
    """A file or a list that did not come through; nothing here was changed.

    why: one of `_TEXT`. host: the server's name. shown: the key that an SFTP server showed. wait: seconds that the
    server asked to be left alone, 0 if it did not say.
    """

    code = "not_carried"
    _TEXT: ClassVar[Mapping[str, str]] = {
        "no_address": "No server of the name {host} is found: check whether this computer is on the network, then the "
        "address.",
        "no_answer": "{host} does not answer: check whether this computer is on the network and may reach that server; "
        "the hospital's network may ask for a proxy.",
        "timeout": "{host} is too slow or has stopped answering: try again later.",
        "cut": "The connection to {host} was cut in the middle: try again; whatever arrived whole is not sent twice.",
        "unknown_ca": "Whoever vouches for {host} is not known to this computer: ask the computer department for "
        "the file of its certificate authority and name it in the connection. Nothing was sent.",
        "wrong_name": "What answers shows a certificate for another server than {host}: check the address; if it is "
        "right, call the computer department. Nothing was sent.",
        "expired": "The certificate of {host} has ended: check this computer's date; if it is right, the server's "
        "administrator must renew the certificate. Nothing was sent.",
        "not_yet_valid": "The certificate of {host} begins later than this computer's date: set date and time right. "
        "Nothing was sent.",
        "bad_certificate": "The certificate of {host} cannot be relied on: call the computer department. Nothing was "
        "sent.",
        "wants_certificate": "{host} does not accept this computer's certificate, or wants one: name the file of a "
        "valid certificate in the connection.",
        "login": "{host} does not accept the user or the password or key: check them in the connection.",
        "forbidden": "The user of the connection may not do this at {host}: ask the server's administrator for the "
        "right to read and write in the folder.",
        "proxy_login": "The proxy does not accept its user or password: check them in the connection. A proxy that "
        "wants a Windows login cannot be used: carry the files on a stick.",
        "proxy_silent": "The proxy does not answer: check its address and whether this computer is on the hospital's "
        "network.",
        "proxy_refuses": "The proxy does not let this computer through to {host}: ask the computer department to "
        "allow it.",
        "folder": "The folder of the connection is not at {host}: check the address and the folder.",
        "gone": "A file is no longer at {host}: look again.",
        "too_large": "{host} takes no file of this size: ask the server's administrator to allow 20 MB.",
        "locked": "The file is locked at {host} by another program: try again in some minutes.",
        "full": "There is no room left at {host}: ask the server's administrator for more.",
        "not_stored": "{host} could not store the file, perhaps for want of room: ask the server's administrator.",
        "busy": "{host} is busy: try again in some minutes.",
        "server": "{host} has a fault of its own: try again later; if it stays, call the server's administrator.",
        "redirect": "{host} points to another address, which is not followed: check the address of the connection.",
        "strange": "What answers at {host} is not such a server as the connection names: check the address; on a "
        "hospital's network it may be a page that asks for a login first.",
        "crowded": "The folder at {host} holds more files than a study can have: choose a folder used for the study "
        "only.",
        "host_key": "{host} shows another key ({shown}) than the one agreed, so it may be another computer: nothing "
        "was sent. Call the server's administrator before anything else.",
        "library": "This installation cannot use SFTP, as a part of it is missing: install the program's part 'sftp'.",
    }  # fmt: skip

    def __init__(self, why: str, host: str, *, wait: int = 0, shown: str = "") -> None:
        blanks: dict[str, str | int] = {"host": host, "wait": wait, "shown": shown}
        super().__init__(self._TEXT[why].format(**blanks), why=why, **blanks)
        self.why = why
        self.wait = wait

    @property
    def temporary(self) -> bool:
        """Whether it may pass by itself."""
        return self.why in _TEMPORARY


class Stopped(EnvironmentRefusal):
    """Somebody asked to stop."""

    code = "carrying_stopped"

    def __init__(self) -> None:
        super().__init__(
            "Stopped: what was sent stays sent, the rest is kept and goes with the next sending."
        )


class BadConnection(EnvironmentRefusal):
    """A connection that cannot work as it was typed. why: one of `_TEXT`; nothing was kept."""

    code = "bad_connection"
    exit_code = 2
    _TEXT: ClassVar[Mapping[str, str]] = {
        "https": "The address must begin with https:// and name a server and a folder, without user, password or "
        "question mark in it.",
        "proxy": "The proxy's address must be such as http://proxy.hospital.example:8080, without user or password "
        "in it.",
        "user": "A user is needed beside a password, without colon or line end in it.",
        "password": "A password must be one line, and not empty.",
        "host": "The server's name must be a name or number such as sftp.hospital.example, and the port 1 to 65535.",
        "folder": "The folder on the server must be one line, and not empty.",
        "host_key": "The server's key must be typed as its administrator reads it, such as SHA256: and 43 letters and "
        "digits.",
        "authority": "The file of the certificate authority holds no certificate: ask for it as PEM or DER.",
        "certificate": "The file of this computer's certificate does not open, or lacks the certificate or its key: "
        "check the file and its passphrase.",
        "key": "The file of the key does not open as an SSH key: check the file and its passphrase.",
        "no_proof": "SFTP needs a password or the file of a key.",
    }  # fmt: skip

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


_STATUS: Mapping[int, str] = {
    401: "login",
    403: "forbidden",
    404: "folder",
    407: "proxy_login",
    408: "timeout",
    409: "folder",
    413: "too_large",
    423: "locked",
    429: "busy",
    500: "server",
    502: "server",
    503: "busy",
    504: "server",
    507: "full",
}


def of_status(status: int, host: str, retry_after: str | None = None) -> NotCarried:
    """The refusal for an HTTP status that is not a success. retry_after: of its header, in seconds; dates and
    nonsense count as not said."""
    why = _STATUS.get(status, "redirect" if 300 <= status < 400 else "strange")
    said = (retry_after or "").strip()
    wait = int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0
    return NotCarried(why, host, wait=wait)


# OpenSSL's numbers of what is wrong with a certificate.
_VERIFY: Mapping[int, str] = {
    9: "not_yet_valid",
    10: "expired",
    18: "unknown_ca",
    19: "unknown_ca",
    20: "unknown_ca",
    21: "unknown_ca",
    62: "wrong_name",
    64: "wrong_name",
}


def of_tls(error: ssl.SSLError, host: str) -> NotCarried:
    """The refusal for a failure of TLS."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return NotCarried(_VERIFY.get(error.verify_code, "bad_certificate"), host)
    reason = error.reason or ""
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError) or "EOF" in reason:
        return NotCarried("cut", host)
    if "ALERT" in reason and any(word in reason for word in ("CERTIFICATE", "HANDSHAKE", "UNKNOWN_CA")):
        return NotCarried("wants_certificate", host)
    if "VERIFY" in reason:
        return NotCarried("bad_certificate", host)
    # Not TLS at all, or a version of it that nobody should speak any more.
    return NotCarried("strange", host)


def roots(error: BaseException) -> Iterator[BaseException]:
    """An error and what led to it, the outermost first; libraries wrap what the machine said."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inner = [*one.args, getattr(one, "reason", None), getattr(one, "original_error", None)]
        waiting += [item for item in inner if isinstance(item, BaseException)]
        waiting += [one.__cause__, one.__context__]
