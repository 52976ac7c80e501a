"""When to try again a sending that a network did not carry: later each time, and not all sites at once.

Rules kept here:
- Only what may pass by itself is tried again without being asked; all else waits for a person.
- A server's own wish is kept, up to `LONGEST`; nothing waits for more than that.
- A person who asks is not made to wait: the schedule is for what happens by itself.

Times in, times out: the clock and the chance are the caller's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

WAITS = (1, 5, 15, 60, 240)  # minutes after the first failure, the second ...; then always the last
LONGEST = timedelta(hours=12)


def next_try(failures: int, now: datetime, *, wanted: int = 0, chance: float = 0.5) -> datetime:
    """When to try again.

    Args:
        failures: how many there were without a success between, at least 1. now: of the last.
        wanted: seconds that the server asked for. chance: 0 to 1; makes the wait up to a quarter shorter or longer.
    """
    minutes = WAITS[min(failures, len(WAITS)) - 1] * (0.75 + chance / 2)
    return now + min(max(timedelta(minutes=minutes), timedelta(seconds=wanted)), LONGEST)
