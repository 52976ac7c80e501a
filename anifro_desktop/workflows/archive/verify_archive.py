"""Checks a site's archive with nothing but Python: files, audit trail, versions of forms, signatures.

    python3 verify_archive.py [FOLDER]

Every file against SHA256SUMS; every entry of the trail against its hash and the one before; every completed version
against its digest and the one before; every signature on a version, and the trail's own signatures: all of them where
the package `cryptography` is installed, else its last one (and it says so). Exit code 0: all is well; 1: something is
not.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

TRAIL = b"anifro/audit/v1\0"
TRAIL_SIGNATURE = b"anifro/audit/sig/v1\0"
SIGNATURE = b"anifro/signature/v1\0"

# Ed25519 (RFC 8032): prime, order, d, base point in extended coordinates.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


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


def check_sums(folder: Path) -> Iterator[str]:
    """Files that are missing, changed, or not in the list."""
    wanted: dict[str, str] = {}
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
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
        if path.is_file() and name != "SHA256SUMS" and name not in wanted:
            yield f"{name}: not in SHA256SUMS"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON lines of a file."""
    with path.open(encoding="utf-8", newline="\n") as stream:
        yield from map(json.loads, stream)


def erased_in(path: Path) -> tuple[dict[int, tuple[str, str]], dict[str, tuple[str, str]]]:
    """What the trail says of erased texts: of entries by number, of versions by record and number."""
    entries: dict[int, tuple[str, str]] = {}
    versions: dict[str, tuple[str, str]] = {}
    for line in read_lines(path):
        if line["table"] == "erasure":
            told = (line["old"]["hash"], line["new"]["fingerprint"])
            if line["field"] == "entry":
                entries[int(line["record"])] = told
            else:
                versions[line["record"]] = told
    return entries, versions


class Checker:
    """One archive. faults: what is wrong; counts: what was looked at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        people = json.loads((folder / "keys.json").read_text("utf-8"))["people"]
        self.keys = {
            code: [bytes.fromhex(key) for key in one["signing_keys"]] for code, one in people.items()
        }
        self.fast = _fast_verify()
        self.verify = self.fast or plain_verify
        self.faults: list[str] = []
        self.counts = {"entries": 0, "versions": 0, "signatures": 0}

    def run(self) -> None:
        """Check everything."""
        self.faults += check_sums(self.folder)
        for name in ("trail.jsonl", "identity-trail.jsonl"):
            if (self.folder / name).exists():
                self._trail(name)
        _, erased = erased_in(self.folder / "trail.jsonl")
        for path in sorted((self.folder / "subjects").glob("*.jsonl")):
            self._versions(path, erased)

    def _trail(self, name: str) -> None:
        erased, _ = erased_in(self.folder / name)
        previous, last = "00" * 32, None
        for number, line in enumerate(read_lines(self.folder / name), 1):
            self.counts["entries"] += 1
            entry = {key: value for key, value in line.items() if key not in ("hash", "signature")}
            text = canonical(entry)
            told = (line["hash"], hashlib.sha256(text).hexdigest())
            found = hashlib.sha256(TRAIL + bytes.fromhex(previous) + text).hexdigest()
            if line["seq"] != number:
                self.faults.append(f"{name}: entry {number} is missing")
                return
            if found != line["hash"] and erased.get(number) != told:
                self.faults.append(f"{name}: entry {number} was changed")
            if last is not None and last["tx"] != line["tx"] and self.fast:
                self._signed_entry(name, last)
            previous, last = line["hash"], line
        if last is not None:
            self._signed_entry(name, last)

    def _signed_entry(self, name: str, line: dict[str, Any]) -> None:
        message = TRAIL_SIGNATURE + bytes.fromhex(line["hash"])
        if not self._holds(line["user"], message, line["signature"]):
            self.faults.append(f"{name}: entry {line['seq']} is not signed by {line['user']}")

    def _versions(self, path: Path, erased: dict[str, tuple[str, str]]) -> None:
        before: dict[str, tuple[int, str]] = {}
        for line in read_lines(path):
            self.counts["versions"] += 1
            body, digest = line["body"], line["digest"]
            name = f"{path.name}: {body['form']} {body['id']} version {body['ver']}"
            found = hashlib.sha256(canonical(body)).hexdigest()
            if found != digest and erased.get(f"{body['id']}/{body['ver']}") != (digest, found):
                self.faults.append(f"{name} was changed")
            ver, last = before.get(body["id"], (0, ""))
            if (body["ver"], body["prev"]) != (ver + 1, last):
                self.faults.append(f"{name} does not follow the one before")
            before[body["id"]] = (body["ver"], digest)
            for one in line["signatures"]:
                facts = {key: one[key] for key in ("by", "name", "meaning", "when", "digest")}
                message = SIGNATURE + canonical(facts | {"record": body["id"], "ver": body["ver"]})
                if one["digest"] != digest or not self._holds(one["by"], message, one["sig"]):
                    self.faults.append(f"{name}: the signature of {one['by']} does not hold")

    def _holds(self, code: str, message: bytes, signature: str) -> bool:
        self.counts["signatures"] += 1
        raw = bytes.fromhex(signature)
        return any(self.verify(key, message, raw) for key in self.keys.get(code, []))


def main(arguments: list[str]) -> int:
    """Check the archive of a folder, by default the one this file lies in."""
    checker = Checker(Path(arguments[0]) if arguments else Path(__file__).resolve().parent)
    checker.run()
    print("  ".join(f"{name}: {count}" for name, count in checker.counts.items()))
    if checker.fast is None:
        print(
            "Of the trail only the last signature was checked: install the package cryptography to check all."
        )
    for fault in checker.faults:
        print(f"WRONG  {fault}")
    print("WRONG" if checker.faults else "All is well.")
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
