"""More readers for `parsers`: what comes beside data, from sites, the centre, a server, a folder, a sheet of paper.

Lines are spoiled as they stand inside a bundle, and sealed again with good keys: what only a registered installation,
or somebody with the centre's keys, could send.
"""

from __future__ import annotations

import json
import random
import struct
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "vectors" / "formats"))

import make_formats as golden
from _spoiling import Reader, bytes_or_values, line_values, odd
from bundle_mutants import changed
from cryptography import x509
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from anifro_desktop import forms
from anifro_desktop.centre import custody, keysets
from anifro_desktop.centre.assembling import Received, subjects
from anifro_desktop.centre.errors import EscrowRefused
from anifro_desktop.centre.rescoring import rescore
from anifro_desktop.centre.sifting import sift
from anifro_desktop.crypto import hybrid
from anifro_desktop.errors import Refusal
from anifro_desktop.record import canonical
from anifro_desktop.store import centre_backup, manifest, server
from anifro_desktop.store.backup_errors import BackupDamaged
from anifro_desktop.store.centre_custody import StatementRow
from anifro_desktop.store.errors import VaultDamaged
from anifro_desktop.store.transfers import unsound
from anifro_desktop.strictjson import strict_json
from anifro_desktop.sync import announcing, connection, frame, webdav
from anifro_desktop.sync.bundle import Opened, seal_bundle
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.header import Header
from anifro_desktop.sync.keysetfile import open_keyset
from anifro_desktop.sync.names import is_bundle_name
from anifro_desktop.sync.outages import BadConnection, NotCarried
from anifro_desktop.sync.packfile import _NAMES as PACK_NAMES
from anifro_desktop.sync.packfile import open_pack
from anifro_desktop.sync.query import open_queries, query_lines
from anifro_desktop.sync.receipt import _body, open_receipt
from anifro_desktop.sync.records import Record, read_batch
from anifro_desktop.sync.sftp import Sftp
from anifro_desktop.sync.transfer import ACTS, Parcel, open_parcel
from anifro_desktop.workflows import supporting
from anifro_desktop.workflows.takeover import signers_of

Lines = Sequence[dict[str, Any]]
_BUNDLES = {one.name: one for one in golden.formats() if one.suffix == ".anfb"}
_NAME = "NCT07215754-P03-00112233-r001-00000007-0123456789abcdef.anfb"


def strangers(clinical: bytes) -> list[Reader]:
    """All of them. clinical: the raw text of a data bundle with records of forms."""
    return [
        _bundle("receipt", golden.SITE_SEAL, _receipt),
        _bundle("query", golden.SITE_SEAL, _queries),
        _bundle("keyset", golden.SITE_SEAL, _keyset, name="keyset bundle"),
        _bundle("pack", golden.SITE_SEAL, _pack),
        _bundle("handover", golden.OTHER_SEAL, _parcel),
        _bundle("data-card", golden.CENTRE_SEAL, _announced),
        Reader("said", BundleRefused, partial(_sifted, _header("data")), (_raw("data"),) * 2, line_values),
        Reader("sifted", BundleRefused, partial(_sifted, _of_lines(clinical)), (clinical,) * 2, line_values),
        Reader("custody", Refusal, _custody, (b"[]", b"[]"), _statements),
        *_files(),
        *_connections(),
        Reader("webdav list", NotCarried, _listed, (_apache(), _plain_dav()), changed),
        Reader("sftp list", NotCarried, _sftp, (_answers([b"a", _NAME.encode()]), _answers([])), changed),
        Reader("log", Refusal, _log, (b"1 ERROR fault: KeyError in today.py, line 120\n", b"\n"), changed),
    ]


def _raw(name: str) -> bytes:
    """The raw text inside a golden bundle."""
    of = _BUNDLES[name]
    kind = golden.open_kind(of.path.read_bytes())
    return frame.write_lines(golden.opened(of.path.read_bytes(), kind).lines)


def _header(name: str) -> Header:
    of = _BUNDLES[name]
    return golden.opened(of.path.read_bytes(), golden.open_kind(of.path.read_bytes())).header


def _of_lines(raw: bytes) -> Header:
    """The header that a manifest repeats."""
    told = json.loads(raw.splitlines()[0])
    return golden.header("data", writer=told["writer"])


def _bundle(kind: str, seed: bytes, again: Callable[[bytes, Lines], bool], name: str = "") -> Reader:
    """A reader of a bundle of the centre or of a site. again: whether a file was read as the lines say."""
    header, raw = _header(kind), _raw(kind)

    def read(spoiled: bytes) -> bytes:
        lines = frame.read_lines(spoiled)
        signer = golden.SITE_SIGN if header.type in ("data", "handover") else golden.CENTRE_SIGN
        data = seal_bundle(header, lines, signer, hybrid.public_bytes(seed))
        return spoiled if again(data, lines[1:]) else b""

    return Reader(name or kind, BundleRefused, read, (raw, raw), line_values)


def _known(lines: Iterable[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Lines without what a newer program may have added."""
    return [{name: line[name] for name in names if name in line} for line in lines]


def _receipt(data: bytes, lines: Lines) -> bool:
    found = _body(open_receipt(data, **golden.keys())[0])
    given = {name: value for name, value in lines[0].items() if value is not None}
    if given.get("put_back") is False:
        del given["put_back"]
    return canonical(_known([given], *found)[0]) == canonical(found)


def _queries(data: bytes, lines: Lines) -> bool:
    found: Lines = query_lines(open_queries(data, **golden.keys())[0])
    ordered = sorted(lines, key=lambda line: str(line["id"]))
    given = _known(ordered, *found[0]) if found else []
    for line, read in zip(given, found, strict=True):
        acts = sorted(line["acts"], key=lambda act: str(act["id"]))
        names = next(iter(read["acts"]))
        line["acts"] = _known(acts, *names)
        read["acts"] = sorted(read["acts"], key=lambda act: str(act["id"]))
    return canonical(given) == canonical(found)


def _keyset(data: bytes, lines: Lines) -> bool:
    return open_keyset(data, **golden.keys()) == str(lines[0]["keyset"]).encode()


def _pack(data: bytes, lines: Lines) -> bool:
    pack, _ = open_pack(data, **golden.keys())
    about = {name: getattr(pack, name) for name in PACK_NAMES}
    return canonical(about) == canonical(lines[0]) and pack.files == {
        line["name"]: line["text"] for line in lines[1:]
    }


def _parcel(data: bytes, lines: Lines) -> bool:
    """Everything in it is kept, and it can be judged without a fault of its own."""
    parcel: Parcel = open_parcel(data, **golden.keys())[0]
    unsound(parcel.rows, signers_of(parcel.rows.get("signer", ())), parcel.trail)
    kept = [{"kind": kind, **row} for kind, rows in parcel.rows.items() for row in rows]
    given = [line for line in lines if line["kind"] != "trail"]
    return sorted(map(canonical, kept)) == sorted(map(canonical, given))


def _announced(data: bytes, _: Lines) -> bool:
    found = golden.opened(data, "data")
    read_batch(found)
    card = announcing.announced(found)
    return announcing.heard(found) >= 0 and (card is None or card[1] == str(found.manifest["card"]).encode())


_DEFINITIONS = forms.load()


def _sifted(header: Header, spoiled: bytes) -> bytes:
    """What the centre makes of records: each good one is as it came, and what is good is scored without a fault."""
    lines = frame.read_lines(spoiled)
    if any(lines[0].get(name) != getattr(header, name) for name in ("site", "writer", "epoch", "seq")):
        raise BundleRefused("manifest_mismatch")
    sifted = sift(Opened(header, lines, "0" * 64), _DEFINITIONS)
    assert len(sifted.good) + len(sifted.bad) == len(lines) - 1
    same = all(canonical(record.line()) == canonical(lines[place]) for place, record in sifted.good)
    came = [_received(header, record) for _, record in sifted.good if record.revision.form in _FORMS]
    for subject in subjects(came, _DEFINITIONS):
        rescore(subject, _DEFINITIONS)
    return spoiled if same else b""


_FORMS = frozenset(one.id for one in _DEFINITIONS.forms)


def _received(header: Header, record: Record) -> Received:
    return Received(header.site, header.epoch, record.revision, record.op == "del")


def _statements(_: bytes, chance: random.Random, __: bytes) -> bytes:
    """Anything that three computers could say of two hand-overs of one patient."""
    sides = (("P03", "aa" * 16), ("P07", "bb" * 16), ("P09", "cc" * 16))
    rows = []
    for place in range(chance.randrange(1, 8)):
        (one, other), hand = chance.sample(sides, 2), chance.choice(("h1", "h2"))
        held = chance.choice(("", "", "h1", "h2"))
        facts = (hand, chance.choice(ACTS), chance.randrange(1, 4), *other, chance.choice(("f1", "f2")), held)
        rows.append([*one, 1, chance.randrange(1, 5), place, "P03-7KQF-4", *facts, "U01", "00"])
    return canonical(rows)


def _custody(data: bytes) -> bytes:
    """Who keeps the patient follows whatever was said, in whatever order."""
    read: Any = strict_json(data)
    rows = [StatementRow(*row) for row in read]
    senders = {(row.site, row.writer) for row in rows[::2]}
    first = custody.custody("P03-7KQF-4", rows, senders)
    second = custody.custody("P03-7KQF-4", rows[::-1], senders)
    assert (first.keepers, first.state) == (second.keepers, second.state)
    for writer in senders:
        first.rank(writer, 1, 3)
    return data


def _files() -> list[Reader]:
    """What lies beside a database, or in a safe."""
    known = {one.name: one for one in golden.formats()}

    def of(name: str, refusal: type[Exception], again: Callable[[Path], bytes], file: str) -> Reader:
        good = known[name].path.read_bytes()

        def read(data: bytes) -> bytes:
            with tempfile.TemporaryDirectory(dir=_memory()) as folder:
                (Path(folder) / file).write_bytes(data)
                written = again(Path(folder))
            # Spaces and the order of names are free; what is read is not.
            return data if canonical(strict_json(data)) == canonical(strict_json(written)) else b""

        return Reader(name, refusal, read, (good, good), bytes_or_values)

    def backup(folder: Path) -> bytes:
        made, mac = centre_backup.read(folder)
        return made.file(mac)

    def recalled(folder: Path) -> bytes:
        server.recall(folder, golden.DATABASE)
        return (folder / server.FILE).read_bytes()

    def escrow(folder: Path) -> bytes:
        keysets._opened(golden.ESCROW, folder / "escrow.json")
        return (folder / "escrow.json").read_bytes()

    def inside(data: bytes) -> bytes:
        """The escrow copy by somebody who has the public key of its sheet."""
        public = hybrid.public_bytes(keysets._seed(golden.ESCROW))
        with tempfile.TemporaryDirectory(dir=_memory()) as folder:
            sealed = hybrid.seal(public, keysets._INFO, data)
            text = {
                "format": keysets._FORMAT,
                "version": 3,
                "sealed": golden.base64.b64encode(sealed).decode(),
            }
            (Path(folder) / "escrow.json").write_bytes(canonical(text))
            seeds, _ = keysets._opened(golden.ESCROW, Path(folder) / "escrow.json")
        return data if all(len(seed) == hybrid.SEED_BYTES for seed in seeds) else b""

    plain = canonical({"keyset": golden.keyset(3).decode(), "opening": [golden.CENTRE_SEAL.hex()]})
    return [
        of("centre-backup", BackupDamaged, backup, centre_backup.FILE),
        of("backup", BackupDamaged, lambda folder: manifest.read_manifest(folder).to_bytes(), manifest.FILE),
        of("centre-server", VaultDamaged, recalled, server.FILE),
        of("escrow", EscrowRefused, escrow, "escrow.json"),
        Reader("escrow inside", EscrowRefused, inside, (plain, plain), bytes_or_values),
    ]


def _memory() -> str | None:
    """A place for thousands of small files, where there is one that no disk stands behind."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _connections() -> list[Reader]:
    """Files that a person names for a connection, and the connection as it is kept."""
    key = Ed25519PrivateKey.from_private_bytes(golden.key("certificate"))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "P03")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 7, day, day.replace(year=2036))
    certificate = built.sign(key, None)
    pem, der = (certificate.public_bytes(one) for one in (form.Encoding.PEM, form.Encoding.DER))
    none = form.NoEncryption()
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, none)
    ssh = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.OpenSSH, none)
    package = pkcs12.serialize_key_and_certificates(b"P03", key, certificate, None, none)
    facts, kept = golden._connection().split(b"\n")

    def twice(read: Callable[[bytes], str]) -> Callable[[bytes], bytes]:
        """What was read reads as itself."""
        return lambda data: data if read(read(data).encode()) == read(data) or b"OPENSSH" in data else b""

    def again(data: bytes) -> bytes:
        told, _, secrets = data.partition(b"\n")
        found = connection.read_connection(json.loads(told), secrets)
        same = canonical(found.facts) == told and json.loads(found.secrets.as_bytes()) == json.loads(secrets)
        return data if same else b""

    def spoil(data: bytes, chance: random.Random, _: bytes) -> bytes:
        told, secrets = data.split(b"\n")
        if chance.random() < 0.3:
            return told + b"\n" + changed(secrets, chance, secrets).replace(b"\n", b" ")
        name = chance.choice(sorted(json.loads(told)))
        facts = json.loads(told) | {name: odd(json.loads(told)[name], chance)}
        if chance.random() < 0.2:
            del facts[chance.choice(sorted(facts))]
        return canonical(facts) + b"\n" + canonical(odd(json.loads(secrets), chance))

    return [
        Reader("authority", BadConnection, twice(connection._authority), (pem, der), changed),
        Reader(
            "certificate",
            BadConnection,
            twice(lambda data: connection._certificate(data, "")),
            (pem + private, package),
            changed,
        ),
        Reader(
            "key", BadConnection, lambda data: connection._key(data, "") and data, (ssh, private), changed
        ),
        Reader("connection", BadConnection, again, (facts + b"\n" + kept,) * 2, spoil),
    ]


def _listed(data: bytes) -> bytes:
    return data if all(map(is_bundle_name, webdav.names_in(data, "dav.example"))) else b""


def _apache() -> bytes:
    files = "".join(
        f"<D:response><D:href>/studio/{name}</D:href><D:propstat><D:prop><lp1:resourcetype>{kind}</lp1:resourcetype>"
        f"<lp1:getcontentlength>{size}</lp1:getcontentlength></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
        "</D:response>"
        for name, kind, size in (("", "<D:collection/>", ""), (_NAME, "", 1933), ("perch%C3%A9.txt", "", 3))
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><D:multistatus xmlns:D="DAV:" xmlns:ns0="DAV:">'
        f"{files.replace('lp1:', 'D:')}</D:multistatus>"
    ).encode()


def _plain_dav() -> bytes:
    return (
        '<multistatus xmlns="DAV:"><response><href>https://dav.example/s/'
        f"{_NAME}</href><propstat><prop><getcontentlength> 1933\n</getcontentlength></prop></propstat></response>"
        "</multistatus>"
    ).encode()


class _Recorded:
    """A channel on which a server said these bytes, whatever was asked."""

    def __init__(self, said: bytes) -> None:
        self._said = said

    def send(self, data: bytes) -> int:
        return len(data)

    def recv(self, count: int) -> bytes:
        part, self._said = self._said[:count], self._said[count:]
        return part

    def get_name(self) -> str:
        return "recorded"


def _answers(names: Sequence[bytes]) -> bytes:
    """What a server says to one listing: its version, a handle, the names, the end, and that the handle is closed."""

    def packet(kind: int, body: bytes) -> bytes:
        return struct.pack(">IB", len(body) + 1, kind) + body

    def text(data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + data

    def entry(name: bytes) -> bytes:
        attributes = struct.pack(">IQIII", 0x0D, 1933, 0o100644, 0, 0)
        return text(name) + text(b"-rw-r--r-- 1 a a 1933 Jan 1 " + name) + attributes

    done = struct.pack(">I", 1) + text(b"End of file") + text(b"")
    listed = b"".join(entry(name) for name in names)
    return (
        packet(2, struct.pack(">I", 3))
        + packet(102, struct.pack(">I", 1) + text(b"h"))
        + packet(104, struct.pack(">II", 2, len(names)) + listed)
        + packet(101, struct.pack(">I", 3) + done)
        + b"".join(packet(101, struct.pack(">I", number) + done) for number in range(4, 52))
        + packet(101, struct.pack(">III", 52, 0, 0) + text(b""))
    )


class _Heard(Sftp):
    """A folder on a server of which only what it says is there."""

    said: bytes = b""

    def _open(self) -> Any:
        return self.on_channel(_Recorded(self.said))


def _sftp(data: bytes) -> bytes:
    folder = _Heard(golden.CONNECTION)
    folder.said = data
    return data if all(map(is_bundle_name, folder.list())) else b""


def _log(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        (Path(folder) / "anifro.log").write_bytes(data)
        told = list(supporting._faults(Path(folder)))
    assert all(len(str(one)) < 200 and str(one).isprintable() for one in told)
    return data
