"""An operation struck at one of its system calls: killed there, or told that the disk is full or failed.

A kill at a call is a kill at any moment since the call before, as nothing else that the process does is seen from
outside. A refusing disk is tried at its worst, from that call on for good, until the operation has said so; then there
is room again and the same person tries again.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path

from operations import OPERATIONS
from stage import Stage, check_sound, copied
from striking import CALLS, SYNCS, WRITES, Actor, count_calls
from told import Tries, assert_plain

SEED = 20260301
FIRST_WRITES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """The `number`th (from 1) of an operation's calls of a name."""

    operation: str
    call: str
    number: int

    def __str__(self) -> str:
        return f"{self.operation}, {self.call} {self.number}"


def calls_of(actor: Actor, stage: Stage, beside: Path, names: Sequence[str]) -> dict[str, Counter[str]]:
    """How many calls of each name every operation makes, by doing each once, unharmed."""
    found = {}
    for name in names:
        told = beside / f"{name}.calls"
        copy = stage.copy(beside / name)
        outcome = actor.act(copy, name, told=told)
        assert outcome.facts, f"{name} was not done: {outcome}"
        check_sound(copy, outcome.facts, name, with_keys=OPERATIONS[name].keys)
        found[name] = count_calls(told)
    return found


def places(
    counts: dict[str, Counter[str]], calls: Sequence[str], count: int, most: int = 1 << 30
) -> list[Place]:
    """So many places, spread over the operations; all of them where there are no more. most: of calls of one name."""
    chance = random.Random(SEED)
    of_each = []
    for operation, found in counts.items():
        here = [
            Place(operation, call, number)
            for call in calls
            for number in range(1, min(found[call], most) + 1)
        ]
        chance.shuffle(here)
        of_each.append(here)
    in_turn = chain.from_iterable(zip_longest(*of_each))
    return list(islice((place for place in in_turn if place is not None), count))


def kill(actor: Actor, stage: Stage, beside: Path, names: Sequence[str], count: int) -> Tries:
    """Kill operations before one of their calls; raises on the first thing lost."""
    tries = Tries("killed at a call")
    for place in places(calls_of(actor, stage, beside, names), CALLS, count):
        with copied(stage, beside) as copy:
            strike = f"{place.call}:signal=SIGKILL:when={place.number}"
            outcome = actor.act(copy, place.operation, strikes=[strike])
            check_sound(copy, outcome.facts, f"killed at {place}", with_keys=OPERATIONS[place.operation].keys)
            tries.tried += 1
            tries.told["were done before"] += not outcome.killed
    return tries


def refuse(actor: Actor, stage: Stage, beside: Path, names: Sequence[str], count: int) -> Iterator[Tries]:
    """Fill the disk at one of the first 200 writes, then fail at one of the syncs."""
    counts = calls_of(actor, stage, beside, names)
    for what, calls, error in (
        ("disk full at a write", WRITES, "ENOSPC"),
        ("I/O error at a sync", SYNCS, "EIO"),
    ):
        tries = Tries(what)
        for place in places(counts, calls, count, FIRST_WRITES):
            with copied(stage, beside) as copy:
                strikes = [f"{place.call}:error={error}:when={place.number}+"]
                outcome = actor.act(copy, place.operation, strikes=strikes, again=True)
                told = f"{what}: {place}"
                for _, sentence in outcome.refusals:
                    assert_plain(sentence, told)
                assert outcome.facts, f"{told}: not done at the second try: {outcome.refusals}"
                check_sound(copy, outcome.facts, told, with_keys=OPERATIONS[place.operation].keys)
                tries.tried += 1
                tries.told["refused in a sentence"] += bool(outcome.refusals)
                tries.told["done all the same"] += not outcome.refusals
        yield tries
