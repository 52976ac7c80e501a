"""Somebody changes what lies on the disk while the site is closed; `verify` finds it, or opening refuses in a sentence.

Every byte of a database is covered: the first 16 by the salt that the key file holds, each page by its own code, which
has no byte to spare. An old page has a right code of its own, so it is found by the hashes of rows and trail, unless
only SQLite's own counters differ in it; such a page is counted apart, and all that can be read must be as it was.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from stage import MONTH_6, REMOVED, STAYING, Stage, copied, later, opened, reopened
from study_parts import PASSPHRASE, PERSON, dump, someone
from told import Tries, assert_plain

from anifro_desktop.errors import Refusal
from anifro_desktop.store import vault
from anifro_desktop.store.instance import InstanceLock
from anifro_desktop.workflows import checking, patients, people, visits
from anifro_desktop.workflows.model import Place
from anifro_desktop.workflows.site import Site, unlock

SEED = 20260301
PAGE = 4096
DATABASES = ("clinical.db", "identity.db")


def look(stage: Stage, where: str, then: Callable[[Site], None] | None = None) -> set[str]:
    """The codes of what opening and checking say; then: done with a site that opened and in which nothing was found."""
    try:
        site = reopened(stage)
    except Refusal as refusal:
        assert_plain(str(refusal), where)
        return {refusal.code}
    found: set[str] = set()
    try:
        findings = checking.verify(site)
        for one in findings:
            assert_plain(one.sentence, where)
        found = {one.code for one in findings}
        if not found and then is not None:
            then(site)
    except Refusal as refusal:
        assert_plain(str(refusal), where)
        found = {refusal.code}
    finally:
        _let_go(site)
    return found


def _let_go(site: Site) -> None:
    """A damaged database may refuse its last checkpoint; the files are let go of all the same."""
    for store in (site.identities, site.clinical):
        with suppress(Refusal):
            if store is not None:
                store.close()
    site.lock.release()


def _lean(stage: Stage, folder: Path) -> Stage:
    """A copy without backups, of which thousands are made."""
    lean = stage.copy(folder)
    shutil.rmtree(lean.site / "backups")
    return lean


def work(stage: Stage, text: str) -> None:
    """A moment of work, and the site closed again."""
    site = opened(stage)
    visit = visits.open_visit(site, stage.codes["open"], "m06", MONTH_6)
    form = visit.session.definitions.fields["temperature_c"].form
    visit.session.set_text("temperature_c", text)
    place = Place(visit.subject, visit.key, form, "temperature_c")
    visits.save_draft(site, visit, visit.session.entries({"temperature_c"}), place)
    site.close()


def flips(stage: Stage, beside: Path, count: int) -> Tries:
    """One bit of a database turned over, anywhere."""
    tries, chance = Tries("bit turned over in a database"), random.Random(f"{SEED}/flips")
    lean = _lean(stage, beside / "flipped")
    for number in range(count):
        name = DATABASES[number % 4 == 3]
        with copied(lean, beside) as copy:
            path = copy.site / name
            raw = bytearray(path.read_bytes())
            # A tenth in the first page, which holds the salt and SQLite's own header.
            place = chance.randrange(PAGE if number % 10 == 0 else len(raw))
            raw[place] ^= 1 << chance.randrange(8)
            path.write_bytes(raw)
            assert look(copy, f"{name}, byte {place}"), f"{name}: byte {place} changed and nothing was found"
        tries.tried += 1
    return tries


def old_pages(stage: Stage, beside: Path, count: int) -> Tries:
    """A page of an earlier state of the database in the place of the one of now."""
    tries, chance = Tries("old page put back"), random.Random(f"{SEED}/pages")
    lean = _lean(stage, beside / "older")
    before = {name: (lean.site / name).read_bytes() for name in DATABASES}
    for text in ("36.2", "38.4", "37.9"):
        work(lean, text)
    differing = [(name, at) for name in DATABASES for at in _differing(before[name], lean.site / name)]
    site = opened(lean)
    then = dump(site)
    site.close()

    def same(found: Site) -> None:
        assert dump(found) == then, "an old page changed an answer and nothing was found"
        tries.told["with no answer changed"] += 1

    for number in range(count):
        chosen = (
            [differing[number % len(differing)]] if number < len(differing) else chance.sample(differing, 2)
        )
        with copied(lean, beside) as copy:
            for name, at in chosen:
                raw = bytearray((copy.site / name).read_bytes())
                raw[at : at + PAGE] = before[name][at : at + PAGE]
                (copy.site / name).write_bytes(raw)
            look(copy, f"old pages {chosen}", same)
        tries.tried += 1
    return tries


def _differing(before: bytes, path: Path) -> list[int]:
    now = path.read_bytes()
    return [
        at
        for at in range(0, min(len(before), len(now)), PAGE)
        if before[at : at + PAGE] != now[at : at + PAGE]
    ]


def old_files(stage: Stage, beside: Path, count: int) -> Tries:
    """A whole database of before put back, the anchors left as they are; and a WAL taken away after a crash."""
    tries = Tries("old database put back, or WAL taken away")
    lean = _lean(stage, beside / "files")
    for number in range(count):
        with copied(lean, beside) as copy:
            if number % 3 == 2:
                old = (copy.site / "identity.db").read_bytes()
                site = opened(copy)
                for turn in range(1 + number % 5):
                    patients.save_identity(site, copy.codes["open"], someone(80 + turn))
                site.close()
                (copy.site / "identity.db").write_bytes(old)
                crashed = copy
            elif number % 3:
                old = (copy.site / "clinical.db").read_bytes()
                for turn in range(1 + number % 5):
                    work(copy, f"37.{1 + turn}")
                (copy.site / "clinical.db").write_bytes(old)
                crashed = copy
            else:
                site = opened(copy)
                for _ in range(1 + number % 7):
                    site.clinical.log("checked")
                crashed = copy.copy(beside / "crashed")
                site.close()
                (crashed.site / "clinical.db-wal").unlink()
            assert "rolled_back" in look(crashed, f"old file {number}"), f"old file {number} was not found"
            if crashed is not copy:
                shutil.rmtree(crashed.root)
        tries.tried += 1
    return tries


def slots(stage: Stage, beside: Path, every: int = 1) -> Tries:
    """Every field of the key file changed, in it and its copy; the passphrase's cost made low or ruinous among them.

    every: only one of so many, of those that are not about the passphrase's cost.
    """
    tries = Tries("field of the key file changed")
    lean = _lean(stage, beside / "slots")
    whole = json.loads((lean.site / vault.FILE).read_text(encoding="utf-8"))
    costs = [path[1:] for path, _ in _leaves(whole) if path[1:2] == (0,) and "kdf" in path]
    for number, (path, value) in enumerate(_leaves(whole)):
        for other in _others(path, value) if number % every == 0 or path[1:] in costs else ():
            with copied(lean, beside) as copy:
                changed = json.loads(json.dumps(whole))
                _put(changed, path, other)
                raw = (
                    json.dumps(changed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
                    + b"\n"
                )
                for name in (vault.FILE, vault.COPY):
                    (copy.site / name).write_bytes(raw)
                where = f"{'/'.join(map(str, path))} = {str(other)[:20]}"
                try:
                    unlock(copy.site, PERSON.code, PASSPHRASE, later()).close()
                except Refusal as refusal:
                    assert_plain(str(refusal), where)
                else:
                    raise AssertionError(f"{where}: the site opened as if nothing had been changed")
            tries.tried += 1
    return tries


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(value, list) and value:
        for place, inner in enumerate(value):
            yield from _leaves(inner, (*path, place))
    else:
        yield path, value


def _others(path: tuple[Any, ...], value: Any) -> list[Any]:
    """What a field is changed to."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, 0, 1, 1 << 40] if "kdf" in path else [value + 1]
    if isinstance(value, str) and value:
        middle = len(value) // 2
        return [value[:middle] + ("A" if value[middle] != "A" else "B") + value[middle + 1 :], ""]
    return ["x"]


def _put(table: Any, path: tuple[Any, ...], value: Any) -> None:
    for step in path[:-1]:
        table = table[step]
    table[path[-1]] = value


def old_slots(stage: Stage, beside: Path) -> Tries:
    """The key file of before a person was removed put back: that person opens nothing, and no one else is fooled."""
    tries = Tries("old key file put back after a removal")
    with copied(stage, beside) as copy:
        old = {name: (copy.site / name).read_bytes() for name in (vault.FILE, vault.COPY)}
        site = opened(copy)
        people.remove(site, REMOVED, "left the hospital")
        site.close()
        for names in (old.keys(), {vault.FILE}, {vault.COPY}):
            for user in (REMOVED, STAYING, PERSON.code):
                with copied(copy, beside) as put_back:
                    for name in names:
                        (put_back.site / name).write_bytes(old[name])
                    where = f"old {', '.join(sorted(names))}, {user}"
                    try:
                        unlock(put_back.site, user, PASSPHRASE, later()).close()
                    except Refusal as refusal:
                        assert_plain(str(refusal), where)
                    else:
                        assert user != REMOVED, f"{where}: the removed person opened the site"
                        assert len(names) == 1, f"{where}: opened with keys of before"
                    InstanceLock(put_back.site).release()
                tries.tried += 1
    return tries
