"""Computers for which an answer could not be made, because of what they sent or of their key.

Rules kept here:
- One of them never keeps the others from theirs: it is noted and passed over, and the next run tries again.
- `centre reply` and `centre status` name it until its file is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from anifro_desktop.centre.office import Centre
from anifro_desktop.crypto.errors import BadKey
from anifro_desktop.store.centre_rows import WriterRow
from anifro_desktop.sync.errors import BundleRefused

RECEIPT, QUERIES, KEYSET, PACK = KINDS = ("receipt", "query", "keyset", "pack")


@contextmanager
def apart(centre: Centre, writer: WriterRow, kind: str) -> Iterator[None]:
    """Make what one computer is owed of a kind; what cannot be made is noted."""
    wrong = ""
    try:
        yield
    except (BadKey, BundleRefused) as refusal:
        wrong = refusal.code
    noted = _note(writer, kind)
    if centre.store.setting(noted, "") != wrong:
        centre.store.set_setting(noted, wrong)


def unanswered(centre: Centre) -> tuple[tuple[str, str, str], ...]:
    """Site, computer and kind of what could not be made when it was last tried, for computers that may send."""
    noted = centre.store.settings()
    return tuple(
        (row.site, row.writer, kind)
        for row in centre.store.writers()
        if row.state == "registered"
        for kind in KINDS
        if noted.get(_note(row, kind))
    )


def _note(writer: WriterRow, kind: str) -> str:
    return f"unanswered/{kind}/{writer.site}/{writer.writer}"
