"""The centre's side of the counts that a site compares with its own: versions merged, for each form of each subject.

The same counts stand in every receipt (`receipts`); here they are for whoever telephones with a site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anifro_desktop.centre.applying import BAD_RECORD
from anifro_desktop.centre.office import Centre


@dataclass(frozen=True, slots=True)
class WriterCounts:
    """What is here of one installation. merged: versions, by subject and form; bad: records not taken; held: bundles
    that wait for earlier ones."""

    site: str
    writer: str
    merged: Mapping[str, Mapping[str, int]]
    bad: int
    held: int

    @property
    def versions(self) -> int:
        """All versions together."""
        return sum(sum(forms.values()) for forms in self.merged.values())


def counts(centre: Centre, site: str = "") -> tuple[WriterCounts, ...]:
    """Every installation, or those of one site."""
    return tuple(
        WriterCounts(
            row.site,
            row.writer,
            centre.store.versions(row.site, row.writer),
            centre.store.findings(BAD_RECORD, site=row.site, writer=row.writer),
            len(centre.store.bundles(site=row.site, writer=row.writer, state="held")),
        )
        for row in centre.store.writers()
        if site in ("", row.site)
    )
