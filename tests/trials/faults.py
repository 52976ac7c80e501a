"""Everything that may go wrong with a site, one kind after the other, each printed as `N tried, M lost`.

`faults` runs all kinds, `faults:power_cuts` one. `count` is of kills; of power cuts for each operation a fifth, of
refusing disks a quarter for writes and for syncs, of turned bits twice as many, and of the rest a share. What cannot be
run here is named with its reason. The same modules with small counts are the tests of `tests/faults`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))

import at_calls
import planted
import power_cuts
import surroundings
import tampering
from operations import OPERATIONS
from stage import Stage, set_stage
from striking import CANNOT, actor
from told import Tries

Kind = Callable[[Stage, Path, int], Iterable[Tries]]
_NAMES = tuple(OPERATIONS)


class _NotRun(Exception):
    """Why a kind cannot be run here."""


def _kills(stage: Stage, beside: Path, count: int) -> Iterable[Tries]:
    _check()
    with actor(stage) as struck:
        yield at_calls.kill(struck, stage, beside, _NAMES, count)


def _power_cuts(stage: Stage, beside: Path, count: int) -> Iterable[Tries]:
    _check()
    with actor(stage) as struck:
        yield from power_cuts.cut_power(struck, stage, beside, _NAMES, max(1, count // 5))


def _full(stage: Stage, beside: Path, count: int) -> Iterable[Tries]:
    _check()
    with actor(stage) as struck:
        yield from at_calls.refuse(struck, stage, beside, _NAMES, max(1, count // 4))


def _check() -> None:
    if CANNOT:
        raise _NotRun(CANNOT)


def _tampering(stage: Stage, beside: Path, count: int) -> Iterable[Tries]:
    yield tampering.flips(stage, beside, 2 * count)
    yield tampering.old_pages(stage, beside, max(1, count // 2))
    yield tampering.old_files(stage, beside, max(1, count // 10))
    yield tampering.slots(stage, beside)
    yield tampering.old_slots(stage, beside)


def _surroundings(stage: Stage, beside: Path, count: int) -> Iterable[Tries]:
    yield surroundings.together(stage, beside, max(1, count // 5))
    for tried in (
        surroundings.folders,
        surroundings.old_library,
        surroundings.clocks,
        surroundings.unplugged,
    ):
        yield tried(stage, beside)


def _volumes(stage: Stage, beside: Path, count: int) -> Iterable[Tries]:
    try:
        yield surroundings.small_volume(stage, beside, max(1, count // 50))
        yield surroundings.keys_on_a_small_volume(stage, beside, max(1, count // 10))
        yield surroundings.recovery_on_a_small_volume(stage, beside, max(1, count // 10))
        yield surroundings.read_only(stage, beside)
    except surroundings.CannotMount as reason:
        raise _NotRun(str(reason)) from reason


def _planted(stage: Stage, beside: Path, _: int) -> Iterable[Tries]:
    yield planted.search(stage, beside)


KINDS: dict[str, Kind] = {
    "kills": _kills,
    "power_cuts": _power_cuts,
    "full": _full,
    "tampering": _tampering,
    "surroundings": _surroundings,
    "volumes": _volumes,
    "planted": _planted,
}


def main(count: int, alone: str = "") -> None:
    """Try every kind, or one alone; raises on the first thing lost."""
    with tempfile.TemporaryDirectory(prefix="anifro-faults-") as folder:
        stage = set_stage(Path(folder) / "stage")
        for name in [alone] if alone else KINDS:
            beside = Path(folder) / name
            beside.mkdir()
            try:
                for tries in KINDS[name](stage, beside, count):
                    print(f"   {tries}", flush=True)
            except _NotRun as reason:
                print(f"   {name}: not run, as {reason}", flush=True)
