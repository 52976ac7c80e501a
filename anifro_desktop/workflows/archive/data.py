"""The archive's data for machines: completed versions, the trail, and the public keys that both are checked with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from anifro_desktop.crypto import signing
from anifro_desktop.record import Json
from anifro_desktop.workflows.archive.verify_archive import FORMAT, sums_message

if TYPE_CHECKING:
    from datetime import datetime

    from anifro_desktop.store.archiving import Owners, Version
    from anifro_desktop.store.database import Database
    from anifro_desktop.workflows.site import Site

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def version_lines(versions: Iterable[Version]) -> bytes:
    """The versions of one patient, one a line."""
    lines = []
    for version in versions:
        signatures: list[Json] = [
            {
                "by": one.signer,
                "name": one.name,
                "meaning": one.meaning,
                "when": one.signed,
                "digest": one.digest,
                "sig": one.sig,
            }
            for one in version.signatures
        ]
        facts: dict[str, Json] = {
            "body": json.loads(version.text),
            "digest": version.digest,
            "erased": version.erased,
            "signatures": signatures,
        }
        lines.append(_encode(facts))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def trail_lines(store: Database, owners: Owners | None = None) -> Iterator[bytes]:
    """The whole trail, one entry a line. owners: told each entry on the way."""
    from anifro_desktop.store.archiving import trail, trail_line

    for sealed in trail(store):
        if owners is not None:
            owners.note(sealed.entry)
        yield f"{_encode(trail_line(sealed))}\n".encode()


def sums_signed(site: Site, sha256: str, when: datetime) -> bytes:
    """The signatures of whoever makes the archive, and of the site, over the hash of its list of sums."""
    facts: dict[str, Json] = {
        "by": site.person.code,
        "name": site.person.name,
        "sha256": sha256,
        "site": site.code,
        "when": when.isoformat(timespec="seconds"),
    }
    message = sums_message(facts)
    told: dict[str, Json] = {
        "format": FORMAT,
        "sig": signing.sign(site.keys.secrets.signing_seed, message).hex(),
        "site_sig": signing.sign(site.clinical.site_keys().signing_seed, message).hex(),
    }
    return json.dumps(facts | told, ensure_ascii=False, indent=2, sort_keys=True).encode("utf-8") + b"\n"


def earlier_trail(site: Site, subject: str) -> bytes:
    """What the trails of other installations say of a patient who was taken over; nothing of any other patient."""
    from anifro_desktop.store.made import read_packed

    entries = read_packed(site.clinical.taken_trail(subject))
    return (
        json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8") if entries else b""
    )


def elsewhere(site: Site) -> dict[str, Json]:
    """The people of other installations who signed versions of patients that were taken over, by installation."""
    found: dict[str, Json] = {}
    for row in site.clinical.handovers():
        for origin, people in row.signers.items():
            found[origin] = {
                code: {
                    "name": one["name"],
                    "names_ever": one["names"],
                    "roles_ever": one["roles"],
                    "signing_keys": one["keys"],
                }
                for code, one in people.items()
            }
    return found


def taken(site: Site) -> dict[str, Json]:
    """The versions that were made at another installation: which, and the hashes of texts erased there."""
    return {
        f"{record}/{ver}": {"origin": origin, "struck": [*struck]}
        for record, ver, origin, struck in site.clinical.taken_versions()
    }


def keys(site: Site) -> bytes:
    """Who signed and with which public keys, the newest first, and the site's own key. Those that a passphrase opened
    which somebody else chose sign no record."""
    from anifro_desktop.store import staff

    lent = site.clinical.lent()
    people: dict[str, dict[str, Json]] = {}
    for slot in staff.read(site.folder, site.keys).slots:
        signers = site.keys.signers.get(slot.user.code, ())
        known: dict[str, Json] = {
            "name": slot.user.name,
            "names_ever": [*sorted(site.keys.names.get(slot.user.code, ()))],
            "roles": list(slot.user.roles),
            "roles_ever": [*sorted(site.keys.roles.get(slot.user.code, ()))],
            "state": slot.state,
            "signing_keys": [key.hex() for key in signers],
            "lent_keys": [key.hex() for key in signers if key in lent],
        }
        people[slot.user.code] = known
    facts: dict[str, Json] = {
        "format": "anifro-archive-keys/1",
        "site": site.code,
        "writer": site.keys.writer,
        "algorithm": "Ed25519 (RFC 8032), 32 bytes, hex",
        "people": dict(people),
        "site_key": site.card().sign.hex(),
        "elsewhere": elsewhere(site),
        "taken": taken(site),
    }
    return json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True).encode("utf-8") + b"\n"
