"""The centre's keys over time: renewed under the root, carried to the sites, copied under seal to the escrow sheet.

Rules kept here:
- The version only rises, and each version goes to every site, signed with the centre's key of the version before, so
  that a site that missed some takes one after the other.
- Seeds that open what sites seal are kept for ever: late bundles are sealed to keys of before.
- Another root is signed by the root before it too. Where that is lost, a new centre is made and people compare again.
- The escrow copy holds the opening seeds and the keyset, nothing that signs; it is sealed to a key that lies on paper.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from anifro_desktop.centre.errors import EscrowRefused, RootRefused
from anifro_desktop.centre.office import DATA_MANAGER, Centre, keyset_name, root_seed, valid_until
from anifro_desktop.centre.putting import Outlet, outlet
from anifro_desktop.centre.unanswered import KEYSET, apart
from anifro_desktop.crypto import hybrid, kdf, signing
from anifro_desktop.crypto.errors import CannotOpen
from anifro_desktop.errors import Refusal
from anifro_desktop.files import read_regular, strict_json, write_atomic
from anifro_desktop.record import Json, canonical
from anifro_desktop.store import sheet
from anifro_desktop.store.centre_rows import WriterRow
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.writer_keys import KeysetFile
from anifro_desktop.sync.bundle import file_hash, kid, peek_header
from anifro_desktop.sync.header import Header
from anifro_desktop.sync.keyset import Keyset, make_keyset, read_keyset
from anifro_desktop.sync.keysetfile import seal_keyset
from anifro_desktop.sync.names import bundle_name

ESCROW_KEY = "escrow"  # the secret: the public key of the escrow sheet
_FORMAT = "anifro/escrow/v1"
_INFO = b"anifro/escrow/v1"
_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Renewed:
    """A keyset that was made. escrow: the sealed copy, None if there is no escrow sheet."""

    version: int
    keyset: Path
    fingerprint: str
    escrow: Path | None


def renew(centre: Centre, root: Keys, new_root: Keys | None = None, reason: str = "") -> Renewed:
    """Make new signing and opening keys. root, new_root: the opened vault of the root in use and, if that changes, of
    the one to come.

    Raises:
        RoleNeeded: not a data manager. RootRefused: not the root of the keyset in use. CannotSave: nothing was
        changed. CannotWrite: done, but the public file is not written; `write_public` does it.
    """
    centre.need(DATA_MANAGER)
    current, old_seed = centre.keyset, root_seed(root)
    if signing.public_bytes(old_seed) != current.root:
        raise RootRefused
    after = centre.store.setting(
        "keyset_after", 0
    )  # of a keyset made after the data here, known from the escrow copy
    version = max(current.version, after if isinstance(after, int) else 0) + 1
    sign, opening = signing.new_seed(), hybrid.new_seed()
    today = centre.clock.now().date()
    data = make_keyset(
        study=current.study,
        version=version,
        root_seed=old_seed if new_root is None else root_seed(new_root),
        old_root_seed=None if new_root is None else old_seed,
        sign_public=signing.public_bytes(sign),
        seal_public=hybrid.public_bytes(opening),
        created=today,
        expires=valid_until(today),
    )
    store = centre.store
    with store.transaction():
        before = store.secret("opening") or b""
        store.keep_secret(f"opening/{kid(hybrid.public_bytes(before))}", before)
        store.keep_secret(f"signing/{current.version}", centre.signing_seed)
        store.keep_secret(f"keyset/{current.version}", store.secret("keyset") or b"")
        for name, value in (("signing", sign), ("opening", opening), ("keyset", data)):
            store.keep_secret(name, value, reason)
        told: Json = {"version": version, "root": new_root is not None}
        store.log("keyset_renewed", "", told, reason)
    return write_public(centre)


def write_public(centre: Centre) -> Renewed:
    """Write the public file of the keyset in use, and the escrow copy if there is an escrow sheet.

    Raises:
        CannotWrite.
    """
    keyset = centre.keyset
    path = centre.folder / keyset_name(keyset)
    write_atomic(path, centre.store.secret("keyset") or b"")
    escrow = write_escrow(centre) if centre.store.secret(ESCROW_KEY) else None
    return Renewed(keyset.version, path, keyset.fingerprint, escrow)


def write_keysets(centre: Centre, to: Path | Outlet) -> list[str]:
    """Put every later keyset for every site where it fetches answers; the names of files that were not there.

    Raises:
        RoleNeeded. CannotWrite, DiskFull, FolderGone, NotCarried, Stopped: as for receipts.
    """
    centre.need(DATA_MANAGER)
    if centre.keyset.version == 1:
        return []
    place, written = outlet(to), []
    for writer in centre.store.writers():
        if writer.state == "registered":
            with apart(centre, writer, KEYSET):
                _make_missing(centre, writer)
            for file, data in centre.store.keyset_files(writer.site, writer.writer):
                written += [file.name] if place.put_if_absent(file.name, data) else []
    return written


def _make_missing(centre: Centre, writer: WriterRow) -> None:
    files = centre.store.keyset_files(writer.site, writer.writer)
    known = {file.version for file, data in files if peek_header(data).enc_kid == kid(writer.xwing)}
    for version in range(2, centre.keyset.version + 1):
        seed, before = (centre.store.secret(f"{name}/{version - 1}") for name in ("signing", "keyset"))
        data = _of_version(centre, version)
        if version in known or seed is None or before is None or not data:
            continue  # of before data that were put back: people carry the file
        header = Header(
            study=centre.study,
            site=writer.site,
            writer=writer.writer,
            epoch=1,
            seq=version,
            prev=file_hash(before),
            type="keyset",
            created=centre.now(),
        )
        sealed = seal_keyset(header, data, seed, writer.xwing)
        name = bundle_name(header, file_hash(sealed))
        file = KeysetFile(writer.site, writer.writer, version, file_hash(sealed), name)
        centre.store.keep_keyset_file(file, sealed)


def _of_version(centre: Centre, version: int) -> bytes:
    current = centre.keyset.version == version
    return centre.store.secret("keyset" if current else f"keyset/{version}") or b""


def make_escrow(centre: Centre) -> tuple[tuple[tuple[str, ...], ...], Path]:
    """Make an escrow sheet, whose rows are shown once, and the sealed copy that only it opens; an earlier sheet opens
    earlier copies only.

    Raises:
        RoleNeeded. CannotWrite: the copy is not there; make another sheet.
    """
    centre.need(DATA_MANAGER)
    secret = secrets.token_bytes(sheet.SECRET_BYTES)
    with centre.store.transaction():
        centre.store.keep_secret(ESCROW_KEY, hybrid.public_bytes(_seed(secret)))
        centre.store.log("escrow_made")
    return sheet.printed(secret), write_escrow(centre)


def write_escrow(centre: Centre) -> Path:
    """Write the sealed copy anew.

    Raises:
        CannotWrite.
    """
    public = centre.store.secret(ESCROW_KEY) or b""
    data = sealed_copy(
        public, centre.store.secret("keyset") or b"", centre.keyset.version, centre.opening_seeds()
    )
    # By the sheet, too: a copy of an earlier one stays, should nobody have seen this one.
    path = centre.folder / f"escrow-{centre.study}-v{centre.keyset.version}-{kid(public)[:6]}.json"
    write_atomic(path, data)
    return path


def sealed_copy(public: bytes, keyset: bytes, version: int, seeds: Iterable[bytes]) -> bytes:
    """An escrow copy. public: key of the sheet that is to open it; keyset: the file in use, of that version."""
    plain = canonical({"keyset": keyset.decode("ascii"), "opening": [seed.hex() for seed in seeds]})
    sealed = base64.b64encode(hybrid.seal(public, _INFO, plain)).decode("ascii")
    return canonical({"format": _FORMAT, "version": version, "sealed": sealed}) + b"\n"


def check_escrow(centre: Centre, typed: str, path: Path) -> int:
    """Try an escrow copy with its sheet: it opens, and holds every seed that is in use here; how many. The result
    stands in the trail.

    Raises:
        RoleNeeded. SheetMistyped: a row, by number. EscrowRefused: it does not open, or lacks seeds; that is logged.
    """
    centre.need(DATA_MANAGER)
    secret = sheet.typed(typed)
    try:
        seeds, _ = _opened(secret, path)
        if not set(centre.opening_seeds()) <= set(seeds):
            raise EscrowRefused("lacks")
    except EscrowRefused as refusal:
        centre.store.log("escrow_checked", path.name, {"found": str(refusal.params["why"])})
        raise
    centre.store.log("escrow_checked", path.name, {"seeds": len(seeds)})
    return len(seeds)


def use_escrow(centre: Centre, typed: str, path: Path, reason: str) -> int:
    """Take the opening seeds of an escrow copy in, so that what was sealed to them can be opened; how many are new.

    Raises:
        RoleNeeded. SheetMistyped, EscrowRefused: nothing was changed.
    """
    centre.need(DATA_MANAGER)
    seeds, keyset = _opened(sheet.typed(typed), path)
    if keyset.study != centre.study:
        raise EscrowRefused("study")
    new = [seed for seed in seeds if seed not in centre.opening_seeds()]
    with centre.store.transaction():
        for seed in new:
            centre.store.keep_secret(f"opening/{kid(hybrid.public_bytes(seed))}", seed, reason)
        least = centre.store.setting("keyset_after", 0)
        centre.store.set_setting("keyset_after", max(keyset.version, least if isinstance(least, int) else 0))
        centre.store.log("escrow_used", path.name, {"seeds": len(new), "version": keyset.version}, reason)
    return len(new)


def _opened(secret: bytes, path: Path) -> tuple[list[bytes], Keyset]:
    try:
        raw = read_regular(path, _LIMIT)
        if not raw.startswith(b"{"):  # such as a key file
            raise EscrowRefused("other")
        match strict_json(raw):
            case {"format": str(name), "sealed": str(sealed)} if name == _FORMAT:
                plain = hybrid.open_sealed(_seed(secret), _INFO, base64.b64decode(sealed, validate=True))
                match strict_json(plain):
                    case {"opening": list(opening), "keyset": str(text)}:
                        return [_of_copy(one) for one in opening], read_keyset(text.encode("ascii"))
            case {"format": str(name)} if name != _FORMAT:
                raise EscrowRefused("other")
    except EscrowRefused:
        raise
    except CannotOpen as error:
        raise EscrowRefused("sheet") from error
    except (Refusal, ValueError) as error:
        raise EscrowRefused("damaged") from error
    raise EscrowRefused("damaged")


def _of_copy(text: Json) -> bytes:
    seed = bytes.fromhex(str(text))
    if len(seed) != hybrid.SEED_BYTES:
        raise EscrowRefused("damaged")
    return seed


def _seed(secret: bytes) -> bytes:
    return kdf.hkdf(secret, b"anifro/escrow/v1/seal")
