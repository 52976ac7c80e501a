"""Much made at once that lies in no circle: the values of a whole bundle, the subjects of a whole study.

The interpreter looks through all that is new, again and again, for circles that nobody holds; of a bundle's values that
takes a tenth of the time and finds none, of a study's subjects a third. They are let go of one by one all the same.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 200_000  # values made and not let go of, between two searches among the new ones


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the search for circles off until the end: for one bundle at most, since what it holds has a bound."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Search for circles once in a while only, until the end: for work on as much as there is."""
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
