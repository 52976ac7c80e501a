"""`anifro-desktop centre status`, `dataset`, `verify`, `report`: what the centre has, and what it gives on."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands import centre_cuts
from anifro_desktop.commands.centre_lines import nobody_lines, unanswered_lines
from anifro_desktop.commands.common import a_way_out, an_output, say
from anifro_desktop.commands.count_words import centre_counted, lacking
from anifro_desktop.commands.counting import counted

if TYPE_CHECKING:
    from anifro_desktop.centre.assembling import Subject
    from anifro_desktop.centre.dataset import Written
    from anifro_desktop.centre.office import Centre
    from anifro_desktop.centre.reporting import Report
    from anifro_desktop.centre.status import HandoverStatus, SiteStatus
    from anifro_desktop.store.centre_cuts import CutRow

# Those of `centre.dataset` and of `centre.standards.writing`, which are slow to import.
TABLE_FORMATS = ("stata", "csv")
DATASET_FORMATS = (*TABLE_FORMATS, "odm", "dataset-json", "redcap")
_NO_HISTORY = {
    "it": "Del taglio c'è lo stato (Snapshot): la storia non è parte di un taglio; averla di tutto, senza '--cut'.",
    "en": "Of the cut there is the state (Snapshot): the history is no part of a cut; have it of everything, without "
    "'--cut'.",
}
Opener = Callable[[Namespace], AbstractContextManager["Centre"]]


def add_acts(acts: Any, act: Callable[..., ArgumentParser], opened: Opener) -> None:
    """Add `status`, `dataset`, `verify`, `report` to the centre's verbs. act: adds one; opened: opens the centre."""
    act(
        acts,
        "status",
        "sites, what is missing, differing scores, age of the data",
        partial(_status, opened=opened),
    )
    dataset = act(
        acts,
        "dataset",
        "write the data set: subjects, visits, courses, flares, periods, events",
        partial(_dataset, opened=opened),
    )
    dataset.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    dataset.add_argument(
        "--format",
        choices=DATASET_FORMATS,
        default=DATASET_FORMATS[0],
        metavar="FORMAT",
        help="stata (with do-files), csv (with a codebook), odm, dataset-json or redcap",
    )
    centre_cuts.add_choice(dataset)
    act(
        acts,
        "verify",
        "check the database, its audit trail and the bundles kept",
        partial(_verify, opened=opened),
    )
    _add_report(acts, act, opened)


def _add_report(acts: Any, act: Callable[..., ArgumentParser], opened: Opener) -> None:
    report = act(
        acts,
        "report",
        "the endpoints: the main ones printed here, or all of them as HTML, PDF and CSV (--to)",
        partial(_report, opened=opened),
    )
    where = report.add_mutually_exclusive_group()
    where.add_argument("--csv", type=Path, metavar="FILE", help="write the table there too")
    where.add_argument(
        "--to", type=Path, metavar="FOLDER", help="write the whole report there: page, PDF, tables, figures"
    )
    centre_cuts.add_choice(report, interim=True)


def _status(args: Namespace, *, opened: Opener) -> int:
    from anifro_desktop.centre.interim import completed_now
    from anifro_desktop.centre.status import status

    with opened(args) as centre:
        found, nobody = status(centre), nobody_lines(centre, args.lang)
        interim = completed_now(centre)
    words = {
        "it": ("Punteggio diverso", "non verificabile", "Versioni in conflitto", "Pisa"),
        "en": ("Score differs", "not verifiable", "Versions in conflict", "centre"),
    }[args.lang]
    lines = [found.name, *[line for site in found.sites for line in _site(site, args.lang)]]
    lines += nobody
    lines += _refused(found.refused, found.quarantine, args.lang)
    lines += unanswered_lines(found.unanswered, args.lang)
    for row in found.differences:
        where = f"{row.subject} {row.visit} {row.rule}".strip()
        differs = f"{words[0]}: {where} {row.part}: {row.carried or '-'}, {words[3]} {row.computed or '-'}"
        lines.append(differs if row.kind == "differs" else f"{where}: {words[1]} ({row.why})")
    lines += [f"{words[2]}: {record} v{ver}" for record, ver in found.conflicts]
    lines += [_handover(one, args.lang) for one in found.handovers if one.state]
    lines += [] if nobody else _interim(interim, args.lang)
    say(args, asdict(found) | {"interim": interim}, lines)
    return 0


def _refused(refused: Mapping[str, int], quarantine: Path, lang: str) -> Iterator[str]:
    """What was refused, why, where the copies lie and what to do about them."""
    from anifro_desktop.centre.words import REFUSED_COPIES, REFUSED_FILES, pick, reason

    for code, count in refused.items():
        yield f"{pick(REFUSED_FILES, lang)}: {reason(code, lang)}: {count}"
    if refused:
        yield "  " + pick(REFUSED_COPIES, lang).format(folder=quarantine)


def _handover(one: HandoverStatus, lang: str) -> str:
    from anifro_desktop.centre.words import CUSTODY, LEFT_OUT, pick

    told = f"{one.subject}: {one.old} → {one.new}: {pick(CUSTODY[one.state], lang)}"
    return told + (f" ({pick(LEFT_OUT, lang)}: {one.left_out})" if one.left_out else "")


def _age(days: int | None, lang: str) -> str:
    """How old data are, in words. days: below 0 where a clock is wrong; None where nothing came."""
    from anifro_desktop.centre.words import DATA_AGE, DATA_AHEAD, DATA_OLD, pick

    if days is not None and days < 0:
        return counted(pick(DATA_AHEAD, lang), days=-days)
    return pick(DATA_AGE.get(-1 if days is None else days, DATA_OLD), lang).format(days=days)


def _site(site: SiteStatus, lang: str) -> Iterator[str]:
    from anifro_desktop.centre.words import AFTER_WITHDRAWAL, EXCLUDED, REVOKED, pick

    words = {
        "it": ("visite dovute", "ultimo", "in attesa", "BLOCCATA"),
        "en": ("visits due", "last", "held", "FROZEN"),
    }[lang]
    age = _age(site.age, lang)
    overdue = {"it": "in ritardo", "en": "overdue"}[lang]
    late = f" ({site.overdue} {overdue})" if site.overdue else ""
    patients = centre_counted("patients", site.enrolled, lang)
    yield f"{site.site}: {patients}, {words[0]} {site.served}/{site.due}{late}, {age}"
    if site.serious:
        told = [centre_counted("new", site.serious_new, lang)]
        told += [centre_counted("unsigned", site.serious_unsigned, lang)]
        yield f"  {centre_counted('serious', site.serious, lang)}: {', '.join(told)}"
    if site.asked or site.answered:
        yield f"  {centre_counted('asked', site.asked, lang)}, {centre_counted('answered', site.answered, lang)}"
    if site.verified or site.changed:
        yield f"  {centre_counted('verified', site.verified, lang)}, {centre_counted('changed', site.changed, lang)}"
    yield from (f"  {code}: {pick(EXCLUDED, lang)}" for code in site.excluded)
    yield from (f"  {code} {key}: {pick(AFTER_WITHDRAWAL, lang)}" for code, key in site.late)
    for chain in site.chains:
        notes = [f"{words[1]} {chain.last}"]
        notes += [f"{words[2]} {', '.join(map(str, chain.held))}"] if chain.held else []
        notes += [lacking(chain.missing, lang)] if chain.missing else []
        notes += [words[3]] if chain.frozen else []
        yield f"  {chain.writer[:8]} e{chain.epoch:03d}: {'; '.join(notes)}"
    for gone in site.revoked:
        bundle = f"e{gone.epoch:03d}-{gone.last:08d}"
        yield f"  {gone.writer[:8]}: {pick(REVOKED[bool(gone.last)], lang).format(bundle=bundle)}"


def _interim(count: int, lang: str) -> list[str]:
    """How far the interim analysis is, and what to do once it can be made."""
    from anifro_desktop.centre.interim import NEEDED
    from anifro_desktop.centre.words import INTERIM, REACHED, pick

    told = pick(INTERIM, lang).format(interim=count, needed=NEEDED)
    return [told, *([pick(REACHED, lang)] if count >= NEEDED else [])]


def _dataset(args: Namespace, *, opened: Opener) -> int:
    from anifro_desktop.centre.words import EXCLUDED, pick

    a_way_out(args.to)
    with opened(args) as centre:
        centre.need("data_manager", "statistician")
        cut = centre_cuts.chosen(args, centre)
        written, since = _written(args, centre, cut)
    lines = [
        f"{args.to / name}"
        + (
            f": {centre_counted('rows', rows, args.lang)}, {centre_counted('columns', columns, args.lang)}"
            if columns
            else ""
        )
        for name, (rows, columns) in written.files.items()
    ]
    lines += [f"{code}: {pick(EXCLUDED, args.lang)}" for code in written.excluded]
    lines += centre_cuts.told(cut, since, args.lang)
    lines += [_NO_HISTORY[args.lang]] if cut is not None and args.format == "odm" else []
    facts = {"cut": centre_cuts.as_json(cut), "withdrawn_since": since}
    say(args, asdict(written) | facts, lines)
    return 0


def _written(args: Namespace, centre: Centre, cut: CutRow | None) -> tuple[Written, Sequence[str]]:
    """Write the files; beside what was written, who withdrew since the cut."""
    import anifro_desktop
    from anifro_desktop.centre.cutting import CutWalk
    from anifro_desktop.centre.dataset import write_dataset
    from anifro_desktop.centre.reading import stream_subjects
    from anifro_desktop.centre.standards.history import holding
    from anifro_desktop.centre.standards.odm import Made
    from anifro_desktop.centre.standards.writing import write_standard

    if args.format not in TABLE_FORMATS:
        made = Made(centre.clock.now().astimezone(UTC), anifro_desktop.__version__)
        given = holding(centre, cut)
        return write_standard(args.to, given, args.format, args.lang, made), given.since
    if cut is None:
        subjects = stream_subjects(centre)
        return write_dataset(args.to, subjects, centre.definitions, args.lang, args.format), ()
    walk = CutWalk(centre, cut)
    written = write_dataset(args.to, walk, walk.definitions, args.lang, args.format)
    return replace(written, excluded=tuple(walk.excluded)), tuple(walk.since)


def _report(args: Namespace, *, opened: Opener) -> int:
    from anifro_desktop.centre.rendering import as_csv, as_json, as_text
    from anifro_desktop.files import write_atomic

    if args.csv is not None:
        an_output(args.csv)
    if args.to is not None:
        return _whole_report(args, opened)
    with opened(args) as centre:
        centre.need("data_manager", "statistician")
        cut = centre_cuts.chosen(args, centre)
        table, since = _tables(centre, cut)
    if args.csv is not None:
        write_atomic(args.csv, as_csv(table).encode())
    data = as_json(table) | {"cut": centre_cuts.as_json(cut), "withdrawn_since": since}
    lines = [as_text(table, args.lang), *centre_cuts.told(cut, since, args.lang)]
    print(json.dumps(data, indent=2) if args.json else "\n".join(lines))
    return 0


def _tables(centre: Centre, cut: CutRow | None) -> tuple[Report, Sequence[str]]:
    """The short report, and whom a withdrawal that came after the cut changes."""
    from anifro_desktop.centre.cutting import CutWalk
    from anifro_desktop.centre.reading import stream_subjects
    from anifro_desktop.centre.reporting import report
    from anifro_desktop.centre.rescoring import differing
    from anifro_desktop.centre.status import differing_visits

    if cut is None:
        return report(stream_subjects(centre), differing_visits(centre)), ()
    walk = CutWalk(centre, cut)
    counts: list[int] = []

    def compared() -> Iterator[Subject]:
        for subject in walk:
            counts.append(differing(subject, walk.definitions))
            yield subject

    table = report(compared())
    return replace(table, differing=sum(counts), excluded=tuple(walk.excluded)), walk.since


def _whole_report(args: Namespace, opened: Opener) -> int:
    """The report as a page, a PDF, tables and figures, in a folder."""
    from anifro_desktop.centre.analysis.contents import contents
    from anifro_desktop.centre.analysis.gathering import gathered
    from anifro_desktop.centre.cutting import CutWalk
    from anifro_desktop.centre.publishing.heading import cut_facts, headed
    from anifro_desktop.centre.publishing.writing import write_report
    from anifro_desktop.centre.words import EXCLUDED, pick

    a_way_out(args.to)
    with opened(args) as centre:
        centre.need("data_manager", "statistician")
        cut = centre_cuts.chosen(args, centre)
        found, made = gathered(centre, cut), centre.clock.now()
        forms = centre.definitions if cut is None else CutWalk(centre, cut).definitions
        body = contents(found.people)
        body = replace(body, facts=(*body.facts, *cut_facts(found, cut)))
        whole = headed(body, found.people, forms, found.excluded, made)
        names = write_report(args.to, whole, args.lang, made)
    lines = [str(args.to / name) for name in names if "/" not in name]
    for part in ("tables", "figures"):
        inside = sum(1 for name in names if name.startswith(f"{part}/"))
        lines += [f"{args.to / part}: {centre_counted('files', inside, args.lang)}"] if inside else []
    lines += [f"{code}: {pick(EXCLUDED, args.lang)}" for code in found.excluded]
    lines += centre_cuts.told(cut, found.since, args.lang)
    facts = {"cut": centre_cuts.as_json(cut), "withdrawn_since": found.since}
    say(args, {"files": names, "excluded": found.excluded, **facts}, lines)
    return 0


def _verify(args: Namespace, *, opened: Opener) -> int:
    from anifro_desktop.store.verify import verify

    with opened(args) as centre:
        found = verify(centre.store)
    clean = {"it": "Tutto in ordine.", "en": "Everything is in order."}[args.lang]
    say(
        args,
        [{"code": item.code, **item.params} for item in found],
        [item.sentence for item in found] or [clean],
    )
    return 1 if found else 0
