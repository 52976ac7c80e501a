"""`anifro-desktop centre ingest` and `reply`: bundles in, receipts, questions and new files of forms out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands import connect
from anifro_desktop.commands.centre_lines import nobody_lines, unanswered_lines
from anifro_desktop.commands.common import a_medium, number, say
from anifro_desktop.commands.count_words import centre_counted, lacking
from anifro_desktop.errors import Refusal

if TYPE_CHECKING:
    from anifro_desktop.centre.ingesting import Outcome
    from anifro_desktop.centre.office import Centre
    from anifro_desktop.centre.putting import Outlet
    from anifro_desktop.centre.querying import WrittenQueries
    from anifro_desktop.centre.receipts import WrittenReceipt
    from anifro_desktop.sync.carrying import Patient

Opener = Callable[[Namespace], AbstractContextManager["Centre"]]
_FOUND = ("refused", "quarantined")


def add_acts(acts: Any, act: Callable[..., ArgumentParser], opened: Opener) -> None:
    """Add `ingest` and `reply` to the verbs of the centre. act: adds one; opened: opens the centre for it."""
    ingest = act(acts, "ingest", "take bundles in and write receipts", partial(_ingest, opened=opened))
    ingest.add_argument(
        "--workers",
        type=number,
        default=1,
        metavar="N",
        help="processes, where the data lie on a server (default: 1)",
    )
    ingest.add_argument(
        "paths",
        type=Path,
        nargs="*",
        metavar="FILE_OR_FOLDER",
        help="default: the server of 'centre connect'",
    )
    ingest.add_argument(
        "--receipts",
        type=Path,
        metavar="FOLDER",
        help="where to (default: receipts in the data, or the server)",
    )
    reply = act(
        acts, "reply", "put the newest receipts and questions into a folder", partial(_reply, opened=opened)
    )
    reply.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to (default: the server of 'centre connect')"
    )


def _ingest(args: Namespace, *, opened: Opener) -> int:
    from anifro_desktop.centre.fetching import Fetching
    from anifro_desktop.centre.putting import Outlet
    from anifro_desktop.centre.receipts import newest_receipts
    from anifro_desktop.centre.unanswered import unanswered
    from anifro_desktop.centre.working import ingest_together

    if args.receipts is not None:
        a_medium(args.receipts)
    with opened(args) as centre, _server(args, centre, unless=bool(args.paths)) as server:
        fetching = Fetching(server) if server else None
        sources = fetching.files(centre) if fetching else args.paths
        outcomes = ingest_together(centre, sources, args.workers)
        failure = fetching.failure if fetching else None
        to = args.receipts or (Outlet(server) if server else centre.folder / "receipts")
        put = _answered(centre, to) if failure is None else _Put(failure=failure)
        receipts, failure = put.receipts, put.failure
        newest = newest_receipts(centre) if failure is None else []
        without, nobody = unanswered(centre), nobody_lines(centre, args.lang)
    data: dict[str, Any] = {
        "bundles": [asdict(item) for item in outcomes],
        "receipts": [asdict(item) for item in receipts],
    }
    data |= {"queries": [asdict(item) for item in put.asked], "keysets": put.keysets}
    data["unanswered"] = [{"site": site, "writer": writer, "kind": kind} for site, writer, kind in without]
    told = [_outcome(item, args.lang) for item in outcomes]
    told += _receipts(receipts, newest, to, args.lang) if failure is None else []
    told += _files(_NEW_KEYSETS, put.keysets, args.lang)
    told += unanswered_lines(without, args.lang)
    say(args, data, [*told, *nobody])
    if failure is not None:  # said last, after what was taken in and stays so
        raise failure
    found = any(item.status in _FOUND or item.bad or item.differences for item in outcomes)
    return 1 if found else 0


@dataclass(slots=True)
class _Put:
    """What was put for the sites: receipts and questions written, names of new files of keys and of forms.
    failure: what kept the network from taking the rest."""

    keysets: list[str] = field(default_factory=list)
    receipts: list[WrittenReceipt] = field(default_factory=list)
    asked: list[WrittenQueries] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    failure: Refusal | None = None


def _answered(centre: Centre, to: Path | Outlet) -> _Put:
    from anifro_desktop.centre.amending import write_packs
    from anifro_desktop.centre.keysets import write_keysets
    from anifro_desktop.centre.querying import write_queries
    from anifro_desktop.centre.receipts import write_receipts
    from anifro_desktop.sync.outages import NotCarried

    put = _Put()
    try:
        put.keysets = write_keysets(centre, to)
        put.receipts = write_receipts(centre, to)
        put.asked = write_queries(centre, to)
        put.forms = write_packs(centre, to)
    except NotCarried as refusal:
        put.failure = refusal
    return put


@contextmanager
def _server(args: Namespace, centre: Centre, *, unless: bool) -> Iterator[Patient | None]:
    """The way to the centre's server, unless folders or files are named."""
    from anifro_desktop.workflows import connecting

    if unless:
        yield None
        return
    transport = connecting.opened(connecting.needed(centre.store), told=connect.told(args))
    try:
        yield transport
    finally:
        transport.close()


def _outcome(item: Outcome, lang: str) -> str:
    from anifro_desktop.centre.words import EXCLUDED, STATUS, pick, reason

    notes = [centre_counted("records", item.records, lang)] if item.status == "accepted" else []
    notes += [centre_counted("bad", item.bad, lang)] if item.bad else []
    notes += [centre_counted("differences", item.differences, lang)] if item.differences else []
    notes += [reason(item.code, lang)] if item.code else []
    notes += [lacking(item.missing, lang)] if item.missing else []
    notes += [f"{code} {pick(EXCLUDED, lang)}" for code in item.excluded]
    name = " ".join(item.name.split()) or "-"  # a name with line ends would pass for lines of ours
    return f"{name}: {pick(STATUS[item.status], lang)}" + (f" ({'; '.join(notes)})" if notes else "")


_RECEIPTS = {
    "it": {
        "new": "Ricevute nuove in {folder}: {count}",
        "stand": "Dalla ricevuta precedente non è arrivato nulla, quindi vale ancora. In {folder}: {count}",
        "none": "Non è ancora arrivato nulla: non c'è nessuna ricevuta da dare.",
    },
    "en": {
        "new": "New receipts in {folder}: {count}",
        "stand": "Nothing came in since the receipt before, which therefore still stands. In {folder}: {count}",
        "none": "Nothing has come in yet: there is no receipt to give.",
    },
}


def _receipts(made: list[WrittenReceipt], newest: list[str], to: Path | Outlet, lang: str) -> Iterator[str]:
    """Which receipts were made now, and which of before still stand and lie beside them."""
    words = _RECEIPTS[lang]
    place = to if isinstance(to, Path) else "server"
    new = [item.name for item in made]
    standing = [name for name in newest if name not in new]
    if not new and not standing:
        yield words["none"]
    for kind, names in (("new", new), ("stand", standing)):
        if names:
            yield words[kind].format(folder=place, count=len(names))
            yield from (f"  {name}" for name in names)


def _reply(args: Namespace, *, opened: Opener) -> int:
    from anifro_desktop.centre.putting import Outlet
    from anifro_desktop.centre.receipts import newest_receipts
    from anifro_desktop.centre.unanswered import unanswered

    if args.to is not None:
        a_medium(args.to)
    with opened(args) as centre, _server(args, centre, unless=args.to is not None) as server:
        to = Outlet(server) if server else args.to
        put = _answered(centre, to)
        receipts, asked, failure = put.receipts, put.asked, put.failure
        newest = newest_receipts(centre) if failure is None else []
        without, nobody = unanswered(centre), nobody_lines(centre, args.lang)
    told = _receipts(receipts, newest, to, args.lang) if receipts or failure is None else []
    lines = [*told, f"{_NEW_QUERIES[args.lang]}: {len(asked)}", *[f"  {item.name}" for item in asked]]
    data: dict[str, Any] = {"receipts": [asdict(item) for item in receipts]}
    data |= {"queries": [asdict(item) for item in asked]}
    data |= {"forms": put.forms, "keysets": put.keysets}
    data["unanswered"] = [{"site": site, "writer": writer, "kind": kind} for site, writer, kind in without]
    lines += [*_files(_NEW_FORMS, put.forms, args.lang), *_files(_NEW_KEYSETS, put.keysets, args.lang)]
    lines += unanswered_lines(without, args.lang)
    say(args, data, [*lines, *nobody])
    if failure is not None:
        raise failure
    return 0


def _files(words: Mapping[str, str], names: list[str], lang: str) -> list[str]:
    """The names of new files under what they are; nothing if there is none."""
    return [f"{words[lang]}: {len(names)}", *[f"  {name}" for name in names]] if names else []


_NEW_QUERIES = {"it": "File di richieste nuovi", "en": "New files of questions"}


_NEW_FORMS = {
    "it": "File nuovi con la versione delle schede",
    "en": "New files with the version of the forms",
}


_NEW_KEYSETS = {"it": "File nuovi con le chiavi del centro", "en": "New files with the centre's keys"}
