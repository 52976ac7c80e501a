"""Much made at once that lies in no circle: the values of a whole bundle.

The interpreter looks through all that is new, again and again, for circles that nobody holds; of a bundle's values that
takes a tenth of the time and finds none. They are let go of one by one all the same.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
