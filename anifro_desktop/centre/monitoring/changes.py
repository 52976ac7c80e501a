"""What was changed of a record, by whom and why, as far as it travels; after a signature or before.

Of the times at a site none leaves it, nor what somebody wrote as a reason: its code does. A completed
form that was opened again and changed arrives as a further version; one that was left as it was does not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from anifro_desktop.centre.analysis.table import Record
from anifro_desktop.centre.monitoring.watching import Version
from anifro_desktop.record import Json

OTHER = 5  # code of `change_reason`: of another kind, which is written there and stays at the site
REASONS = (1, 2, 3, 4, OTHER)
# What DORIS and LLDAS rest on: activity, its assessment by the physician, drugs, and the day.
PRIMARY_FORMS = ("sledai2k", "phga", "treatment")
PRIMARY_FIELDS = ("visit_date",)


@dataclass(frozen=True, slots=True)
class Change:
    """One version that changed answers. id: UUID of its record. site: whose people made it. reason: code of
    `change_reason`, None without one. fields: whose answers are not those of the version before it. after_signature:
    whether an earlier version was signed."""

    record: Record
    id: str
    site: str
    form: str
    ver: int
    who: str
    reason: int | None
    fields: tuple[str, ...]
    after_signature: bool

    @property
    def primary(self) -> tuple[str, ...]:
        """Those of the fields that the primary endpoints rest on."""
        return tuple(name for name in self.fields if self.form in PRIMARY_FORMS or name in PRIMARY_FIELDS)


def changes(versions: Iterable[Version], derived: frozenset[str]) -> Iterator[Change]:
    """Every change of answers, by record and number. versions: in that order. derived: forms that nobody types; they
    are left out, and so is what was taken back as a mistake."""
    for _, some in groupby(
        versions, key=lambda one: (one.revision.subject, one.revision.form, one.revision.id)
    ):
        signed, before = False, None
        for version in some:
            now = version.revision
            if before is not None and not now.void and now.form not in derived and now.ver > before.ver:
                fields = _differing(before.values, now.values)
                if fields:
                    reason = int(now.why) if now.why.isdigit() and int(now.why) in REASONS else None
                    who = (version.made_at, now.form, now.ver, now.who)
                    yield Change(version.record, now.id, *who, reason, fields, signed)
            signed = signed or bool(now.signature)
            before = now


def _differing(before: Mapping[str, Json], now: Mapping[str, Json]) -> tuple[str, ...]:
    return tuple(sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name)))
