"""Cuts of the data that the centre keeps: a row each, written once and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

import sqlalchemy as sa

from anifro_desktop.store.centre_schema import CUT, CUTS
from anifro_desktop.store.errors import Conflict
from anifro_desktop.store.kept import Kept

Origin = tuple[str, str, int, int, str]  # of a bundle: site, writer, epoch, number, SHA-256 of the file


@dataclass(frozen=True, slots=True)
class CutRow:
    """A cut. through: the planned visit up to whose window data count, empty for all. who: code of the person; made:
    UTC, set by the store. digest: SHA-256 over all that counts. packs: digests of the versions of the forms that were
    known, the current one last. bundles: those that count. subjects: digest of what counts of each subject."""

    name: str
    through: str
    note: str
    who: str
    digest: str
    packs: tuple[str, ...]
    bundles: tuple[Origin, ...] = field(repr=False)
    subjects: Mapping[str, str] = field(repr=False)
    made: str = ""


class Cuts(Kept):
    """The part of the centre's store about cuts."""

    def add_cut(self, row: CutRow) -> CutRow:
        """Keep a cut.

        Raises:
            Conflict: there is one of that name.
        """
        with self.transaction() as tx:
            if any(one.name == row.name for one in self.cuts()):
                raise Conflict("cut")
            made = replace(row, made=tx.stamp.utc)
            plain = {"packs": list(row.packs), "bundles": [list(one) for one in row.bundles]}
            tx.put(CUT, asdict(made) | plain | {"subjects": dict(row.subjects)})
        return made

    def cuts(self) -> tuple[CutRow, ...]:
        """Every cut, by the time it was made."""
        columns = [CUTS.c[name] for name in CutRow.__slots__]
        with self.reading() as tx:
            rows = [CutRow(*row) for row in tx.connection.execute(sa.select(*columns))]
        read = [
            replace(row, packs=tuple(row.packs), bundles=tuple((*one,) for one in row.bundles))
            for row in rows
        ]
        return tuple(sorted(read, key=lambda row: (row.made, row.name)))
