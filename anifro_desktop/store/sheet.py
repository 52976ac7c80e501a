"""The recovery sheet: 32 random bytes on paper that open a site whose passphrases are all lost.

    sheet -> HKDF-SHA256 -> an X-Wing and an Ed25519 seed -> the key of each database, as for a person

It is printed as four rows of four groups, each row with its own check, so that a typing mistake is found by its row.

Rules kept here:
- It is in no file, and never at the centre; who holds it opens everything, so it belongs in a sealed envelope.
- Only the newest sheet opens anything. A sheet that takes the place of another comes with new keys of the databases:
  the one before, with a key file of then, opens only what was written before.
- Whoever opens with it is an administrator and nothing else.
- Letters are those of Base32, which has no 0, 1, 8 and 9; these are read as the letters they were taken for.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import secrets
from pathlib import Path

from anifro_desktop.crypto import hybrid, kdf, signing
from anifro_desktop.store import rekeying, staff, trust
from anifro_desktop.store.doorplate import RECOVERY, VOID, User, candidates
from anifro_desktop.store.errors import NoSheet, SheetMistyped, VaultDamaged, WrongSheet
from anifro_desktop.store.slots import Keys, Slot, Table, UserSecrets, read_table
from anifro_desktop.store.vault import DATABASES, opened, wrapped

SECRET_BYTES = 32
ROWS, GROUPS, LETTERS = 4, 4, 4
_PART = SECRET_BYTES // ROWS
_CHECK_BYTES = 2
_TAKEN_FOR = str.maketrans("0189", "OIBG")
_NAME = "Recovery sheet"
_ROLES = {"site": ("site_admin",), "centre": ("data_manager",)}


def printed(secret: bytes) -> tuple[tuple[str, ...], ...]:
    """The rows of groups that stand on the sheet."""
    rows = []
    for number in range(ROWS):
        part = secret[number * _PART : (number + 1) * _PART]
        text = base64.b32encode(part + _check(number, part)).decode("ascii")
        rows.append(tuple(text[at : at + LETTERS] for at in range(0, GROUPS * LETTERS, LETTERS)))
    return tuple(rows)


def typed(text: str) -> bytes:
    """The secret of a sheet as somebody typed it, in whatever spacing.

    Raises:
        SheetMistyped: not so many letters, or a row that is not as printed; with its number.
    """
    letters = _letters(text)
    if len(letters) != ROWS * GROUPS * LETTERS:
        raise SheetMistyped(0)
    rows = (letters[at : at + GROUPS * LETTERS] for at in range(0, len(letters), GROUPS * LETTERS))
    return b"".join(typed_row(number, row) for number, row in enumerate(rows, 1))


def typed_row(number: int, text: str) -> bytes:
    """The part of the secret that stands in a row (1 to 4).

    Raises:
        SheetMistyped: it is not as printed.
    """
    raw = b""
    with contextlib.suppress(ValueError):
        raw = base64.b32decode(_letters(text))
    if len(raw) <= _PART or raw[_PART:] != _check(number - 1, raw[:_PART]):
        raise SheetMistyped(number)
    return raw[:_PART]


def _letters(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum()).translate(_TAKEN_FOR)


def make(folder: Path, keys: Keys, secret: bytes | None = None) -> tuple[bytes, Keys]:
    """Make a new sheet, which takes the place of the one before; its secret, and the keys under the new key file.

    If there was one before, a change of keys is begun in the same step: see `rekeying`.

    Raises:
        RoleRefused: not an administrator. VaultDamaged, CannotWrite: nothing was changed.
    """
    table = staff.for_administrator(folder, keys, "print a recovery sheet")
    secret = secret or secrets.token_bytes(SECRET_BYTES)
    admin = (keys.user.code, keys.secrets.signing_seed)
    slots = [
        trust.remembering(slot, staff.emptied(slot, VOID)).signed(table.site, *admin)
        if slot.state == RECOVERY
        else slot
        for slot in table.slots
    ]
    count = sum(slot.state in (RECOVERY, VOID) for slot in table.slots)
    own = _slot(table, f"{staff.SHEET_CODE}-{count + 1}", secret, keys).signed(table.site, *admin)
    if table.sheet() is None:
        return secret, staff.rewrite(folder, keys, table, (*slots, own))
    return secret, rekeying.begin(folder, keys, DATABASES[table.kind], entries=(*slots, own))


def number(folder: Path) -> int:
    """The number of the sheet that opens this folder, as far as its key file tells; 0 if there is none."""
    with contextlib.suppress(VaultDamaged):
        slot = read_table(candidates(folder)[0]).sheet()
        return int(slot.user.code.partition("-")[2]) if slot is not None else 0
    return 0


def open_with(folder: Path, secret: bytes) -> Keys:
    """Unlock with a sheet.

    Raises:
        NoSheet: none was ever made, or the key file is from before it. WrongSheet: of another site, or an older one.
        VaultMissing, VaultDamaged: a backup is needed.
    """
    own = _secrets(secret)
    public = signing.public_bytes(own.signing_seed)
    tables = []
    for raw in candidates(folder):
        with contextlib.suppress(VaultDamaged):
            tables.append(read_table(raw))
    if not tables:
        raise VaultDamaged("not readable")
    sheets = [(table, slot) for table in tables if (slot := table.sheet()) is not None]
    if not sheets:
        raise NoSheet
    for table, slot in sorted(sheets, key=lambda pair: pair[0].version, reverse=True):
        if slot.signing_key == public:
            return opened(table, slot, own)
    raise WrongSheet


def _secrets(secret: bytes) -> UserSecrets:
    return UserSecrets(kdf.hkdf(secret, b"anifro/sheet/v1/seal"), kdf.hkdf(secret, b"anifro/sheet/v1/sign"))


def _slot(table: Table, code: str, secret: bytes, keys: Keys) -> Slot:
    own = _secrets(secret)
    sealing_key = hybrid.public_bytes(own.sealing_seed)
    shared = {name: keys.database(name) for name in DATABASES[table.kind]}
    return Slot(
        user=User(code, _NAME, _ROLES[table.kind]),
        state=RECOVERY,
        signing_key=signing.public_bytes(own.signing_seed),
        sealing_key=sealing_key,
        signed_by="",
        signature=b"",
        kdf=None,
        nonce=b"",
        secrets=b"",
        sealed=wrapped(table.site, code, sealing_key, shared),
    )


def _check(number: int, part: bytes) -> bytes:
    return hashlib.sha256(b"anifro/sheet/v1/row" + bytes([number]) + part).digest()[:_CHECK_BYTES]
