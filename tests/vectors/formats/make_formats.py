"""Golden files of every format that leaves a computer, or is kept beside a database: one of each version that was ever
written, made with fixed keys and values.

    NAME-VERSION.SUFFIX        the bytes
    NAME-VERSION.told          what a reader makes of them: every field

Sealing is random, so `python tests/vectors/formats/make_formats.py` adds the files that are not there and leaves the
others: a file stays, and stays readable. `plain` is what of a file must come out the same whenever the present program
writes the present values; where it does not, the format has changed, and with it its version must.

All keys here are for tests only; everybody in the files is invented.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import tempfile
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[3]))

from anifro_desktop.centre import keysets
from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.record import Revision, canonical
from anifro_desktop.sourcemark import SourceMark
from anifro_desktop.store import centre_backup, manifest, server
from anifro_desktop.store.audit import Head
from anifro_desktop.store.rawkeys import DatabaseKey
from anifro_desktop.sync import announcing, signed
from anifro_desktop.sync import connection as connections
from anifro_desktop.sync.bundle import FORMAT, Opened, VerifyKey, kid, open_bundle, peek_header, seal_bundle
from anifro_desktop.sync.header import NO_PREVIOUS, SCHEMA, Header
from anifro_desktop.sync.keyset import make_card, make_keyset, read_card, read_keyset
from anifro_desktop.sync.keysetfile import open_keyset, seal_keyset
from anifro_desktop.sync.packfile import PackFile, open_pack, pack_header, seal_pack
from anifro_desktop.sync.query import act_revision, open_queries, seal_queries
from anifro_desktop.sync.receipt import Item, Receipt, open_receipt, seal_receipt
from anifro_desktop.sync.records import AuditHead, Record, data_lines, read_batch
from anifro_desktop.sync.sourcemarks import mark_revision
from anifro_desktop.sync.transfer import (
    KINDS,
    TAKEN,
    Parcel,
    Statement,
    open_parcel,
    seal_parcel,
    statement_revision,
    unpack_trail,
)
from anifro_desktop.thread import Act, Query, thread

FOLDER = Path(__file__).parent
BUNDLES = f"{FORMAT}.{SCHEMA}"  # the version of everything in a container: its own, and that of its lines
STUDY, SITE, OTHER_SITE = "NCT07215754", "P03", "P07"
WRITER, OTHER_WRITER = "00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100"
CREATED = "2026-03-01T09:30:00Z"
SUBJECT, MOVED = "P03-7KQF-4", "P07-8C2M-0"


def key(name: str) -> bytes:
    """A seed, or any 32 bytes, of a name."""
    return hashlib.sha256(f"test key {name}".encode()).digest()


def number(of: int) -> str:
    """A UUID."""
    return str(uuid.UUID(int=0x4000_8000_0000_0000_0000 + of))


ROOT, NEW_ROOT, CENTRE_SIGN, CENTRE_SEAL = map(key, ("root", "new root", "centre sign", "centre"))
SITE_SIGN, SITE_SEAL, NEXT_SIGN, NEXT_SEAL = map(key, ("site", "site seal", "site next", "site seal next"))
OTHER_SIGN, OTHER_SEAL, ESCROW = map(key, ("other", "other seal", "escrow"))
SEEDS = {kid(hybrid.public_bytes(seed)): seed for seed in (CENTRE_SEAL, SITE_SEAL, OTHER_SEAL)}
SIGNERS = {
    kid(signing.public_bytes(seed)): signing.public_bytes(seed)
    for seed in (CENTRE_SIGN, SITE_SIGN, NEXT_SIGN, OTHER_SIGN)
}
DATABASE = DatabaseKey("0123456789abcdef", key("database"), key("salt")[:16])


@dataclass(frozen=True)
class Format:
    """One kind of file. write: the file with the fixed values. read: what the program makes of one. plain: what of a
    file does not depend on the chance of sealing."""

    name: str
    version: str
    suffix: str
    write: Callable[[], bytes]
    read: Callable[[bytes], Any]
    plain: Callable[[bytes], bytes]

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}-{self.version}{self.suffix}"


def told(value: Any) -> Any:
    """A value as JSON: fields by name, bytes as hexadecimal."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: told(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): told(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [told(item) for item in value]
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, date) else value


def keys() -> dict[str, Any]:
    """How everybody here opens a bundle: with whatever keys fit."""
    return {"key_for": lambda header: _verify(header.sig_kid), "seed_for": SEEDS.get}


def _verify(name: str) -> VerifyKey | None:
    return VerifyKey(SIGNERS[name]) if name in SIGNERS else None


def opened(data: bytes, kind: str) -> Opened:
    return open_bundle(data, expect_type=kind, **keys())


def open_kind(data: bytes) -> str:
    return peek_header(data).type


def inside(kind: str) -> Callable[[bytes], bytes]:
    """Header and lines of a bundle; what is packed in a line unpacked, since packing has many ways."""

    def plain(data: bytes) -> bytes:
        found = opened(data, kind)
        lines = [dict(line) for line in found.lines]
        for line in lines:
            if line.get("kind") == "trail":
                line["packed"] = [*unpack_trail(base64.b64decode(str(line["packed"])))]
        return b"\n".join([data[:10], found.header.to_bytes(), *map(canonical, lines)])

    return plain


def header(kind: str, **facts: Any) -> Header:
    return replace(Header(STUDY, SITE, WRITER, 1, 1, NO_PREVIOUS, kind, CREATED), **facts)


REVISIONS = (
    Revision(
        number(1), SUBJECT, "m06", "laboratory", 2, "ab" * 32,
        {"platelets": 132, "wbc": "3.4", "c3_low": {"missing": "not_done"}, "lab_day": 183}, "cd" * 32, "U01", "", 183,
        why="typing_error", notes={"platelets": {"kind": "override", "reason": 2, "text": ""}},
        scores={"sledai2k": {"value": 4, "complete": True, "parts": {"rash": 2}}}, context={"earlier": "baseline"},
        signature={"by": "U01", "meaning": "responsible", "digest": "ef" * 32, "sig": "01" * 64},
    ),
    Revision(
        number(2), SUBJECT, "m12~1", "phga", 2, "ab" * 32, {}, "cd" * 32, "U02", "", 366, why="void_wrong_patient"
    ),
)  # fmt: skip
QUERY = Query(number(10), SUBJECT, "field", "m06", "laboratory", "platelets", number(1), 2)
ACTS = (
    Act(number(11), QUERY.id, 1, "raise", "Così poche? Sicuro?", "C01", "2026-03-02T08:00:00.000+00:00"),
    Act(number(12), QUERY.id, 2, "correct", "Era 132.", "U01", "2026-03-03T08:00:00.000+00:00", number(1), 2),
    Act(number(13), QUERY.id, 3, "close", "", "C01", "2026-03-04T08:00:00.000+00:00"),
)
MISSING = Query(number(20), SUBJECT, "missing", "m12", "phga")
THREADS = (
    thread(QUERY, ACTS),
    thread(MISSING, [Act(number(21), MISSING.id, 1, "raise", "La visita del mese 12?", "C01", ACTS[0].at)]),
)
MARK = SourceMark(number(30), SUBJECT, number(1), 2, "platelets", 1, "mark", "M01")
STATEMENT = Statement(number(40), MOVED, TAKEN, 1, OTHER_SITE, OTHER_WRITER, "12" * 32, "", "U01")
RECEIPT = Receipt(
    STUDY, SITE, WRITER, 7, 1, 3,
    (Item(3, "ab" * 32, "accepted"), Item(3, "ab" * 32, "accepted", "score_differs"), Item(5, "cd" * 32, "held", "gap"),
     Item(9, "ef" * 32, "quarantined", "changed"), Item(2, "01" * 32, "refused", "bad_lines")),
    (4,), "2026-03-05T07:00:00Z", 12, {SUBJECT: {"laboratory": 2, "phga": 1}}, (1, 3), put_back=True,
)  # fmt: skip
PACK = PackFile(
    2, "2027.1", "ab" * 32, "cd" * 32, "ef" * 32, {"sledai2k": "1", "doris": "2"},
    {"pack.toml": 'id = "2027.1"\n', "phga.toml": 'id = "phga"\n# è una prova\n'},
)  # fmt: skip
PARCEL = Parcel(
    number(40), SUBJECT, "", OTHER_SITE, OTHER_WRITER, True, "0.1.0",
    {
        "subject": [{"code": SUBJECT, "status": "enrolled", "sex": "female", "age": 35, "enrolled": "2026-03-04",
                     "first_dose": None, "created": "2026-03-04T09:00:00.000Z"}],
        "identity": [{"surname": "Canarìno", "name": "Prova", "birth_date": "1990-01-02", "tax_code": "",
                      "hospital_number": "H-1", "phone": "", "email": ""}],
        "visit": [{"id": number(50), "subject": SUBJECT, "key": "m06", "date": "2026-09-03", "state": "draft",
                   "place": None, "pack": None}],
        "draft": [{"visit_id": number(50), "field": "phga", "value": "1.5", "note": None, "raw_text": "1,5",
                   "utc": "2026-09-03T09:00:00.000Z"}],
        "setting": [{"key": f"amending/{number(50)}", "value": {"reason": 5, "text": "detto al monitor"}}],
        "revision": [{"record": number(1), "ver": 2,
                      "body": {**REVISIONS[0].to_json(), "when": "2026-09-03T09:00:00.000+02:00"}}],
        "signature": [{"record": number(1), "ver": 2, "signer": "U01", "name": "Dr. Prova", "meaning": "responsible",
                       "signed": "2026-09-03T09:01:00.000+02:00", "digest": "ef" * 32, "sig": "01" * 64}],
        "origin": [{"record": number(1), "ver": 2, "origin": WRITER, "struck": []}],
        "signer": [{"origin": WRITER, "code": "U01", "name": "Dr. Prova", "names": ["Dr. Prova"],
                    "roles": ["investigator"], "keys": ["aa" * 32]}],
        "position": [{"record": number(1), "ver": 2}],
        "query": [{"row": asdict(QUERY)}],
        "query_act": [{"row": asdict(replace(act, source="0a" * 32))} for act in ACTS],
        "mark": [{"row": asdict(MARK)}],
    },
    ({"seq": 1, "field": "platelets", "old": "123", "new": "132"}, {"seq": 2, "field": "", "old": None, "new": None}),
)  # fmt: skip
RECORDS = (
    *(Record(revision, "del" if revision.void else "put") for revision in REVISIONS),
    Record(act_revision(QUERY, ACTS[1], "cd" * 32)),
    Record(mark_revision(MARK, "cd" * 32)),
    Record(statement_revision(STATEMENT, WRITER, "cd" * 32, "")),
)


def card(sign: bytes = SITE_SIGN, seal: bytes = SITE_SEAL, *, mldsa: bool = False) -> bytes:
    second = signing.mldsa_public_bytes(key("site 2")) if mldsa else None
    public = hybrid.public_bytes(seal)
    return make_card(
        study=STUDY, site=SITE, writer=WRITER, sign_seed=sign, seal_public=public, mldsa_public=second
    )


def keyset(version: int = 1, root: bytes = ROOT, old: bytes | None = None) -> bytes:
    return make_keyset(
        study=STUDY,
        version=version,
        root_seed=root,
        old_root_seed=old,
        sign_public=signing.public_bytes(CENTRE_SIGN),
        seal_public=hybrid.public_bytes(CENTRE_SEAL),
        mldsa_public=signing.mldsa_public_bytes(key("centre 2")) if version == 3 else None,
        created=date(2026, 1, version),
        expires=date(2028, 1, version),
    )


def _data() -> bytes:
    head = header("data")
    lines = data_lines(head, RECORDS, audit=AuditHead(7, "ab" * 32), app="0.1.0")
    return seal_bundle(head, lines, SITE_SIGN, hybrid.public_bytes(CENTRE_SEAL))


def _announcing() -> bytes:
    next_card = card(NEXT_SIGN, NEXT_SEAL)
    head = header("data", epoch=2, seq=4, prev="ab" * 32, crit=announcing.crit(next_card))
    lines = data_lines(
        head, [], audit=AuditHead(9, "cd" * 32), app="0.1.0", told=announcing.told(next_card, 7)
    )
    return seal_bundle(head, lines, SITE_SIGN, hybrid.public_bytes(CENTRE_SEAL))


def _read_data(data: bytes) -> Any:
    found = opened(data, "data")
    return {
        "batch": read_batch(found),
        "heard": announcing.heard(found),
        "announced": announcing.announced(found),
    }


def _centre_backup() -> bytes:
    made = centre_backup.CentreBackup(
        "centre-backup-PISA-20260301T093000000Z", "PISA", "2026-03-01T09:30:00+00:00", 12, "ab" * 32,
        {"centre.db": manifest.Part(4096, "cd" * 32), "keyslots.json": manifest.Part(900, "ef" * 32),
         "quarantine/bad_lines-0123456789abcdef.anfb": manifest.Part(7, "01" * 32)},
    )  # fmt: skip
    return made.file(centre_backup._mac(made, DATABASE))


def _backup() -> bytes:
    parts = {name: manifest.Part(4096, "ab" * 32) for name in sorted(manifest.NEEDED)}
    heads = {name: Head(7, "cd" * 32) for name in manifest.DATABASES}
    rows = {"clinical": {"revision": 12}, "identity": {"identity": 1}}
    stamp = "2026-03-01T09:30:00.000+00:00"
    made = manifest.Manifest(SITE, WRITER, 2, "daily", "0.1.0", stamp, heads, rows, parts)
    return made.vouched(DATABASE).to_bytes()


def in_folder(name: str, read: Callable[[Path], Any]) -> Callable[[bytes], Any]:
    """What is made of a file that is read by its place in a folder."""

    def of(data: bytes) -> Any:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / name).write_bytes(data)
            return read(Path(folder))

    return of


def _read_backup(folder: Path) -> Any:
    found = manifest.read_manifest(folder)
    return {"manifest": found, "vouched": found.is_vouched([DATABASE])}


def _read_centre_backup(folder: Path) -> Any:
    made, mac = centre_backup.read(folder)
    return {"made": made, "vouched": mac == centre_backup._mac(made, DATABASE)}


def _read_escrow(folder: Path) -> Any:
    seeds, held = keysets._opened(ESCROW, folder / "escrow.json")
    return {"seeds": seeds, "keyset": held}


def _plain_escrow(data: bytes) -> bytes:
    clear = json.loads(data)
    sealed = base64.b64decode(clear.pop("sealed"))
    return canonical(clear) + hybrid.open_sealed(keysets._seed(ESCROW), keysets._INFO, sealed)


def _escrow() -> bytes:
    public = hybrid.public_bytes(keysets._seed(ESCROW))
    return keysets.sealed_copy(public, keyset(3), 3, [CENTRE_SEAL, key("centre before")])


CONNECTION = connections.sftp(
    "sftp.example", "p03", "/studio", "SHA256:" + "A" * 43, port=2222, password="parola di prova"
)


def _connection() -> bytes:
    """What is kept of a connection: its facts, and apart from them its secrets."""
    return canonical(CONNECTION.facts) + b"\n" + CONNECTION.secrets.as_bytes()


def _read_connection(data: bytes) -> Any:
    facts, kept = data.split(b"\n")
    found = connections.read_connection(json.loads(facts), kept)
    return {"place": found.place, "secrets": found.secrets}


def _server() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        server.remember(
            Path(folder), server.Address("postgresql://anifro@db.example/anifro", "parola"), DATABASE
        )
        return (Path(folder) / server.FILE).read_bytes()


def _plain_server(data: bytes) -> bytes:
    address = in_folder(server.FILE, lambda folder: server.recall(folder, DATABASE))(data)
    return canonical(told(address) | {"format": json.loads(data)["format"]})


def _same(data: bytes) -> bytes:
    return data


def formats() -> list[Format]:
    """Every format, as the present program writes it."""
    to_site = hybrid.public_bytes(SITE_SEAL)
    queries = header("query", seq=3, prev="ab" * 32)
    renewed = header("keyset", seq=2, prev="cd" * 32)
    parcel = header("handover")
    text = signed._KIND.rpartition("-v")[2]

    def bundle(
        name: str, kind: str, write: Callable[[], bytes], read: Callable[[bytes], Any] | None = None
    ) -> Format:
        return Format(name, BUNDLES, ".anfb", write, read or (lambda data: opened(data, kind)), inside(kind))

    def of_header(form: str) -> str:
        return form.rpartition("/v")[2]

    return [
        bundle("data", "data", _data, _read_data),
        bundle("data-card", "data", _announcing, _read_data),
        bundle(
            "receipt",
            "receipt",
            lambda: seal_receipt(RECEIPT, CENTRE_SIGN, to_site, prev="ab" * 32),
            lambda data: open_receipt(data, **keys())[0],
        ),
        bundle(
            "query",
            "query",
            lambda: seal_queries(queries, THREADS, CENTRE_SIGN, to_site),
            lambda data: open_queries(data, **keys())[0],
        ),
        bundle(
            "keyset",
            "keyset",
            lambda: seal_keyset(renewed, keyset(2), CENTRE_SIGN, to_site),
            lambda data: open_keyset(data, **keys()),
        ),
        bundle(
            "pack",
            "pack",
            lambda: seal_pack(pack_header(PACK, STUDY, SITE, WRITER, CREATED), PACK, CENTRE_SIGN, to_site),
            lambda data: open_pack(data, **keys())[0],
        ),
        bundle(
            "handover",
            "handover",
            lambda: seal_parcel(parcel, PARCEL, SITE_SIGN, hybrid.public_bytes(OTHER_SEAL)),
            lambda data: open_parcel(data, **keys())[0],
        ),
        Format("keyset-file", text, ".json", lambda: keyset(1), read_keyset, _same),
        Format("keyset-file-root", text, ".json", lambda: keyset(2, NEW_ROOT, ROOT), read_keyset, _same),
        Format("keyset-file-second", text, ".json", lambda: keyset(3), read_keyset, _same),
        Format("card", text, ".json", card, read_card, _same),
        Format("card-second", text, ".json", lambda: card(mldsa=True), read_card, _same),
        Format(
            "escrow",
            of_header(keysets._FORMAT),
            ".json",
            _escrow,
            in_folder("escrow.json", _read_escrow),
            _plain_escrow,
        ),
        Format(
            "centre-backup",
            of_header(centre_backup.FORMAT),
            ".json",
            _centre_backup,
            in_folder(centre_backup.FILE, _read_centre_backup),
            _same,
        ),
        Format(
            "backup",
            of_header(manifest.FORMAT),
            ".json",
            _backup,
            in_folder(manifest.FILE, _read_backup),
            _same,
        ),
        Format(
            "centre-server",
            of_header(server.FORMAT),
            ".json",
            _server,
            in_folder(server.FILE, lambda folder: server.recall(folder, DATABASE)),
            _plain_server,
        ),
        Format("connection", "1", ".kept", _connection, _read_connection, _same),
    ]


def transfer_kinds() -> Mapping[str, tuple[str, ...]]:
    """The lines of a hand-over, with their columns."""
    return KINDS


def golden() -> list[tuple[Format, Path]]:
    """Every golden file with the format that it is of, whatever its version."""
    known = {one.name: one for one in formats()}
    return [
        (known[path.name.rpartition("-")[0]], path)
        for path in sorted(FOLDER.iterdir())
        if path.suffix not in (".py", ".told") and path.is_file()
    ]


def main() -> None:
    for one in formats():
        if not one.path.exists():
            data = one.write()
            one.path.write_bytes(data)
            text = json.dumps(told(one.read(data)), indent=1, ensure_ascii=False, sort_keys=True)
            one.path.with_suffix(".told").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
