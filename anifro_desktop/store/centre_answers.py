"""What the centre still has to say, and has said, about each bundle: the lines that its receipts are made of.

Rules kept here:
- An answer is written in the transaction of the bundle it is about; `rno` is 0 until a receipt says it.
- A bundle that comes again is answered again: its lines go back to 0, and the trail keeps what was said before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

import sqlalchemy as sa

from anifro_desktop.store.centre_schema import ANSWER, ANSWERS
from anifro_desktop.store.kept import Kept


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line about a bundle. place: 0 the bundle itself, above it its findings. status, code: as in a receipt.

    detail: for the centre's own list (a field id, a visit), never an answer. rno: the receipt that said it, 0 if none.
    """

    sha256: str
    place: int
    site: str
    writer: str
    epoch: int
    seq: int
    status: str
    code: str = ""
    detail: str = ""
    rno: int = 0


class Answers(Kept):
    """The part of the centre's store about receipts still to be written."""

    def answer(self, rows: Iterable[AnswerRow]) -> None:
        """Write lines, or change those that are there."""
        with self.transaction() as tx:
            for row in rows:
                tx.put(ANSWER, asdict(row))

    def answers(self, **which: str | int) -> tuple[AnswerRow, ...]:
        """Lines by epoch, number and place; `which` names values of columns."""
        order = (ANSWERS.c[name] for name in ("site", "writer", "epoch", "seq", "sha256", "place"))
        query = (
            sa.select(*(ANSWERS.c[name] for name in AnswerRow.__slots__)).filter_by(**which).order_by(*order)
        )
        with self.reading() as tx:
            return tuple(AnswerRow(*row) for row in tx.connection.execute(query))

    def findings(self, code: str, **which: str) -> int:
        """How many findings of a kind there were about some bundles: in each, the place of the last. So it is for the
        kind that comes first; `which` names values of columns."""
        query = sa.select(sa.func.max(ANSWERS.c.place)).filter_by(code=code, **which)
        with self.reading() as tx:
            return sum(tx.connection.execute(query.group_by(ANSWERS.c.sha256)).scalars())

    def answer_again(self, sha256: str, status: str) -> None:
        """Let the next receipt say once more what is known of a bundle that came again."""
        rows = self.answers(sha256=sha256)
        self.answer(replace(row, rno=0, status=status) for row in rows)
