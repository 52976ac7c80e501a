"""A centre with many sites: whether a bundle takes as long at the end as at the beginning, and the overview is quick.

`centre:SITESxPATIENTSxVISITS`, with `@server` on a PostgreSQL server, with `@server/4` by four processes there:
`centre:100x100x7@server/2`. Without: a small one on both. The figures of the study are 100x100x7 on either store, and
1000x100x7 on a server once.

A baseline visit has none before it that the centre would have to read and score with, so what the end is compared with
is the first tenth of the bundles after those; they are told too. Bundles are made beforehand, part by part, and not
counted. Times are of the processor, since other programs may run; by several processes, of the wall.
"""

from __future__ import annotations

import contextlib
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "centre"))
sys.path.append(str(Path(__file__).parents[1] / "forms"))
sys.path.append(str(Path(__file__).parents[1] / "servers"))

from centre_population import bundles, template
from centre_sites import PASSPHRASE, SyntheticSite

from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre, create_centre, open_centre
from anifro_desktop.centre.registering import register
from anifro_desktop.centre.status import status
from anifro_desktop.centre.working import ingest_together
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.passphrase import FLOOR
from anifro_desktop.store.server import Address
from anifro_desktop.study.subject_code import ALPHABET
from anifro_desktop.sync.bundle import file_hash, peek_header
from anifro_desktop.sync.names import bundle_name

AT_ONCE = 10  # patients in one bundle
FLAT = 1.5  # last tenth over the first
QUICK, QUICK_SITES = 2.0, 100  # seconds for an overview of so many sites; of more, in proportion
_WISH = re.compile(r"(\d+)x(\d+)x(\d+)(@server(?:/(\d+))?)?")


def main(_: int, alone: str = "") -> None:
    """Try what is asked for."""
    if not alone:
        main(0, "6x20x7")
        main(0, "6x20x7@server")
        main(0, "6x20x7@server/2")
        return
    wish = _WISH.fullmatch(alone)
    assert wish, __doc__
    sites, patients, visits = (int(wish[number]) for number in (1, 2, 3))
    with _centre(on_server=wish[4] is not None) as centre:
        _fill(centre, sites, patients, visits, int(wish[5] or 1))
        started = time.process_time()
        found = status(centre)
        took = time.process_time() - started
        print(f"   overview of {len(found.sites)} sites: {took:.2f} s", flush=True)
        assert took <= QUICK * max(1, sites / QUICK_SITES), f"the overview took {took:.1f} s"
        assert sum(site.visits for site in found.sites) == sites * patients * visits
        assert found.differences == ()


@contextlib.contextmanager
def _centre(*, on_server: bool) -> Iterator[Centre]:
    person = User("DM1", "Synthetic Person", ("data_manager", "statistician"))
    with contextlib.ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="centre-"))) / "data"
        server = None
        if on_server:
            from cluster import cluster

            running = ending.enter_context(cluster())
            server = Address(running.url(running.make()))
        create_centre(folder, "PISA", "Synthetic centre", person, PASSPHRASE, cost=FLOOR, server=server)
        centre = open_centre(folder, "DM1", PASSPHRASE)
        ending.callback(centre.close)
        yield centre


def _fill(centre: Centre, sites: int, patients: int, visits: int, workers: int) -> None:
    """Take everything in, round by round, and compare the beginning with the end."""
    makers = []
    for number in range(sites):
        code = ALPHABET[10 + number // 1024] + ALPHABET[number // 32 % 32] + ALPHABET[number % 32]
        site = SyntheticSite(code)
        register(centre, site.card_bytes, site.card.fingerprint)
        makers.append(bundles(site, centre.keyset, template(visits), patients, AT_ONCE))
    took: list[float] = []
    done = 0
    while part := [data for maker in makers if (data := next(maker, None)) is not None]:
        took += _together(centre, part, workers) if workers > 1 else [_one(centre, data) for data in part]
        done += len(part)
        if done % (10 * len(part)) == 0:
            print(
                f"   {done} bundles, {1000 * statistics.median(took[-len(part) :]):.0f} ms each", flush=True
            )
    tenth, followed = max(1, len(took) // 10), len(took) // visits
    parts = (took[:followed], took[followed : followed + tenth], took[-tenth:])
    baseline, first, last = (statistics.median(some) for some in parts)
    whole = f"{done} bundles of {AT_ONCE} visits, {sum(took):.0f} s"
    each = f"{1000 * baseline:.0f} ms of baseline visits, {1000 * first:.0f} ms after, {1000 * last:.0f} ms at last"
    print(f"   {whole}; each {each}", flush=True)
    assert last <= FLAT * first, f"{last / first:.2f} times as long at the end"


def _one(centre: Centre, data: bytes) -> float:
    started = time.process_time()
    (outcome,) = ingest(centre, [data])
    assert (outcome.status, outcome.bad) == ("accepted", 0), outcome
    return time.process_time() - started


def _together(centre: Centre, part: list[bytes], workers: int) -> list[float]:
    with tempfile.TemporaryDirectory(prefix="centre-part-") as name:
        for data in part:
            Path(name, bundle_name(peek_header(data), file_hash(data))).write_bytes(data)
        started = time.monotonic()
        outcomes = ingest_together(centre, [Path(name)], workers)
        took = time.monotonic() - started
    assert all(item.status == "accepted" for item in outcomes)
    return [took / len(part)] * len(part)
