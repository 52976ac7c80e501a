"""What a passphrase has to be and costs: its least length, and Argon2id tuned to the machine that makes a slot."""

from __future__ import annotations

import base64
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from anifro_desktop.crypto import kdf
from anifro_desktop.crypto.errors import KdfMemory
from anifro_desktop.store.errors import PassphraseTooShort
from anifro_desktop.store.slots import Kdf

LEAST_PASSPHRASE = 14  # characters; five random words are always longer
_UNLOCK_LEAST, _UNLOCK_AIM, _UNLOCK_MOST = 0.3, 0.38, 0.5  # seconds of Argon2id
_MEASUREMENTS = 3
_MEMORY_AT_MOST = 1024 * 1024  # KiB that a new slot may ask for


@dataclass(frozen=True, slots=True)
class Cost:
    """What a new slot's Argon2id costs: memory in KiB, passes, lanes."""

    memory_kib: int = kdf.MEMORY_KIB_FLOOR
    passes: int = kdf.PASSES_FLOOR
    lanes: int = kdf.DEFAULT_LANES


FLOOR = Cost()


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too short.

    Raises:
        PassphraseTooShort: fewer than 14 characters.
    """
    if len(unicodedata.normalize("NFC", passphrase)) < LEAST_PASSPHRASE:
        raise PassphraseTooShort(LEAST_PASSPHRASE)


def one_time_passphrase() -> str:
    """A passphrase for one unlocking, as `KDXQ-BA3M-...`: 100 random bits in letters that are not taken for others."""
    text = base64.b32encode(secrets.token_bytes(15)).decode("ascii")[:20]
    return "-".join(text[at : at + 4] for at in range(0, 20, 4))


def calibrate(seconds: Callable[[Cost], float] | None = None) -> Cost:
    """The cost that takes this machine 0.3 to 0.5 s, never below the floor. seconds: measures one (tests).

    A busy machine seems slow, and a cost chosen then would be cheap for ever: what was once quick enough is measured
    three times, and the least counts.
    """
    measure = seconds or _measure
    cost = FLOOR
    took = _least(measure, cost)
    for _ in range(4):
        if took >= _UNLOCK_LEAST and (took <= _UNLOCK_MOST or cost == FLOOR):
            break
        wanted = int(cost.memory_kib * _UNLOCK_AIM / took) // 1024 * 1024
        raised = replace(cost, memory_kib=max(FLOOR.memory_kib, min(_MEMORY_AT_MOST, wanted)))
        if raised == cost:
            break
        try:
            took = _least(measure, raised)
        except KdfMemory:
            break
        cost = raised
    return cost if took <= _UNLOCK_MOST else FLOOR


def _least(measure: Callable[[Cost], float], cost: Cost) -> float:
    """The least of three measurements; one that is too short by itself is proof enough."""
    took = measure(cost)
    for _ in range(_MEASUREMENTS - 1):
        if took < _UNLOCK_LEAST:
            break
        took = min(took, measure(cost))
    return took


def _measure(cost: Cost) -> float:
    """Seconds on the clock, or of the processor where others kept it from us."""
    started, worked = time.perf_counter(), time.process_time()
    kek("calibration only", Kdf(cost.memory_kib, cost.passes, cost.lanes, bytes(kdf.SALT_BYTES)))
    return min(time.perf_counter() - started, time.process_time() - worked)


def kek(passphrase: str, settings: Kdf) -> bytes:
    """The key that a passphrase opens a slot with.

    Raises:
        KdfRefused: settings out of range. KdfMemory: not enough memory free.
    """
    return kdf.argon2id(
        passphrase,
        settings.salt,
        memory_kib=settings.memory_kib,
        passes=settings.passes,
        lanes=settings.lanes,
    )
