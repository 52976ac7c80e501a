"""What is written on the pages of an encrypted database, whether a row still points to it or not."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from anifro_desktop.store.database import Database

PAGE, RESERVED, FRAME, WAL_HEADER = 4096, 80, 24, 32


def pages(store: Database) -> bytes:
    """Every page of a database file and of its WAL, deciphered: free pages and old frames too."""
    data = store.path.read_bytes()
    found = [data[start : start + PAGE] for start in range(0, len(data), PAGE)]
    wal = store.path.with_name(store.path.name + "-wal")
    log = wal.read_bytes()[WAL_HEADER:] if wal.exists() else b""
    found += [log[start + FRAME : start + FRAME + PAGE] for start in range(0, len(log), FRAME + PAGE)]
    return b"".join(_plain(store, page, number) for number, page in enumerate(found))


def _plain(store: Database, page: bytes, number: int) -> bytes:
    body = page[16 if number == 0 or page[:16] == store.key.salt else 0 : -RESERVED]
    decryptor = Cipher(algorithms.AES(store.key.key), modes.CBC(page[-RESERVED : -RESERVED + 16])).decryptor()
    return decryptor.update(body) + decryptor.finalize()
