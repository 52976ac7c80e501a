"""Checks a site's archive with nothing but Python: files, audit trail, versions of forms, signatures, ODM.

    python3 verify_archive.py [FOLDER]

It travels with every archive and runs without this program, so it is one file, however long.

Every file against SHA256SUMS, and that against the signatures of whoever made the archive and of the site; every entry
of the trail against its hash, the time of the one before and the roles of its author; every completed version against
its digest, the one before, and who wrote it and when by the trail; every signature on a version, and the trail's own
signatures: all of them where the package `cryptography` is installed, else its last one (and it says so); every version
and signature that the trail tells of, whether it is here; the days of visits, sex and enrolment in the trail against
the versions; every value, person, time and reason of the ODM files against them too. A text that was erased is told,
and believed where somebody who was an administrator erased it.

Whoever makes all of it anew, with keys of his own, passes all of this: so compare what is printed last with what the
program showed when the archive was made, or with the site's own trail (act `archived`). The PDF files are checked by
SHA256SUMS alone. Exit code 0: all is well; 1: something is not; 2: no folder was said that is there.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import sys
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

TRAIL = b"anifro/audit/v1\0"
TRAIL_SIGNATURE = b"anifro/audit/sig/v1\0"
SIGNATURE = b"anifro/signature/v1\0"
ARCHIVE = b"anifro/archive/v1\0"
SUMS, SUMS_SIGNED = "SHA256SUMS", "SHA256SUMS.sig"
ODM = "{http://www.cdisc.org/ns/odm/v1.3}"
# Whose erasures count, and whose signatures on a form; a schedule is nobody's answer, and whoever sends signs it.
ADMINISTRATORS, SIGNERS = {"site_admin", "data_manager"}, {"investigator"}
ENTERING = SIGNERS | {"data_entry"}  # who may write a version
# What a key signs whose passphrase somebody else chose: an unlocking, up to the choice of another.
BY_LENT = {
    *(("act", one) for one in ("unlock", "identities_listed", "passphrase_changed", "keys_renewed")),
    *(("act", one) for one in ("key_act_told", "site_keys_made")),
    *(("anchor", one) for one in ("behind", "damaged")),
    *(("settings", one) for one in ("key_file", "next_keys")),
    *(("secrets", one) for one in ("key_act", "next_signing", "next_receiving", "receiving")),
}
KEPT = ("draft_values", "subjects", "visits")  # tables that only those write who enter answers
TABLES = {
    *("settings", "secrets", "subjects", "visits", "draft_values", "revisions", "signatures", "outbox"),
    *("sealed_positions", "receipts", "identities", "answers", "act", "anchor", "erasure", "deliveries"),
    *(
        "handovers",
        "taken_versions",
        "packs",
        "releases",
        "queries",
        "query_acts",
        "source_marks",
        "screening",
    ),
}
TEXTS = ("utc", "user", "role", "device", "table", "record", "field", "reason", "hash", "signature")
LINE = {*TEXTS, "seq", "utc_offset", "clock_ok", "old", "new", "tx"}
SEXES = {1: "female", 2: "male"}
FORMAT = "anifro-archive-signature/1"  # of SHA256SUMS.sig
_CUT = timedelta(milliseconds=1)  # stored moments are cut to milliseconds: one less is none
AGAIN = "get another copy of this archive"
# What a file that is no part of an archive makes the reading of it fail with.
UNFIT = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError),
    *(RecursionError, ET.ParseError),
)
TAKEN_OVER = "taken_over"  # the reason of entries about what came from another computer with a patient
MOVING = SIGNERS | {"site_admin"}  # who may hand a patient over, and take one
AWAY = "moved"  # the status of a patient who was handed over
OF_ITSELF = ("ver", "prev", "who", "when", "why", "why_text", "salt")  # what each version has of its own
# A text that was erased, and a reason: a code, if it has one, and a person's own words.
STRUCK = re.compile(r"\[--- (?P<hash>[0-9a-f]{64})\]")
REASON = re.compile(r"(?P<code>(?:void_)?[0-9]+(?:: |$))?(?P<words>.*)", re.DOTALL)
TYPED = ("values", "notes", "why_text")  # of a version: what may hold a person's own words

# Ed25519 (RFC 8032): prime, order, d, base point in extended coordinates.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]
Made = dict[
    tuple[str, str, str], dict[str, Any]
]  # entries of versions and signatures, by table, record and field


def _add(one: Point, two: Point) -> Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _add(total, point)
        point = _add(point, point)
        number >>= 1
    return total


def _same(one: Point, two: Point) -> bool:
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


def _point(raw: bytes) -> Point | None:
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


_base = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def plain_verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature holds, worked out here (a few milliseconds each)."""
    public, r = _point(key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if public is None or r is None or _base is None or len(signature) != 64 or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    return _same(_times(s, _base), _add(r, _times(h, public)))


def _fast_verify() -> Callable[[bytes, bytes, bytes], bool] | None:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return None

    def verify(key: bytes, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    return verify


def canonical(value: Any) -> bytes:
    """The one text of a JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def veiled(value: Any) -> Any:
    """A value with the SHA-256 of each text in its place: what digests are over, so that a text can be erased."""
    if isinstance(value, str):
        found = STRUCK.fullmatch(value)
        return found["hash"] if found else hashlib.sha256(canonical(value)).hexdigest() if value else ""
    if isinstance(value, dict):
        gone = _erased_in(value)
        inside = {name: veiled(item) for name, item in value.items() if name != "erased" or not gone}
        return gone if gone and len(value) == 1 else inside | {"text": gone} if gone else inside
    return [veiled(item) for item in value] if isinstance(value, list) else value


def struck_in(value: Any) -> Iterator[str]:
    """The hashes of erased texts in a value."""
    if isinstance(value, str) and (found := STRUCK.fullmatch(value)):
        yield found["hash"]
    elif isinstance(value, dict):
        if gone := _erased_in(value):
            yield gone
        for name, item in value.items():
            if name != "erased" or not gone:
                yield from struck_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from struck_in(item)


def _erased_in(value: dict[str, Any]) -> str:
    gone = value.get("erased")
    return gone if isinstance(gone, str) and (len(value) == 1 or value.get("text") == "") else ""


def entry_hash(previous: str, entry: dict[str, Any]) -> str:
    """The hash of an entry of the trail after the one before."""
    facts = entry | {name: veiled(entry[name]) for name in ("old", "new")}
    if found := REASON.fullmatch(entry["reason"]):
        facts["reason"] = f"{found['code'] or ''}{veiled(found['words'])}"
    return hashlib.sha256(TRAIL + bytes.fromhex(previous) + canonical(facts)).hexdigest()


def entry_struck(entry: dict[str, Any]) -> set[str]:
    """The hashes of texts erased in an entry."""
    found = REASON.fullmatch(entry["reason"])
    return {
        one for value in (entry["old"], entry["new"], found and found["words"]) for one in struck_in(value)
    }


def version_hash(body: dict[str, Any]) -> str:
    """The digest of a version, which goes on to hold when a text of it is erased."""
    return hashlib.sha256(canonical(body | {part: veiled(body[part]) for part in TYPED})).hexdigest()


def check_sums(folder: Path) -> Iterator[str]:
    """Files that are missing, changed, or not in the list."""
    wanted: dict[str, str] = {}
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        sha256, name = line.split("  ", 1)
        wanted[name] = sha256
    for name, sha256 in wanted.items():
        path = folder / name
        if not path.is_file():
            yield f"{name}: missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield f"{name}: changed"
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in (SUMS, SUMS_SIGNED) and name not in wanted:
            yield f"{name}: not in SHA256SUMS"


def sums_message(facts: dict[str, Any]) -> bytes:
    """What the signatures over SHA256SUMS are over."""
    return ARCHIVE + canonical({name: facts[name] for name in ("by", "name", "sha256", "site", "when")})


def fingerprint(key: bytes) -> str:
    """A key as people compare it."""
    text = base64.b32encode(hashlib.sha256(key).digest()).decode("ascii")
    return "-".join(text[start : start + 5] for start in range(0, 25, 5))


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON lines of a file."""
    with path.open(encoding="utf-8", newline="\n") as stream:
        yield from map(json.loads, stream)


def read_trail(path: Path) -> Iterator[dict[str, Any]]:
    """The entries of a trail.

    Raises:
        ValueError: a line that is none.
    """
    for line in read_lines(path):
        if not isinstance(line, dict) or set(line) != LINE:
            raise ValueError("not an entry")
        if not all(isinstance(line[name], str) for name in TEXTS):
            raise ValueError("not a text")
        yield line


def _objects(value: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        raise TypeError("not objects")
    return value


def moment_of(entry: dict[str, Any]) -> datetime | None:
    """When an entry was written; None if it does not say so in the one way in which the program does."""
    offset = entry["utc_offset"]
    try:
        moment = datetime.fromisoformat(entry["utc"])
        text = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return None
    sound = type(offset) is int and abs(offset) < 24 * 60 and text == entry["utc"]
    return moment if sound and entry["table"] in TABLES else None


def is_role(role: str, ever: set[str]) -> bool:
    """Whether an entry's role is made of roles that its author had, each once."""
    said = role.split("+")
    return set(said) <= ever and len(set(said)) == len(said)


class Unreadable(ValueError):
    """There is no archive in a folder, or not enough of one. Its text says what, and what to do."""


class Checker:
    """One archive. faults: what is wrong; counts: what was looked at; erasures: who erased texts, when and why; signed:
    what the signature of the sums says, if there is one."""

    def __init__(self, folder: Path) -> None:
        """Read the keys.

        Raises:
            Unreadable: they cannot be read.
        """
        self.folder = folder
        try:
            self._keys(json.loads((folder / "keys.json").read_text("utf-8")))
        except UNFIT as error:
            raise Unreadable(f"keys.json: cannot be read; {AGAIN}") from error
        self.current: dict[str, list[bytes]] = {}  # those that may still sign, while a trail is read
        self.more = False  # whether the act being read is none that a lent key may sign
        self.made: Made = {}
        self.came: set[tuple[str, str, str]] = (
            set()
        )  # places of versions and signatures that came with a patient
        self.seen: set[tuple[str, str, str]] = set()  # places of either that are here
        self.moving: set[Any] = set()  # acts that handed a patient over, or took one
        # What visits and patients were last said to be, by table and record.
        self.facts: dict[tuple[str, str], dict[str, Any]] = {}
        # By person, and record of an answer, the first entry that was not this person's to write.
        self.strange: dict[tuple[str, str], int] = {}
        self.erasing: set[Any] = set()  # acts of administrators who erased
        self.schedules: set[str] = set()  # records that nobody answers
        self.dated: dict[str, str] = {}  # the day of a visit, by the last version that says it
        self.dating: set[str] = set()  # forms that say it
        self.sexes: dict[str, set[Any]] = {}  # what the enrolments of each patient say
        self.days: dict[str, set[Any]] = {}
        self.fast = _fast_verify()
        self.verify = self.fast or plain_verify
        self.faults: list[str] = []
        self.counts = {"entries": 0, "versions": 0, "signatures": 0}
        self.erasures: list[str] = []
        self.signed: dict[str, Any] = {}
        self.sums = ""  # hash of the list of sums

    def _keys(self, known: dict[str, Any]) -> None:
        people = known["people"]
        self.site, self.site_key = known["site"], bytes.fromhex(known["site_key"])
        self.keys = {
            code: [bytes.fromhex(key) for key in one["signing_keys"]] for code, one in people.items()
        }
        self.roles = {code: set(one["roles_ever"]) for code, one in people.items()}
        self.people = people
        self.elsewhere = _objects(
            known["elsewhere"]
        )  # people of computers that patients were taken over from
        self.taken = _objects(known["taken"])  # versions made there, by record and number
        self.device = known["writer"]
        # What a passphrase opened that somebody else chose is nobody's own, and signs no version.
        self.lent = {bytes.fromhex(key) for one in people.values() for key in one["lent_keys"]}

    def run(self) -> None:
        """Check everything."""
        self._part(SUMS, self._sums)
        self._part(SUMS_SIGNED, self._sums_signed)
        versions: dict[str, set[str]] = {}
        if not self._part("trail.jsonl", lambda: versions.update(self._trail("trail.jsonl"))):
            return  # nothing can be held against it
        if (self.folder / "identity-trail.jsonl").exists():
            self._part("identity-trail.jsonl", lambda: self._trail("identity-trail.jsonl"))
        for path in sorted((self.folder / "subjects").glob("*.jsonl")):
            self._part(path.name, partial(self._versions, path, versions))
            self._part(f"{path.stem}.odm.xml", partial(self._odm, path))
        self._part("trail.jsonl", self._whole)

    def _odm(self, path: Path) -> None:
        self.faults += check_odm(path)

    def _part(self, name: str, check: Callable[[], Any]) -> bool:
        """Check a part, if it can be read; says whether it could."""
        try:
            check()
        except UNFIT:
            self.faults.append(f"{name}: cannot be read; {AGAIN}")
            return False
        return True

    def _sums(self) -> None:
        self.sums = hashlib.sha256((self.folder / SUMS).read_bytes()).hexdigest()
        self.faults += check_sums(self.folder)

    def _sums_signed(self) -> None:
        if not (self.folder / SUMS_SIGNED).is_file():
            self.faults.append(f"{SUMS_SIGNED}: missing")
            return
        facts = json.loads((self.folder / SUMS_SIGNED).read_text("utf-8"))
        message = sums_message(facts)
        if facts["format"] != FORMAT:
            raise ValueError("another format")
        if (facts["sha256"], facts["site"]) != (self.sums, self.site):
            self.faults.append(f"{SUMS}: changed")
        for who, keys, name in (
            (facts["by"], self.keys.get(facts["by"], []), "sig"),
            (self.site, [self.site_key], "site_sig"),
        ):
            raw = bytes.fromhex(facts[name])
            if not any(self.verify(key, message, raw) for key in keys):
                self.faults.append(f"{SUMS_SIGNED}: not signed by {who}")
        self.signed = facts

    def _trail(self, name: str) -> dict[str, set[str]]:
        """Check a trail; the hashes of what was erased in versions, by record and number."""
        entries, versions = self._erased(name)
        previous, last, before = "00" * 32, None, None
        self.current, self.more = dict(self.keys), False
        for number, line in enumerate(read_trail(self.folder / name), 1):
            self.counts["entries"] += 1
            entry = {key: value for key, value in line.items() if key not in ("hash", "signature")}
            if line["seq"] != number:
                self.faults.append(f"{name}: entry {number} is missing")
                return versions
            if entry_hash(previous, entry) != line["hash"]:
                self.faults.append(f"{name}: entry {number} was changed")
            if entry_struck(entry) != entries.get(str(number), set()):
                self.faults.append(f"{name}: a text of entry {number} is hidden")
            if not is_role(line["role"], self.roles.get(line["user"], set())):
                self.faults.append(f"{name}: entry {number} is in a role that {line['user']} never had")
            moment = moment_of(line)
            if moment is None:
                self.faults.append(f"{name}: entry {number} is not written as the program writes one")
            elif before is not None and line["clock_ok"] and before - moment > _CUT:
                self.faults.append(f"{name}: entry {number} is earlier than the one before")
            if last is not None:
                self._follows(name, last, line)
            self._keep(line)
            previous, last, before = line["hash"], line, moment
        if last is not None:
            self._signed_entry(name, last)
        return versions

    def _follows(self, name: str, last: dict[str, Any], line: dict[str, Any]) -> None:
        """An act is of one person, who signs its last entry."""
        if last["tx"] != line["tx"]:
            if self.fast:
                self._signed_entry(name, last)
            self.more = False
        elif last["signature"] or any(last[one] != line[one] for one in ("user", "role", "device")):
            self.faults.append(f"{name}: entry {line['seq']} was put in")

    def _keep(self, line: dict[str, Any]) -> None:
        """What of an entry is needed to the end."""
        table, record, field = line["table"], line["record"], line["field"]
        if (table, record.partition("/")[0] if table in ("settings", "secrets") else field) not in BY_LENT:
            self.more = True
        if table == "handovers" and self.roles.get(line["user"], set()) & MOVING:
            self.moving.add(line["tx"])
        if table == "revisions" or (table == "signatures" and field.endswith("/sig")):
            if line["reason"] == TAKEN_OVER:
                self.came.add((table, record, field))
            else:
                self.made[table, record, field] = line
        if table in ("visits", "subjects"):
            self.facts.setdefault((table, record), {})[field] = line["new"]
        if table in (*KEPT, "answers") and not self.roles.get(line["user"], set()) & ENTERING:
            self._note_strange(line)

    def _note_strange(self, line: dict[str, Any]) -> None:
        """The first entry of a person who never might enter answers. A schedule is nobody's answer; a visit waits for
        its signature again where an administrator erased the words of a reason in it; and whoever hands patients over
        and takes them writes what comes with them."""
        said = [line[name] for name in ("table", "field", "old", "new")]
        turned = said[:2] == ["subjects", "status"] and AWAY in said[2:]
        if line["tx"] in self.moving and (turned or line["reason"] == TAKEN_OVER):
            return
        if said != ["visits", "state", "signed", "complete"] or line["tx"] not in self.erasing:
            record = line["record"] if line["table"] == "answers" else ""
            self.strange.setdefault((line["user"], record), line["seq"])

    def _whole(self) -> None:
        """Whether all that the trail tells of is here, and what it says of visits and patients is on their forms."""
        for table, record, field in sorted((set(self.made) | self.came) - self.seen):
            id_, _, ver = record.partition("/")
            by = field.partition("/")[0]
            told = (
                f"version {field} of {id_}"
                if table == "revisions"
                else f"signature of {by}, version {ver} of {id_}"
            )
            self.faults.append(f"{told}: missing")
        for (_, record), seq in self.strange.items():
            if record not in self.schedules:
                self.faults.append(f"trail.jsonl: entry {seq} is by somebody who never might enter answers")
        for (table, record), facts in self.facts.items():
            if table == "visits":
                self._dated(record, facts)
            else:
                self._settled(record, facts)

    def _dated(self, record: str, facts: dict[str, Any]) -> None:
        days = {self.dated.get(str(uuid.uuid5(uuid.UUID(record), form))) for form in self.dating} - {None}
        place = f"{facts.get('subject')} {facts.get('key')}"
        if days and facts.get("state") == "draft":
            self.faults.append(f"{place}: the form was completed, and it says that it is a draft")
        if days and facts.get("state") != "void" and facts.get("date") not in days:
            self.faults.append(f"{place}: the date is not the one on the form")

    def _settled(self, code: str, facts: dict[str, Any]) -> None:
        for end in ("jsonl", "pdf"):
            if not (self.folder / "subjects" / f"{code}.{end}").is_file():
                self.faults.append(f"subjects/{code}.{end}: missing")
        for name, said in (("sex", self.sexes), ("enrolled", self.days)):
            if facts.get(name) is not None and facts[name] not in said.get(code, set()):
                self.faults.append(f"{code}: {name} is not as on the form")

    def _erased(self, name: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """The hashes of what administrators erased: of entries by number, of versions by record and number."""
        found: dict[str, dict[str, set[str]]] = {"entry": {}, "body": {}}
        acts: dict[int, str] = {}
        self.erasing = set()
        for line in read_trail(self.folder / name):
            administers = self.roles.get(line["user"], set()) & ADMINISTRATORS
            if (line["table"], line["field"]) == ("act", "text_erased") and administers:
                self.erasing.add(line["tx"])
            if line["table"] == "erasure" and administers:
                texts = found[line["field"]].setdefault(line["record"], set())
                texts.update(line["new"]["texts"])
                acts[line["tx"]] = f"{line['user']}, {line['utc']}: {line['reason']}"
        self.erasures += acts.values()
        return found["entry"], found["body"]

    def _signed_entry(self, name: str, line: dict[str, Any]) -> None:
        """Signed by its author; a key that was replaced signs nothing more once its successor has."""
        self.counts["signatures"] += 1
        message, raw = TRAIL_SIGNATURE + bytes.fromhex(line["hash"]), bytes.fromhex(line["signature"])
        keys = self.current.get(line["user"], [])  # the newest first
        used = next((at for at, key in enumerate(keys) if self.verify(key, message, raw)), None)
        if used is None:
            self.faults.append(f"{name}: entry {line['seq']} is not signed by {line['user']}")
            return
        self.current[line["user"]] = keys[: used + 1]
        if self.more and keys[used] in self.lent:
            self.faults.append(f"{name}: entry {line['seq']} is signed with a key that somebody else chose")

    def _versions(self, path: Path, erased: dict[str, set[str]]) -> None:
        before: dict[str, tuple[int, str]] = {}
        bodies: dict[str, dict[str, Any]] = {}
        earlier = self._earlier(path)
        for line in read_lines(path):
            self.counts["versions"] += 1
            body, digest = line["body"], line["digest"]
            name = f"{path.name}: {body['form']} {body['id']} version {body['ver']}"
            if version_hash(body) != digest:
                self.faults.append(f"{name} was changed")
            gone = {one for part in TYPED for one in struck_in(body[part])}
            place = f"{body['id']}/{body['ver']}"
            there = self.taken.get(place, {})
            if gone != erased.get(place, set()) | set(there.get("struck", ())):
                self.faults.append(f"{name}: a text is hidden")
            ver, last = before.get(body["id"], (0, ""))
            if (body["ver"], body["prev"]) != (ver + 1, last):
                self.faults.append(f"{name} does not follow the one before")
            made = self._told(earlier, ("revisions", body["id"], str(body["ver"])), body["who"], body["when"])
            if made is None or made["device"] != there.get("origin", self.device):
                self.faults.append(f"{name} is not by whom, or of when, the trail says")
            elif not self._may_write(body, bodies.get(body["id"]), self._person(made)["roles_ever"]):
                self.faults.append(f"{name} is by somebody who never might enter answers")
            before[body["id"]], bodies[body["id"]] = (body["ver"], digest), body
            self._say(path.stem, body)
            for one in line["signatures"]:
                if not self._holds(body, digest, one, earlier):
                    self.faults.append(f"{name}: the signature of {one['by']} does not hold")

    def _earlier(self, path: Path) -> Made:
        """What the trails of other computers tell of versions and signatures that came with a patient."""
        trail = path.with_name(f"{path.stem}.earlier-trail.json")
        if not trail.exists():
            return {}
        return {
            (line["table"], line["record"], line["field"]): line
            for line in json.loads(trail.read_text("utf-8"))
            if line["table"] in ("revisions", "signatures") and line["reason"] != TAKEN_OVER
        }

    def _say(self, code: str, body: dict[str, Any]) -> None:
        """What a version says of its visit or its patient."""
        values = body["values"]
        if body["form"] == "schedule":
            self.schedules.add(body["id"])
        self.dated.pop(body["id"], None)
        if isinstance(day := values.get("visit_date"), str):
            self.dated[body["id"]] = day
            self.dating.add(body["form"])
        if body["form"] == "enrolment":
            said = values.get("sex"), values.get("enrolment_date")
            self.sexes.setdefault(code, set()).add(SEXES.get(said[0]) if isinstance(said[0], int) else None)
            self.days.setdefault(code, set()).add(said[1] if isinstance(said[1], str) else None)

    def _told(self, earlier: Made, place: tuple[str, str, str], who: str, when: str) -> dict[str, Any] | None:
        """The trail's entry of what was made, if it is by this person, at this moment."""
        self.seen.add(place)
        line = self.made.get(place) or earlier.get(place)
        moment = None if line is None else moment_of(line)
        if line is None or moment is None or line["user"] != who:
            return None
        zone = timezone(timedelta(minutes=line["utc_offset"]))
        return line if moment.astimezone(zone).isoformat(timespec="milliseconds") == when else None

    def _person(self, made: dict[str, Any]) -> dict[str, Any]:
        """Whoever made it: somebody of this computer, or of the one that the entry is of."""
        people = self.people if made["device"] == self.device else self.elsewhere.get(made["device"], {})
        nobody: dict[str, Any] = {"names_ever": [], "roles_ever": [], "signing_keys": []}
        person: dict[str, Any] = people.get(made["user"], nobody)
        return person

    def _may_write(self, body: dict[str, Any], before: dict[str, Any] | None, roles: Iterable[str]) -> bool:
        """Whether its author may, or might then. An administrator who erased a reason wrote the same answers again."""
        had = set(roles)
        if had & (SIGNERS | ADMINISTRATORS if body["form"] == "schedule" else ENTERING):
            return True
        if not had & ADMINISTRATORS or before is None:
            return False
        return version_hash(before | {part: body[part] for part in OF_ITSELF}) == version_hash(body)

    def _holds(self, body: dict[str, Any], digest: str, one: dict[str, str], earlier: Made) -> bool:
        """Whether a signature is by whom it says, then, under a name of this person, who may sign this or might."""
        self.counts["signatures"] += 1
        facts = {key: one[key] for key in ("by", "name", "meaning", "when", "digest")}
        message = SIGNATURE + canonical(facts | {"record": body["id"], "ver": body["ver"]})
        signers = SIGNERS | ADMINISTRATORS if body["form"] == "schedule" else SIGNERS
        place = ("signatures", f"{body['id']}/{body['ver']}", f"{one['by']}/sig")
        made = self._told(earlier, place, one["by"], one["when"])
        if made is None or one["digest"] != digest:
            return False
        person = self._person(made)
        if not set(person["roles_ever"]) & signers or one["name"] not in person["names_ever"]:
            return False
        raw = bytes.fromhex(one["sig"])
        own = {bytes.fromhex(key) for key in person["signing_keys"]} - self.lent
        return any(self.verify(key, message, raw) for key in own)


def check_odm(path: Path) -> Iterator[str]:
    """What a patient's ODM file says otherwise than the versions that it was written from. path: of the versions."""
    odm = path.with_name(f"{path.stem}.odm.xml")
    data = odm.read_bytes() if odm.is_file() else b""
    if not data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:  # an entity could say anything, and grow
        yield f"{odm.name}: missing" if not data else f"{odm.name}: changed"
        return
    wanted: dict[str, Any] = {}
    bodies: dict[tuple[str, int], dict[str, Any]] = {}
    for line in read_lines(path):
        body = line["body"]
        source = f"{body['id']}/{body['ver']} sha256:{line['digest']}" + (" erased" if line["erased"] else "")
        wanted[source] = _odm_version(path.stem, line, bodies.get((body["id"], body["ver"] - 1)))
        bodies[body["id"], body["ver"]] = body
    root = ET.fromstring(data)  # noqa: S314 - without a document type there is nothing to expand
    found = [
        _odm_read(subject, event, form)
        for subject in root.iter(f"{ODM}SubjectData")
        for event in subject.iter(f"{ODM}StudyEventData")
        for form in event.iter(f"{ODM}FormData")
    ]
    if len(found) != len(wanted) or {source for source, _ in found} != set(wanted):
        yield f"{odm.name}: not the versions of {path.name}"
    for source, told in found:
        if source in wanted and wanted[source] != told:
            yield f"{odm.name}: {source.partition(' ')[0]} is not as in {path.name}"


def _odm_version(subject: str, line: dict[str, Any], last: dict[str, Any] | None) -> tuple[Any, ...]:
    """What the ODM file has to say of a version: whose, where, who, when, why, by whom signed, and what changed."""
    body = line["body"]
    why = f"{body['why']}: {body['why_text']}" if body["why_text"] else body["why"]
    signed = line["signatures"][-1] if line["signatures"] else None
    key, base = body["visit"], body["visit"].partition("~")[0]
    event = re.fullmatch(r"([a-z]{2,4})-[0-9]{3,}", base)
    unscheduled = re.fullmatch(r"u[0-9]{2,}", base)
    place = event[1] if event else "unscheduled" if unscheduled else base or "enrolment"
    return (
        subject,
        (f"SE.{place}", key if event or unscheduled or base != key else None),
        (f"F.{body['form']}", body["id"]),
        (f"U.{body['who']}", body["when"], _one_end(why) if body["ver"] > 1 else None),
        (f"U.{signed['by']}", signed["when"]) if signed else None,
        _odm_items(body, last),
    )


def _odm_items(body: dict[str, Any], last: dict[str, Any] | None) -> dict[str, Any]:
    values, old = body["values"], last["values"] if last else {}
    scores, before = body["scores"], last["scores"] if last else {}
    found: dict[str, Any] = {}
    for name, value in values.items():
        if last is None or old.get(name) != value:
            told = [value["missing"]] if isinstance(value, dict) and "missing" in value else []
            note = body["notes"].get(name)
            told += [json.dumps(note, ensure_ascii=False, sort_keys=True)] if note else []
            found[f"I.{name}"] = _odm_item("Update" if name in old else "Insert", value, told)
    for name in set(old) - set(values):
        found[f"I.{name}"] = ("Remove", None, False, [])
    for rule, score in scores.items():
        if last is None or before.get(rule) != score:
            act = "Update" if rule in before else "Insert"
            parts = json.dumps(score, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            value = score.get("value") if isinstance(score, dict) else score
            found[f"R.{rule}"] = _odm_item(act, value, [])
            found[f"R.{rule}.parts"] = _odm_item(act, parts, [])
    return found


def _odm_item(act: str, value: Any, told: list[str]) -> tuple[str, str | None, bool, list[str]]:
    told = ["unknown", *told] if value is None else told
    if value is None or isinstance(value, dict):
        return act, None, True, list(map(_one_end, told))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return act, text, False, list(map(_one_end, told))


def _odm_read(subject: ET.Element, event: ET.Element, form: ET.Element) -> tuple[str, tuple[Any, ...]]:
    audit, signed = form.find(f"{ODM}AuditRecord"), form.find(f"{ODM}Signature")
    said = {
        one.get("ItemOID"): (
            one.get("TransactionType"),
            one.get("Value"),
            one.get("IsNull") == "Yes",
            [comment.text or "" for comment in one.iter(f"{ODM}Comment")],
        )
        for one in form.iter(f"{ODM}ItemData")
    }
    when = (_user(audit), _text(audit, "DateTimeStamp"), _text(audit, "ReasonForChange"))
    return _text(audit, "SourceID") or "", (
        subject.get("SubjectKey"),
        (event.get("StudyEventOID"), event.get("StudyEventRepeatKey")),
        (form.get("FormOID"), form.get("FormRepeatKey")),
        when,
        None if signed is None else (_user(signed), _text(signed, "DateTimeStamp")),
        said,
    )


def _user(element: ET.Element | None) -> str | None:
    found = None if element is None else element.find(f"{ODM}UserRef")
    return None if found is None else found.get("UserOID")


def _text(element: ET.Element | None, name: str) -> str | None:
    return None if element is None else element.findtext(f"{ODM}{name}")


def _one_end(text: str) -> str:
    """A text as XML gives it back: with one way to end a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def main(arguments: list[str]) -> int:
    """Check the archive of a folder, by default the one this file lies in."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name that this terminal has no letters for
    if len(arguments) > 1 or any(one.startswith("-") for one in arguments):
        print("Say the folder of an archive, or nothing: python3 verify_archive.py [FOLDER]")
        return 2
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if not folder.is_dir():
        print(f"{folder}: there is no such folder; say that of an archive.")
        return 2
    try:
        checker = Checker(folder)
    except Unreadable as error:
        print(f"WRONG  {error}")
        return 1
    checker.run()
    return report(checker)


def report(checker: Checker) -> int:
    """Say what was found; the exit code."""
    print("  ".join(f"{name}: {count}" for name, count in checker.counts.items()))
    if checker.fast is None:
        print(
            "Of the trail only the last signature was checked: install the package cryptography to check all."
        )
    for told in checker.erasures:
        print(f"Texts erased by an administrator: {told}")
    for fault in checker.faults:
        print(f"WRONG  {fault}")
    if facts := checker.signed:
        print(f"Signed by {facts['by']} {facts['name']} and site {facts['site']}, {facts['when']}.")
        for who, keys in (
            (facts["by"], checker.keys.get(facts["by"], [])),
            (facts["site"], [checker.site_key]),
        ):
            print("  ".join([f"Keys of {who}:", *map(fingerprint, keys)]))
    print(f"Hash of SHA256SUMS: {checker.sums}")
    print("Compare it with what the program showed when the archive was made, or with the site's own trail.")
    print("WRONG" if checker.faults else "All is well.")
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
