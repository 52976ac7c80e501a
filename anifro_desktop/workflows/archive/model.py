"""What the archive's papers are made of, and what is said of a finished archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Head:
    """A heading. level: 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and its answer, side by side."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. small: set smaller, as the lines of the trail are."""

    text: str
    small: bool = False


Item = Head | Pair | Text


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. code: stands at the head of each page; foot: at its foot. when, identity: of the file, so that the
    same document is the same bytes."""

    title: str
    code: str
    foot: str
    when: datetime
    identity: str


# Told how many patients are done, and of how many.
Step = Callable[[int, int], None]
# Sets a document on A4 pages and gives back the PDF.
Printer = Callable[[Paper, Iterable[Item]], bytes]


@dataclass(frozen=True, slots=True)
class Archived:
    """A finished archive. entries: of the trail; findings: codes of what the check before it found; sha256: of its
    `SHA256SUMS`."""

    folder: Path
    subjects: int
    versions: int
    entries: int
    files: int
    size: int
    sha256: str
    findings: tuple[str, ...]
    identities: bool
