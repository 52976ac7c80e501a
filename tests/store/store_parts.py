"""People, a clock and records for the tests of the store. Everybody here is synthetic."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from anifro_desktop.record import Json, Revision
from anifro_desktop.store.doorplate import User

SUBJECT = "P03-7KQF-W"
PASSPHRASE = "lavender orbit kettle maple tundra"
ADMIN = User("U01", "Anna Prova", ("investigator", "site_admin"))
MONITOR = User("U02", "Marco Finto", ("monitor",))
MANAGER = User("U09", "Carla Esempio", ("data_manager",))


@dataclass(slots=True)
class FakeClock:
    """A clock that a test moves: `local` and the stop-watch independently."""

    local: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    watch: float = 0.0

    def now(self) -> datetime:
        return self.local

    def elapsed(self) -> float:
        return self.watch

    def pass_time(self, seconds: float) -> None:
        self.local += timedelta(seconds=seconds)
        self.watch += seconds


def revision(
    values: dict[str, Json], *, record: str = "5f0c9f0e-0000-4000-8000-000000000001", why: str = "first"
) -> Revision:
    """A completed form of the synthetic subject."""
    return Revision(record, SUBJECT, "baseline", "phga", 1, "", values, "d" * 64, "", "", 0, why=why)
