"""`anifro-desktop site review`, `release`, `counts` and `log`: what leaves, what is held back, and what became of it.

Exit codes: 0 done, and for `counts` nothing differs that a receipt will not settle; 1 refused, or something does;
2 usage; 3 this computer cannot.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from anifro_desktop.centre.words import reason
from anifro_desktop.commands import sync_words as words
from anifro_desktop.commands.common import an_output, say
from anifro_desktop.commands.counting import counted
from anifro_desktop.commands.words import moment
from anifro_desktop.workflows import held_texts, rarity, reconciling, sending, synclog
from anifro_desktop.workflows.site import Site

Opener = Callable[[Namespace], AbstractContextManager[tuple[Site, str]]]


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add the verbs to those of a site."""

    def verb(name: str, text: str, run: Callable[[Namespace, Site], int]) -> ArgumentParser:
        def unlocked_run(args: Namespace) -> int:
            if args.csv is not None:
                an_output(args.csv)
            with unlocked(args) as (site, _):
                return run(args, site)

        parser = act(acts, name, text, unlocked_run)
        parser.set_defaults(csv=None)
        return parser

    verb("review", "what leaves next, texts that are held back, patients who could be recognised", _review)
    release = verb("release", "let a text go that is held back", _release)
    release.add_argument(
        "item", metavar="TEXT", help="its id, as 'review' shows it, or the first digits of it"
    )
    release.add_argument("--reason", required=True, help="why it tells of nobody; stays in the audit trail")
    verb("counts", "whether what was entered was sealed, received and merged", _counts)
    log = verb("log", "what happened to each bundle", _log)
    log.add_argument("--csv", type=Path, metavar="FILE", help="write it as a table there, without identities")


def _review(args: Namespace, site: Site) -> int:
    ahead, held, rare = sending.preview(site), held_texts.held(site), rarity.rarity(site)
    records = sum(len(one.records) for one in ahead.leaving)
    standing: list[dict[str, Any]] = [
        {"subject": one.subject, "facts": [fact.get(args.lang) for fact in one.facts], "shared": one.shared}
        for one in rare.standing
    ]
    data = {
        "seq": ahead.seq,
        "records": records,
        "patients": len(ahead.leaving),
        "answers": ahead.answers,
        "marks": ahead.marks,
        "texts_held": [
            {
                "item": one.item,
                "subject": one.subject,
                "visit": one.visit,
                "field": one.field,
                "text": one.text,
                "found": [[hit.why, one.text[hit.start : hit.end]] for hit in one.hits],
                "sent": one.sent,
            }
            for one in held
        ],
        "recognisable": {"patients": rare.patients, "few": rare.few, "standing_out": standing},
    }
    facts = {"number": f"{ahead.seq:04d}", "records": records, "patients": len(ahead.leaving)}
    lines = [_filled(args, "leaves", **facts)]
    if ahead.answers or ahead.marks:
        lines.append(_filled(args, "beside", answers=ahead.answers, marks=ahead.marks))
    lines.append(_filled(args, "held", count=len(held)))
    for one in held:
        kinds = ((one.text[hit.start : hit.end], words.FOUND[hit.why].get(args.lang)) for hit in one.hits)
        found = ", ".join(f"{text} ({kind})" for text, kind in kinds)
        lines.append(f"  {one.item[:8]}  {one.subject} {one.visit} {one.field}: {found}")
    if rare.few or standing:
        lines.append(_filled(args, "rare", few=rare.few, patients=rare.patients, least=rarity.FEW))
        lines += [_filled(args, "standing", **one | {"facts": " · ".join(one["facts"])}) for one in standing]
        lines += [_filled(args, "others", count=rare.others)] if standing and rare.others else []
    else:
        lines.append(_filled(args, "nobody"))
    say(args, data, lines)
    return 0


def _release(args: Namespace, site: Site) -> int:
    from anifro_desktop.store.errors import NotFound

    found = [one for one in held_texts.held(site) if args.item and one.item.startswith(args.item.lower())]
    if len(found) != 1:
        raise NotFound("text", args.item)
    held_texts.let_go(site, found[0].item, args.reason)
    say(args, {"item": found[0].item, "state": "released"}, [_filled(args, "released")])
    return 0


def _counts(args: Namespace, site: Site) -> int:
    found = reconciling.counts(site)
    totals = {name: found.total(name) for name in words.COUNTS}
    data = {
        "totals": totals,
        "told": found.told,
        "differences": [asdict(gap) for gap in found.gaps],
        "lines": [asdict(line) for line in found.lines],
    }
    told = "; ".join(f"{words.COUNTS[name].get(args.lang)} {count}" for name, count in totals.items())
    lines = [gap_words(gap, args.lang) for gap in found.gaps] or [words.AGREE.get(args.lang)]
    say(args, data, [told, *lines])
    return 1 if found.wrong else 0


def gap_words(gap: reconciling.Gap, lang: str) -> str:
    """A difference in a sentence, with whose it is."""
    bundles = ", ".join(f"{seq:04d}" for seq in gap.bundles)
    text = counted(words.GAPS[gap.kind].get(lang), count=gap.count, bundles=bundles)
    return f"{text} {', '.join(gap.subjects)}".rstrip() if gap.kind in reconciling.WRONG else text


def _log(args: Namespace, site: Site) -> int:
    from anifro_desktop.files import write_atomic

    found = synclog.lives(site)
    if args.csv is not None:
        write_atomic(args.csv, synclog.as_csv(site))
    data = [_life_as_json(life) for life in found]
    lines = [line for life in found for line in _life(life, args.lang)]
    say(args, data, lines or [{"it": "Nessun pacchetto.", "en": "No bundles."}[args.lang]])
    return 0


def _life_as_json(life: synclog.Life) -> dict[str, Any]:
    """For a machine; without the name of a folder or stick, which somebody may have called after a person."""
    events = [
        {
            "when": one.when.isoformat(timespec="seconds"),
            "event": one.event,
            "way": one.way,
            "code": one.code,
            "due": one.due.isoformat(timespec="seconds") if one.due else None,
        }
        for one in life.events
    ]
    facts = {name: getattr(life, name) for name in ("epoch", "seq", "name", "records", "size")}
    return {**facts, "events": events}


def _life(life: synclog.Life, lang: str) -> Iterator[str]:
    yield f"{life.seq:04d}  {life.name}"
    for one in life.events:
        text = words.EVENTS[one.event].get(lang).format(place=one.place)
        told = words.failure(one.code, one.place, lang) if one.event == "failed" else reason(one.code, lang)
        why = f": {told}" if told else ""
        due = words.NEXT_TRY.get(lang).format(time=f"{one.due.astimezone():%H:%M}") if one.due else ""
        yield f"  {moment(one.when.astimezone().isoformat(), lang)}  {text}{why}{f' ({due})' if due else ''}"


def _filled(args: Namespace, name: str, **blanks: Any) -> str:
    return counted(words.REVIEW[name].get(args.lang), **blanks)
