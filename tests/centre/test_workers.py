"""Several processes at once on one server: the same end as one, whatever the order, also when one is killed."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from centre_builders import course
from centre_held import dump
from centre_population import bundles, template
from centre_sites import PASSPHRASE, Founded, SyntheticSite

from anifro_desktop.centre import working
from anifro_desktop.centre.errors import WorkersNeedServer
from anifro_desktop.centre.ingesting import Outcome, ingest
from anifro_desktop.centre.office import Centre, enter, open_centre
from anifro_desktop.centre.registering import register
from anifro_desktop.centre.working import ingest_together
from anifro_desktop.store.server import Address, remember
from anifro_desktop.store.vault import open_vault
from anifro_desktop.store.verify import verify
from anifro_desktop.sync.bundle import file_hash, peek_header
from anifro_desktop.sync.names import bundle_name

if TYPE_CHECKING:
    from cluster import Cluster

SITES = ("P01", "P02", "P03")


def registered(centre: Centre) -> list[SyntheticSite]:
    sites = [SyntheticSite(code) for code in SITES]
    for site in sites:
        register(centre, site.card_bytes, site.card.fingerprint)
    return sites


def files(centre: Centre, folder: Path, sites: list[SyntheticSite]) -> list[Path]:
    """Bundles of three sites as files; one of the first site's is lost."""
    folder.mkdir()
    made = []
    for site in sites:
        some = list(bundles(site, centre.keyset, template(2), 3, 1))
        if site.code == "P01":
            del some[3]
        for data in some:
            path = folder / bundle_name(peek_header(data), file_hash(data))
            path.write_bytes(data)
            made.append(path)
    return made


def at_rest(centre: Centre) -> dict[str, object]:
    """What must not hang on who took what in, or when."""
    return dump(centre) | {
        "bundles": sorted((row.sha256, row.state, row.code) for row in centre.store.bundles())
    }


def ending(centre: Centre) -> dict[str, object]:
    """What must not hang on who took what in, or when."""
    kept = dump(centre)
    return kept | {"bundles": sorted(kept["bundles"])}


@pytest.fixture
def bench(on_server: Founded) -> Founded:
    """An empty centre on a server; a file has one writer, so there is nothing to share."""
    return on_server


def opened(where: Founded) -> Centre:
    return open_centre(where.folder, "DM1", PASSPHRASE)


def test_several_workers_need_a_server(centre: Centre, kept: str, tmp_path: Path) -> None:
    if kept == "server":
        assert ingest_together(centre, [tmp_path], 2) == []
    else:
        with pytest.raises(WorkersNeedServer):
            ingest_together(centre, [tmp_path], 2)


def test_workers_end_where_one_does(
    bench: Founded, centre: Centre, postgres: Cluster, tmp_path: Path
) -> None:
    """The same files to one process and to three, each file twice and all of them shuffled."""
    sites = registered(centre)
    paths = files(centre, tmp_path / "sent", sites)
    other = copied(bench, postgres, centre, tmp_path / "other")
    assert {item.status for item in ingest(centre, [tmp_path / "sent"])} == {"accepted", "held"}
    mixed = paths * 2
    random.Random(5).shuffle(mixed)
    with contextlib.closing(opened(other)) as second:
        outcomes = ingest_together(second, [*mixed, b"nothing of ours"], 3)
        assert len(outcomes) >= len(mixed) + 1
        assert ending(second) == ending(centre)
        assert verify(second.store) == []


def at_once(where: Founded, orders: list[list[Path]]) -> None:
    """As many programs as orders, each with a store of its own, begin together."""
    keys = open_vault(where.folder, "DM1", PASSPHRASE)
    ready, failed = threading.Barrier(len(orders), timeout=60), list[BaseException]()

    def work(mine: list[Path]) -> None:
        try:
            with contextlib.closing(enter(where.folder, keys)) as own:
                ready.wait()
                ingest(own, mine)
        except BaseException as error:
            failed.append(error)

    several = [threading.Thread(target=work, args=(mine,)) for mine in orders]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert failed == []


def test_programs_that_do_not_know_each_other(bench: Founded, centre: Centre, tmp_path: Path) -> None:
    """Every file to each of four, in another order."""
    paths = files(centre, tmp_path / "sent", registered(centre))
    at_once(bench, [random.Random(seed).sample(paths, len(paths)) for seed in range(4)])
    applied = [row for row in centre.store.bundles() if row.state == "applied"]
    assert len(applied) == 15
    for chain in centre.store.chains():
        numbers = [row.seq for row in applied if row.site == chain.site]
        assert numbers == list(range(1, chain.next_seq))
    assert verify(centre.store) == []


def test_of_two_files_under_one_number_one_counts(bench: Founded, centre: Centre, tmp_path: Path) -> None:
    (site, *_) = registered(centre)
    first = site.bundle(centre.keyset, course("P01-0000-N"))
    site.seq, site.prev = 1, "0" * 64
    rivals = [tmp_path / "one", tmp_path / "other"]
    for path, data in zip(rivals, (first, site.bundle(centre.keyset, [])), strict=True):
        path.write_bytes(data)
    at_once(bench, [[path] for path in rivals])
    assert sorted(row.state for row in centre.store.bundles()) == ["applied", "forked"]
    (chain,) = centre.store.chains()
    assert (chain.next_seq, chain.frozen) == (2, True)
    assert verify(centre.store) == []


def test_a_killed_worker_loses_nothing(
    bench: Founded, centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files(centre, tmp_path / "sent", registered(centre))
    monkeypatch.setattr(working, "_take", taken_until_killed)
    outcomes = ingest_together(centre, [tmp_path / "sent"], 2)
    assert {item.site for item in outcomes if item.status in ("accepted", "duplicate")} == set(SITES)
    states = Counter(row.state for row in centre.store.bundles())
    assert states == {"applied": 15, "held": 2}
    assert centre.store.setting("half") is None
    assert verify(centre.store) == []


def taken_until_killed(sources: list[Path]) -> list[Outcome]:
    """Half of the work, and then the end of this process in the middle of a transaction."""
    assert working._mine is not None
    ingest(working._mine, sources[: len(sources) // 2])
    with working._mine.store.transaction("site/P01"):
        working._mine.store.set_setting("half", "done")
        os.kill(os.getpid(), signal.SIGKILL)
    return []


def copied(where: Founded, postgres: Cluster, centre: Centre, folder: Path) -> Founded:
    """The same centre as it is now, on a database of its own."""
    centre.close()
    name = postgres.make(where.database)
    shutil.copytree(where.folder, folder)
    remember(folder, Address(postgres.url(name)), centre.keys.database("centre")[0])
    again = open_centre(where.folder, "DM1", PASSPHRASE)
    centre.store = again.store
    return Founded(folder, name)
