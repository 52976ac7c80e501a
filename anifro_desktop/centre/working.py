"""Several processes that take bundles in at once, into a centre whose data lie on a server.

Rules kept here:
- The store ends in the same state as with one process, in whatever order they get on (see `ingesting`).
- The files of one installation go to one process, in order: so that none waits for another without need. That is read
  from their names, which are believed for nothing else.
- The keys go to the processes through a pipe, never by a file, an argument or the environment.
- A process that dies loses nothing: its files are taken in again here, and what was done already is a duplicate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from anifro_desktop.centre.errors import WorkersNeedServer
from anifro_desktop.centre.ingesting import READ, Outcome, Source, ingest
from anifro_desktop.centre.office import DATA_MANAGER, Centre, enter
from anifro_desktop.store.slots import Keys
from anifro_desktop.sync.errors import NameRefused
from anifro_desktop.sync.folder import Folder
from anifro_desktop.sync.names import parse_name

_mine: Centre | None = None  # of a working process


def ingest_together(centre: Centre, sources: Iterable[Source], workers: int) -> list[Outcome]:
    """Take in by so many processes, from 1; the outcomes by installation. Raises as `ingest`, and:

    Raises:
        WorkersNeedServer: the centre keeps its data in a file.
    """
    centre.need(DATA_MANAGER)
    if workers > 1 and centre.store.EMBEDDED:
        raise WorkersNeedServer
    if workers <= 1:
        return ingest(centre, sources)
    outcomes = ingest(centre, [])  # what waits and can go on
    given = (centre.folder, centre.keys)
    left: list[Source] = []
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, given) as pool:
        tasks = [(pool.submit(_take, some), some) for some in _groups(sources)]
        for task, some in tasks:
            try:
                outcomes += task.result()
            except BrokenProcessPool:
                left += some
    return outcomes + (ingest(centre, left) if left else [])


def _groups(sources: Iterable[Source]) -> list[list[Source]]:
    """The files of each installation, the largest groups first."""
    groups: dict[str, list[Source]] = {}
    for source in _each(sources):
        name = source.name if isinstance(source, Path) else source[0] if isinstance(source, tuple) else ""
        try:
            parts = parse_name(name)
            groups.setdefault(f"{parts.site}-{parts.writer8}", []).append(source)
        except NameRefused:
            groups.setdefault("", []).append(source)
    return sorted(groups.values(), key=len, reverse=True)


def _each(sources: Iterable[Source]) -> Iterable[Source]:
    """Files one by one, also those of a folder."""
    for source in sources:
        if isinstance(source, Path) and source.is_dir():
            folder = Folder(source)
            yield from ((odd.name, odd.why) for odd in folder.odd())
            yield from (source / name for name in folder.list() if parse_name(name).kind in READ)
        else:
            yield source


def _begin(folder: Path, keys: Keys) -> None:
    """Open the centre in a process that is to work."""
    global _mine  # noqa: PLW0603 - one per process, for all of its tasks
    _mine = enter(folder, keys)


def _take(sources: Sequence[Source]) -> list[Outcome]:
    if _mine is None:
        raise BrokenProcessPool
    return ingest(_mine, sources)
