"""The packs that this program reads: the current one, and those that were published before it.

Rules kept here:
- A record names the digest of the pack it was made under and is read by that pack for ever; so a pack that was
  published keeps its files (`packs/ID/*.toml`, the settings of its protocol beside them) and its digest
  (`packs/index.toml`).
- An older pack is given out with its ids in today's names and with the rules that this program no longer carries out as
  that pack knew them (`Definitions.names`, `Definitions.foreign`).
- Older packs are read when they are asked for, once.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from anifro_desktop.forms import loader
from anifro_desktop.forms.model import Definitions, Field, Tombstone
from anifro_desktop.forms.scoring import GIVEN

INDEX, SETTINGS = "index.toml", "protocol.toml"
PACKS = resources.files("anifro_desktop.forms") / "packs"


class Library:
    """The packs by their digests. current: the one that new records are made under; past: how to read the others,
    oldest first."""

    def __init__(self, current: Definitions, past: Mapping[str, Callable[[], Definitions]]) -> None:
        self.current = current
        self._raw = dict(past)
        self._past = {
            digest: functools.cache(functools.partial(_seen, read, current)) for digest, read in past.items()
        }
        self._order = (*(digest for digest in past if digest != current.digest), current.digest)

    @classmethod
    def of(cls, current: Definitions, *past: Definitions) -> Library:
        """A library of packs that were read already, the past ones oldest first."""
        return cls(current, {pack.digest: functools.partial(replace, pack) for pack in past})

    def extended(self, came: Iterable[Definitions]) -> Library:
        """This library with versions that came by file, oldest first. The last of them is current, unless the
        program's own was published later."""
        known = tuple(came)
        if not known:
            return self
        latest = known[-1]
        own_is_newer = self.current.pack.published > latest.pack.published
        current = self.current if own_is_newer or self.current.digest == latest.digest else latest
        past: dict[str, Callable[[], Definitions]] = {**self._raw}
        past[self.current.digest] = functools.partial(replace, self.current)
        past |= {pack.digest: functools.partial(replace, pack) for pack in known}
        return Library(current, past)

    @property
    def digests(self) -> tuple[str, ...]:
        """Those of every pack, oldest first, the current one last."""
        return self._order

    def only(self, digests: Sequence[str]) -> Library | None:
        """The library as it was when it had these packs, the last of them current; None if one is not known."""
        found = [self._raw.get(digest, lambda: self.current) for digest in digests]
        if not digests or not set(digests) <= set(self._order):
            return None
        if tuple(digests) == self._order:
            return self
        return Library(found[-1](), dict(zip(digests[:-1], found[:-1], strict=True)))

    def by_digest(self, digest: str) -> Definitions | None:
        """The pack of that digest, as seen from the current one; None if this program does not know it."""
        if digest == self.current.digest:
            return self.current
        return self._past[digest]() if digest in self._past else None

    def age(self, digest: str) -> int:
        """Where a pack stands among them, the oldest at 0; -1 for one that is not known."""
        return self._order.index(digest) if digest in self._order else -1

    def field(self, name: str) -> Field | None:
        """A field by its id, as the newest pack that has it knows it."""
        packs = (self.by_digest(digest) for digest in reversed(self._order))
        return next((pack.fields[name] for pack in packs if pack is not None and name in pack.fields), None)

    def packs(self, digests: Iterable[str]) -> tuple[Definitions, ...]:
        """Those of the digests that are known, oldest first."""
        found = (self.by_digest(digest) for digest in sorted(set(digests), key=self.age))
        return tuple(pack for pack in found if pack is not None)


@functools.cache
def load() -> Library:
    """The packs of this installation.

    Raises:
        DefinitionFaults: the current files are wrong; every fault is listed.
    """
    return Library(loader.load(), {entry["digest"]: functools.partial(archived, entry) for entry in index()})


def index(packs: Traversable = PACKS) -> list[dict[str, Any]]:
    """What the index says of each published pack, oldest first: id, digest, protocol, rules."""
    return list(tomllib.loads((packs / INDEX).read_text(encoding="utf-8")).get("pack", ()))


def archived(entry: Mapping[str, Any], packs: Traversable = PACKS) -> Definitions:
    """A published pack, read from its files.

    Raises:
        DefinitionFaults: this program no longer reads them.
    """
    folder = packs / folder_name(entry["id"])
    texts = {name: text for name, text in loader.texts_in(folder).items() if name != SETTINGS}
    return loader.read(texts, protocol=entry["protocol"], rules=entry["rules"])


def folder_name(pack: str) -> str:
    """The folder of a pack's files: its id without dots, which would hide the folder from the makers of packages."""
    return pack.replace(".", "_")


def _seen(read: Callable[[], Definitions], current: Definitions) -> Definitions:
    return seen_from(read(), current)


def seen_from(old: Definitions, current: Definitions) -> Definitions:
    """An older pack with its ids in the names of the current one, and the rules that are not carried out as it says."""
    now = {name: successor(name, current.fields, current.tombstones) for name in old.fields}
    rules = old.pack.rules.items()
    changed = {rule for rule, version in rules if current.pack.rules.get(rule) != version}
    changed |= {rule for rule, given in GIVEN.items() if given & changed}
    return replace(
        old,
        names={name: found for name, found in now.items() if found and found != name},
        foreign=frozenset(changed),
    )


def successor(name: str, fields: Container[str], tombstones: Mapping[str, Tombstone]) -> str:
    """What an id is called now, over any number of renamings; empty where it was withdrawn."""
    while name and name not in fields:
        name = tombstones[name].renamed if name in tombstones else ""
    return name
