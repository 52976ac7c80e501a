"""`site connect ...` and `centre connect ...`: the server that files are exchanged with.

Passwords and passphrases come from a prompt, a file or standard input, never as an argument. A connection is kept as
soon as it can work, then tried: what does not work is said in a sentence and can be set right later.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import number, read_input, read_passphrase, say
from anifro_desktop.commands.refusals import said
from anifro_desktop.sync import connection as made
from anifro_desktop.sync.carrying import Waiting
from anifro_desktop.sync.connection import Connection
from anifro_desktop.sync.outages import BadConnection
from anifro_desktop.workflows import connecting

_LARGEST = 1 << 20  # bytes of a file of certificates or of a key

_WORDS: Mapping[str, Mapping[str, str]] = {
    "it": {
        "kept": "Collegamento con {host} conservato.",
        "forgotten": "Collegamento dimenticato, con password e chiavi.",
        "none": "Nessun collegamento: i file viaggiano su cartelle e chiavette.",
        "good": "{host} risponde; leggere e scrivere funzionano; file dello studio: {bundles}.",
        "reads": "{host} risponde e si può leggere (file dello studio: {bundles}), ma non scrivere. {why}",
        "bad": "{why}",
        "password": "Password di {user} su {host}",
        "proxy": "Password di {user} sul proxy",
        "certificate": "Frase del file del certificato",
        "key": "Frase del file della chiave",
        "again": "{why} Tentativo {number} di {of} tra {seconds} s.",
    },
    "en": {
        "kept": "The connection to {host} is kept.",
        "forgotten": "The connection is forgotten, with its passwords and keys.",
        "none": "No connection: files travel by folders and sticks.",
        "good": "{host} answers; reading and writing work; files of the study: {bundles}.",
        "reads": "{host} answers and can be read (files of the study: {bundles}), but not written. {why}",
        "bad": "{why}",
        "password": "Password of {user} at {host}",
        "proxy": "Password of {user} at the proxy",
        "certificate": "Passphrase of the certificate's file",
        "key": "Passphrase of the key's file",
        "again": "{why} Attempt {number} of {of} in {seconds} s.",
    },
}  # fmt: skip

_NAMES: Mapping[str, tuple[str, str]] = {
    "kind": ("tipo", "kind"),
    "url": ("indirizzo", "address"),
    "host": ("server", "server"),
    "port": ("porta", "port"),
    "folder": ("cartella", "folder"),
    "host_key": ("chiave del server", "key of the server"),
    "user": ("utente", "user"),
    "proxy": ("proxy", "proxy"),
    "proxy_user": ("utente sul proxy", "user at the proxy"),
}


@dataclass(frozen=True, slots=True)
class Acts:
    """What a site and a centre do differently. opened: unlocks; store: of what was opened; keep, forget: as its role
    may."""

    opened: Callable[[Namespace], AbstractContextManager[Any]]
    store: Callable[[Any], Any]
    keep: Callable[[Any, Connection], None]
    forget: Callable[[Any], None]


def add_acts(acts: Any, act: Callable[..., ArgumentParser], own: Acts) -> None:
    """Add `connect` with its verbs. act: adds one that unlocks."""
    connect: ArgumentParser = acts.add_parser(
        "connect", help="a server to exchange files with: webdav, sftp, show, try, forget"
    )
    verbs = connect.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(name: str, text: str, run: Callable[[Namespace, Any], int]) -> ArgumentParser:
        def unlocked(args: Namespace) -> int:
            with own.opened(args) as desk:
                return run(args, desk)

        return act(verbs, name, text, unlocked)

    def keep(args: Namespace, desk: Any) -> int:
        return _keep(args, desk, own)

    def forget(args: Namespace, desk: Any) -> int:
        own.forget(desk)
        say(args, {"kind": None}, [_WORDS[args.lang]["forgotten"]])
        return 0

    _webdav(verb("webdav", "a folder of a WebDAV server, over https", keep))
    _sftp(verb("sftp", "a folder of an SFTP server", keep))
    verb("show", "where and as whom; never a password", lambda args, desk: _show(args, own.store(desk)))
    verb("try", "say what works and what does not", lambda args, desk: _try(args, own.store(desk)))
    verb("forget", "forget the connection, with its passwords and keys", forget)


def _webdav(parser: ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="https://server/folder/")
    parser.add_argument("--login", metavar="USER", default="", help="user at the server")
    _secret(parser, "--password-file", "the password of that user")
    parser.add_argument(
        "--authority", type=Path, metavar="FILE", help="who alone may vouch for the server (PEM or DER)"
    )
    parser.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE",
        help="this computer's certificate with key (PEM or PKCS#12)",
    )
    _secret(parser, "--certificate-passphrase-file", "the passphrase of that file")
    parser.add_argument("--proxy", metavar="URL", default="", help="http://proxy:port")
    parser.add_argument("--proxy-login", metavar="USER", default="", help="user at the proxy")
    _secret(parser, "--proxy-password-file", "the password of that user")


def _sftp(parser: ArgumentParser) -> None:
    parser.add_argument("host", metavar="HOST")
    parser.add_argument("--port", type=number, default=22)
    parser.add_argument("--login", metavar="USER", required=True, help="user at the server")
    parser.add_argument("--folder", required=True, help="folder on the server")
    parser.add_argument(
        "--host-key",
        required=True,
        metavar="SHA256:...",
        help="the server's key, as its administrator reads it",
    )
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="this computer's SSH key; without it, a password"
    )
    _secret(parser, "--key-passphrase-file", "the passphrase of that file")
    _secret(parser, "--password-file", "the password of that user")


def _secret(parser: ArgumentParser, name: str, what: str) -> None:
    parser.add_argument(name, type=Path, metavar="FILE", help=f"read {what} from FILE ('-': standard input)")


def _keep(args: Namespace, desk: Any, own: Acts) -> int:
    connection = _of_webdav(args) if args.verb == "webdav" else _of_sftp(args)
    own.keep(desk, connection)
    kept = _WORDS[args.lang]["kept"].format(host=connection.place.host)
    return _tell(args, connecting.try_it(connection), connection, [kept])


def _of_webdav(args: Namespace) -> Connection:
    authority = read_input(args.authority, limit=_LARGEST) if args.authority else b""
    certificate = read_input(args.certificate, limit=_LARGEST) if args.certificate else b""
    facts: dict[str, Any] = {
        "proxy": args.proxy,
        "proxy_user": args.proxy_login,
        "authority": authority,
        "certificate": certificate,
        "passphrase": _word(args.certificate_passphrase_file),
    }
    # First without its words: an address that cannot be is said before anybody types a password.
    place = made.webdav(args.url, proxy=args.proxy, authority=authority).place
    facts["proxy_password"] = _asked(args, "proxy", args.proxy_login, args.proxy_password_file, place.host)
    password = _asked(args, "password", args.login, args.password_file, place.host)
    return _opening(args, "certificate", facts, lambda: made.webdav(args.url, args.login, password, **facts))


def _of_sftp(args: Namespace) -> Connection:
    key = read_input(args.key, limit=_LARGEST) if args.key else b""
    facts: dict[str, Any] = {"key": key, "passphrase": _word(args.key_passphrase_file)}
    try:  # what else cannot be is said before anybody types a password
        made.sftp(args.host, args.login, args.folder, args.host_key, port=args.port)
    except BadConnection as refusal:
        if refusal.params["why"] != "no_proof":
            raise
    wanted = args.login if args.password_file or not key else ""
    facts["password"] = _asked(args, "password", wanted, args.password_file, args.host)
    return _opening(
        args,
        "key",
        facts,
        lambda: made.sftp(args.host, args.login, args.folder, args.host_key, port=args.port, **facts),
    )


def _opening(args: Namespace, what: str, facts: dict[str, Any], make: Callable[[], Connection]) -> Connection:
    """Make it; a file that wants a passphrase is asked about where somebody sits."""
    try:
        return make()
    except BadConnection as refusal:
        if (
            refusal.params["why"] != what
            or facts["passphrase"]
            or sys.stdin is None
            or not sys.stdin.isatty()
        ):
            raise
        facts["passphrase"] = read_passphrase(Namespace(passphrase_file=None), _WORDS[args.lang][what])
        return make()


def _asked(args: Namespace, what: str, user: str, source: Path | None, host: str) -> str:
    if not user:
        return ""
    prompt = _WORDS[args.lang][what].format(user=user, host=host)
    return read_passphrase(Namespace(passphrase_file=source), prompt)


def _word(source: Path | None) -> str:
    return read_passphrase(Namespace(passphrase_file=source), "") if source else ""


def _show(args: Namespace, store: Any) -> int:
    connection = connecting.kept(store)
    facts: dict[str, Any] = {"kind": None} if connection is None else dict(connection.facts)
    lines = [f"{_NAMES[name][args.lang == 'en']}: {value}" for name, value in facts.items() if value]
    if connection is not None and connection.secrets.authority:
        facts["authority"] = True
        lines.append({"it": "autorità: quella indicata", "en": "authority: the one named"}[args.lang])
    say(args, facts, lines or [_WORDS[args.lang]["none"]])
    return 0


def _try(args: Namespace, store: Any) -> int:
    connection = connecting.needed(store)
    return _tell(args, connecting.try_it(connection), connection, [])


def _tell(args: Namespace, tried: connecting.Tried, connection: Connection, lines: list[str]) -> int:
    why = "" if tried.refusal is None else said(tried.refusal, args.lang)
    kind = "good" if tried.writes else "bad" if tried.bundles is None else "reads"
    line = _WORDS[args.lang][kind].format(host=tried.host, bundles=tried.bundles, why=why)
    data = {**connection.facts, "bundles": tried.bundles, "writes": tried.writes, "why": why}
    say(args, data, [*lines, line])
    return 0 if tried.refusal is None else 1


def told(args: Namespace) -> Callable[[Waiting], None]:
    """Says on standard error why something is tried again, and when."""

    def tell(waiting: Waiting) -> None:
        words = _WORDS[args.lang]["again"].format(
            why=said(waiting.why, args.lang),
            number=waiting.number,
            of=waiting.of,
            seconds=max(1, round(waiting.seconds)),
        )
        print(words, file=sys.stderr)

    return tell
