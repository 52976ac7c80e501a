"""Questions of the centre about records: bundles of type `query`, with their own numbers, as receipts have.

A file holds every thread of one installation, whole: what the centre said and what it heard. So the newest file alone
tells everything, whatever was lost before it, and a site that was restored from a backup gets its own answers back.
A site's acts leave in its data bundles, each as a record of the form `query_act` (see `act_revision`).

Rules kept here:
- A file speaks of subjects of its site only, or of those it took over, and nothing in it is more than a code, a number,
  or one line of words.
- Of a thread with very many acts the newest travel, beside what the centre said: nothing that a site says keeps a
  question of others from being sent.
- Words are shown as plain text and never acted upon.
- A later file brings acts and takes none away; the order of files does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from anifro_desktop.crypto.hybrid import HYBRID
from anifro_desktop.record import Json, Revision
from anifro_desktop.sync.bundle import MANIFEST_REPEATS, Opened, VerifyKey, open_bundle, seal_bundle
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.frame import Line
from anifro_desktop.sync.header import Header
from anifro_desktop.sync.records import SPLIT_BYTES, dated
from anifro_desktop.thread import OF_SITE, RAISE, Act, Query, Thread, fault, thread

ACT_FORM = "query_act"
# Threads and acts in one file, and acts of one thread: far below the limits of a bundle's inside (see `frame`).
SPLIT_THREADS, SPLIT_ACTS, MOST_ACTS = 2000, 20_000, 400
_BESIDE = 300  # bytes of a thread or an act that are not its text, about

_QUERY_NAMES = tuple(item.name for item in fields(Query))
_ACT_NAMES = tuple(item.name for item in fields(Act) if item.name not in ("query", "source"))
_TRAVELLING = ("query", "n", "act", "text", "record", "ver")
Made = TypeVar("Made", Query, Act)


def seal_queries(
    header: Header,
    threads: Sequence[Thread],
    signer_seed: bytes,
    recipient_public: bytes,
    suite: int = HYBRID,
    *,
    mldsa_seed: bytes | None = None,
    also: Collection[str] = (),
) -> bytes:
    """Make a file of threads; the header's type is `query`. also: subjects of other sites that the site took over.

    Raises:
        BundleRefused: a thread that no reader would take. BadKey: an unusable key.
    """
    manifest: Line = {name: getattr(header, name) for name in MANIFEST_REPEATS}
    lines = query_lines(threads)
    for line in lines:
        _parse(header, line, also)
    return seal_bundle(
        header, [manifest, *lines], signer_seed, recipient_public, suite, mldsa_seed=mldsa_seed
    )


def open_queries(
    data: bytes,
    *,
    key_for: Callable[[Header], VerifyKey | None],
    seed_for: Callable[[str], bytes | None],
    min_suite: int = HYBRID,
    also: Collection[str] = (),
) -> tuple[tuple[Thread, ...], Opened]:
    """Check and read a file of threads (arguments as of `open_bundle`). also: as of `seal_queries`.

    Raises:
        BundleRefused: anything at all is wrong.
    """
    opened = open_bundle(data, expect_type="query", key_for=key_for, seed_for=seed_for, min_suite=min_suite)
    found = tuple(_parse(opened.header, line, also) for line in opened.lines[1:])
    if len({one.query.id for one in found}) != len(found):
        raise BundleRefused("bad_query", "twice")
    return found, opened


def query_lines(threads: Iterable[Thread]) -> list[Line]:
    """The lines of threads, in one order whatever the order given."""
    ordered = sorted(threads, key=lambda one: one.query.id)
    return [
        {name: getattr(one.query, name) for name in _QUERY_NAMES}
        | {"acts": [{name: getattr(act, name) for name in _ACT_NAMES} for act in _fitting(one)]}
        for one in ordered
    ]


def split_threads(threads: Iterable[Thread]) -> Iterator[list[Thread]]:
    """The threads in parts that each fit well into one file; one empty part for none."""
    part: list[Thread] = []
    acts = size = 0
    for one in threads:
        fitting = _fitting(one)
        more = _BESIDE + sum(_BESIDE + len(act.text.encode()) for act in fitting)
        crowded = len(part) >= SPLIT_THREADS or acts + len(fitting) > SPLIT_ACTS
        if part and (crowded or size + more > SPLIT_BYTES):
            yield part
            part, acts, size = [], 0, 0
        part.append(one)
        acts += len(fitting)
        size += more
    yield part


def _fitting(one: Thread) -> Sequence[Act]:
    """The acts of a thread that travel: of very many the centre's first and newest, and the site's newest."""
    if len(one.acts) <= MOST_ACTS:
        return one.acts
    ours = [act for act in one.acts if act.by_centre]
    ours = [*ours[:1], *ours[1:][1 - MOST_ACTS // 2 :]]
    theirs = [act for act in one.acts if not act.by_centre][len(ours) - MOST_ACTS :]
    return sorted((*ours, *theirs), key=lambda act: act.order)


def act_revision(query: Query, act: Act, definition: str) -> Revision:
    """A site's act as it leaves: no time, no free reason. definition: digest of the site's pack."""
    return Revision(
        id=act.id,
        subject=query.subject,
        visit=query.visit,
        form=ACT_FORM,
        ver=1,
        prev="",
        values={name: getattr(act, name) for name in _TRAVELLING},
        definition=definition,
        who=act.who,
        when="",
        day=None,
    )


def read_act(revision: Revision, source: str = "") -> Act:
    """The act that a site's record tells of; its time is still to be given. source: hash of its bundle.

    Raises:
        BundleRefused: `bad_query`.
    """
    values = revision.values
    if revision.form != ACT_FORM or set(values) != set(_TRAVELLING):
        raise BundleRefused("bad_query", "act")
    act = _made(Act, {**{name: values[name] for name in _TRAVELLING}, "id": revision.id, "who": revision.who})
    if act.act not in OF_SITE or dated(act.text):
        raise BundleRefused("bad_query", "act")
    return replace(act, source=source)


def _parse(header: Header, line: Line, also: Collection[str]) -> Thread:
    acts = line.get("acts")
    if not isinstance(acts, list):
        raise BundleRefused("bad_query", "acts")
    query = _made(Query, {name: line.get(name) for name in _QUERY_NAMES})
    said = [_act(query, item) for item in acts]
    if not query.subject.startswith(f"{header.site}-") and query.subject not in also:
        raise BundleRefused("foreign_subject")
    if len({act.id for act in said}) != len(said) or not any(act.act == RAISE for act in said):
        raise BundleRefused("bad_query", "acts")
    return thread(query, said)


def _act(query: Query, value: Json) -> Act:
    if not isinstance(value, dict):
        raise BundleRefused("bad_query", "act")
    return _made(Act, {**{name: value.get(name) for name in _ACT_NAMES}, "query": query.id})


def _made(kind: type[Made], values: Mapping[str, Json]) -> Made:
    untold: Mapping[str, Any] = values  # judged below
    made = kind(**untold)
    wrong = fault(made)
    if wrong:
        raise BundleRefused("bad_query", wrong)
    return made
