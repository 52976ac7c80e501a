"""The recovery sheet: 32 random bytes on paper that open a site whose passphrases are all lost.

    sheet -> HKDF-SHA256 -> an X-Wing and an Ed25519 seed -> the key of each database, as for a person

It is printed as four rows of four groups, each row with its own check, so that a typing mistake is found by its row.

Rules kept here:
- It is in no file, and never at the centre; who holds it opens everything, so it belongs in a sealed envelope.
- A sheet is made beside those before it and ends them once it was shown (`show`): whatever stops the program or the
  disk in between, a sheet that somebody holds opens the folder.
- A sheet that ends another comes with new keys of the databases: the one before, with a key file of then, opens only
  what was written before.
- Whoever opens with it is an administrator and nothing else.
- Letters are those of Base32, which has no 0, 1, 8 and 9; these are read as the letters they were taken for.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import secrets
from dataclasses import replace
from pathlib import Path

from anifro_desktop.crypto import hybrid, kdf, signing
from anifro_desktop.store import rekeying, staff, trust
from anifro_desktop.store.doorplate import MADE, RECOVERY, VOID, User, candidates
from anifro_desktop.store.errors import NoSheet, SheetMistyped, VaultDamaged, WrongSheet
from anifro_desktop.store.slots import Keys, Slot, Table, UserSecrets, read_table
from anifro_desktop.store.vault import DATABASES, Before, opened, unannounced, wrapped

SECRET_BYTES = 32
ROWS, GROUPS, LETTERS = 4, 4, 4
_PART = SECRET_BYTES // ROWS
_CHECK_BYTES = 2
_TAKEN_FOR = str.maketrans("0189", "OIBG")
_NAME = "Recovery sheet"
_OPENING = (RECOVERY, MADE)
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


def new_secret() -> bytes:
    """The secret of another sheet."""
    return secrets.token_bytes(SECRET_BYTES)


def make(folder: Path, keys: Keys, number: int, secret: bytes, before: Before = unannounced) -> Keys:
    """Let a new sheet of this number open the folder, beside those before it until it is said to be shown (`show`);
    the keys under the new key file.

    Raises:
        RoleRefused: not an administrator. VaultDamaged, CannotWrite: nothing was changed.
    """
    table = staff.for_administrator(folder, keys, "print a recovery sheet")
    own = _slot(table, f"{staff.SHEET_CODE}-{number}", secret, keys)
    own = own.signed(table.site, keys.user.code, keys.secrets.signing_seed)
    return staff.rewrite(folder, keys, table, (*table.slots, own), before)


def show(folder: Path, keys: Keys, number: int, before: Before = unannounced) -> Keys:
    """Say that the sheet of this number was shown: it is in force, and those before it open nothing any more. If there
    were any, a change of keys is begun in the same step (see `rekeying`).

    Raises:
        RoleRefused, VaultDamaged, CannotWrite: nothing was changed. NoSheet: no sheet of this number opens the folder.
    """
    table = staff.for_administrator(folder, keys, "print a recovery sheet")
    code, sheets = f"{staff.SHEET_CODE}-{number}", _sheets(table)
    if code not in {slot.user.code for slot in sheets}:
        raise NoSheet
    states = {slot.user.code: RECOVERY if slot.user.code == code else VOID for slot in sheets}
    admin = (keys.user.code, keys.secrets.signing_seed)
    slots = tuple(
        _become(slot, states[slot.user.code]).signed(table.site, *admin) if slot in sheets else slot
        for slot in table.slots
    )
    if len(sheets) == 1:
        return staff.rewrite(folder, keys, table, slots, before)
    return rekeying.begin(folder, keys, DATABASES[table.kind], entries=slots, before=before)


def numbers(folder: Path) -> tuple[int, int]:
    """The number of the sheet in force, and of the newest that was made and not said to be shown, as far as the key
    file tells; 0 for none."""
    with contextlib.suppress(VaultDamaged):
        sheets = _sheets(read_table(candidates(folder)[0]))
        found = {
            state: max((_number(slot) for slot in sheets if slot.state == state), default=0)
            for state in _OPENING
        }
        return found[RECOVERY], found[MADE]
    return 0, 0


def _number(slot: Slot) -> int:
    return int(slot.user.code.partition("-")[2])


def _sheets(table: Table) -> list[Slot]:
    """The slots of sheets that open the folder."""
    return [slot for slot in table.slots if slot.state in _OPENING]


def _become(slot: Slot, state: str) -> Slot:
    """A sheet's entry in another state; a void one opens nothing."""
    return trust.remembering(slot, staff.emptied(slot, VOID) if state == VOID else replace(slot, state=state))


def open_with(folder: Path, secret: bytes) -> Keys:
    """Unlock with a sheet.

    Raises:
        NoSheet: none was ever made, or the key file is from before it. WrongSheet: of another site, or an ended one.
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
    sheets = [(table, slot) for table in tables for slot in _sheets(table)]
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
        state=MADE,
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
