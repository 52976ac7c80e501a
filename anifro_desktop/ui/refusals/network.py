"""What goes wrong between here and a server, by code and reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

NETWORK: Mapping[str, Any] = MappingProxyType(
    {
        "not_carried.no_address": QT_TRANSLATE_NOOP(
            "Refusals",
            "No server of the name {host} is found: check whether this computer is on the network, then the "
            "address.",
        ),
        "not_carried.no_answer": QT_TRANSLATE_NOOP(
            "Refusals",
            "{host} does not answer: check whether this computer is on the network and may reach that server; the"
            " hospital's network may ask for a proxy.",
        ),
        "not_carried.timeout": QT_TRANSLATE_NOOP(
            "Refusals", "{host} is too slow or has stopped answering: try again later."
        ),
        "not_carried.cut": QT_TRANSLATE_NOOP(
            "Refusals",
            "The connection to {host} was cut in the middle: try again; whatever arrived whole is not sent twice.",
        ),
        "not_carried.unknown_ca": QT_TRANSLATE_NOOP(
            "Refusals",
            "Whoever vouches for {host} is not known to this computer: ask the computer department for the file "
            "of its certificate authority and name it in the connection. Nothing was sent.",
        ),
        "not_carried.wrong_name": QT_TRANSLATE_NOOP(
            "Refusals",
            "What answers shows a certificate for another server than {host}: check the address; if it is right, "
            "call the computer department. Nothing was sent.",
        ),
        "not_carried.expired": QT_TRANSLATE_NOOP(
            "Refusals",
            "The certificate of {host} has ended: check this computer's date; if it is right, the server's "
            "administrator must renew the certificate. Nothing was sent.",
        ),
        "not_carried.not_yet_valid": QT_TRANSLATE_NOOP(
            "Refusals",
            "The certificate of {host} begins later than this computer's date: set date and time right. Nothing "
            "was sent.",
        ),
        "not_carried.bad_certificate": QT_TRANSLATE_NOOP(
            "Refusals",
            "The certificate of {host} cannot be relied on: call the computer department. Nothing was sent.",
        ),
        "not_carried.wants_certificate": QT_TRANSLATE_NOOP(
            "Refusals",
            "{host} does not accept this computer's certificate, or wants one: name the file of a valid "
            "certificate in the connection.",
        ),
        "not_carried.login": QT_TRANSLATE_NOOP(
            "Refusals",
            "{host} does not accept the user or the password or key: check them in the connection.",
        ),
        "not_carried.forbidden": QT_TRANSLATE_NOOP(
            "Refusals",
            "The user of the connection may not do this at {host}: ask the server's administrator for the right "
            "to read and write in the folder.",
        ),
        "not_carried.proxy_login": QT_TRANSLATE_NOOP(
            "Refusals",
            "The proxy does not accept its user or password: check them in the connection. A proxy that wants a "
            "Windows login cannot be used: carry the files on a stick.",
        ),
        "not_carried.proxy_silent": QT_TRANSLATE_NOOP(
            "Refusals",
            "The proxy does not answer: check its address and whether this computer is on the hospital's network.",
        ),
        "not_carried.proxy_refuses": QT_TRANSLATE_NOOP(
            "Refusals",
            "The proxy does not let this computer through to {host}: ask the computer department to allow it.",
        ),
        "not_carried.folder": QT_TRANSLATE_NOOP(
            "Refusals", "The folder of the connection is not at {host}: check the address and the folder."
        ),
        "not_carried.gone": QT_TRANSLATE_NOOP("Refusals", "A file is no longer at {host}: look again."),
        "not_carried.too_large": QT_TRANSLATE_NOOP(
            "Refusals", "{host} takes no file of this size: ask the server's administrator to allow 20 MB."
        ),
        "not_carried.locked": QT_TRANSLATE_NOOP(
            "Refusals", "The file is locked at {host} by another program: try again in some minutes."
        ),
        "not_carried.full": QT_TRANSLATE_NOOP(
            "Refusals", "There is no room left at {host}: ask the server's administrator for more."
        ),
        "not_carried.not_stored": QT_TRANSLATE_NOOP(
            "Refusals",
            "{host} could not store the file, perhaps for want of room: ask the server's administrator.",
        ),
        "not_carried.busy": QT_TRANSLATE_NOOP("Refusals", "{host} is busy: try again in some minutes."),
        "not_carried.server": QT_TRANSLATE_NOOP(
            "Refusals",
            "{host} has a fault of its own: try again later; if it stays, call the server's administrator.",
        ),
        "not_carried.redirect": QT_TRANSLATE_NOOP(
            "Refusals",
            "{host} points to another address, which is not followed: check the address of the connection.",
        ),
        "not_carried.strange": QT_TRANSLATE_NOOP(
            "Refusals",
            "What answers at {host} is not such a server as the connection names: check the address; on a "
            "hospital's network it may be a page that asks for a login first.",
        ),
        "not_carried.crowded": QT_TRANSLATE_NOOP(
            "Refusals",
            "The folder at {host} holds more files than a study can have: choose a folder used for the study "
            "only.",
        ),
        "not_carried.host_key": QT_TRANSLATE_NOOP(
            "Refusals",
            "{host} shows another key ({shown}) than the one agreed, so it may be another computer: nothing was "
            "sent. Call the server's administrator before anything else.",
        ),
        "not_carried.library": QT_TRANSLATE_NOOP(
            "Refusals",
            "This installation cannot use SFTP, as a part of it is missing: install the program's part 'sftp'.",
        ),
        "carrying_stopped": QT_TRANSLATE_NOOP(
            "Refusals", "Stopped: what was sent stays sent, the rest is kept and goes with the next sending."
        ),
        "bad_connection.https": QT_TRANSLATE_NOOP(
            "Refusals",
            "The address must begin with https:// and name a server and a folder, without user, password or "
            "question mark in it.",
        ),
        "bad_connection.proxy": QT_TRANSLATE_NOOP(
            "Refusals",
            "The proxy's address must be such as http://proxy.hospital.example:8080, without user or password in "
            "it.",
        ),
        "bad_connection.user": QT_TRANSLATE_NOOP(
            "Refusals", "A user is needed beside a password, without colon or line end in it."
        ),
        "bad_connection.password": QT_TRANSLATE_NOOP(
            "Refusals", "A password must be one line, and not empty."
        ),
        "bad_connection.host": QT_TRANSLATE_NOOP(
            "Refusals",
            "The server's name must be a name or number such as sftp.hospital.example, and the port 1 to 65535.",
        ),
        "bad_connection.folder": QT_TRANSLATE_NOOP(
            "Refusals", "The folder on the server must be one line, and not empty."
        ),
        "bad_connection.host_key": QT_TRANSLATE_NOOP(
            "Refusals",
            "The server's key must be typed as its administrator reads it, such as SHA256: and 43 letters and "
            "digits.",
        ),
        "bad_connection.authority": QT_TRANSLATE_NOOP(
            "Refusals",
            "The file of the certificate authority holds no certificate: ask for it as PEM or DER.",
        ),
        "bad_connection.certificate": QT_TRANSLATE_NOOP(
            "Refusals",
            "The file of this computer's certificate does not open, or lacks the certificate or its key: check "
            "the file and its passphrase.",
        ),
        "bad_connection.key": QT_TRANSLATE_NOOP(
            "Refusals", "The file of the key does not open as an SSH key: check the file and its passphrase."
        ),
        "bad_connection.no_proof": QT_TRANSLATE_NOOP(
            "Refusals", "SFTP needs a password or the file of a key."
        ),
        "no_connection": QT_TRANSLATE_NOOP(
            "Refusals",
            "There is no connection to a server here: choose a folder or stick, or set one up in Settings first.",
        ),
    }
)
