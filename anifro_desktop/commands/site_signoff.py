"""`anifro-desktop site unsigned`: what is not signed, before data are cut.

Exit codes: 0 all is signed; 1 something is not, or it was refused; 2 usage; 3 this computer cannot.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from anifro_desktop.commands.common import say
from anifro_desktop.commands.counting import counted
from anifro_desktop.forms.model import Label
from anifro_desktop.workflows.audit.finding import place_name
from anifro_desktop.workflows.signoff import CHANGED, DRAFT, UNSIGNED, Unsigned, unsigned
from anifro_desktop.workflows.site import Site

Opener = Callable[[Namespace], AbstractContextManager[tuple[Site, str]]]
_ENROLMENT = "enrolment"
_STATES: Mapping[str, Label] = {
    DRAFT: Label("bozza", "draft"),
    UNSIGNED: Label("completa, non firmata", "complete, not signed"),
    CHANGED: Label("firmata, poi modificata", "signed, then changed"),
}
_CLEAN = Label("Tutto è firmato.", "Everything is signed.")
_COUNT = Label(
    "{count:# scheda non è firmata|# schede non sono firmate}; per gli endpoint {endpoints:ne serve #|ne servono #}.",
    "{count:# record is|# records are} not signed; {endpoints:# feeds|# feed} endpoints.",
)
_ENDPOINT, _HARD, _OPEN = (
    Label("endpoint", "endpoint"),
    Label("{count} da risolvere", "{count} to settle"),
    Label("{count} senza risposta", "{count} unanswered"),
)


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add `unsigned` to the verbs of a site."""

    def run(args: Namespace) -> int:
        with unlocked(args) as (site, _):
            return _list(args, site)

    parser = act(acts, "unsigned", "what is not signed, or was changed since: before data are cut", run)
    parser.add_argument("--endpoints", action="store_true", help="only forms that feed an endpoint")
    parser.add_argument("--subject", default="", metavar="CODE", help="only this patient")
    parser.add_argument("--visit", metavar="KEY", help="only this visit or event ('enrolment', m06, ae-001)")


def _list(args: Namespace, site: Site) -> int:
    visit = "" if args.visit == _ENROLMENT else args.visit
    found = unsigned(site, endpoints=args.endpoints, subject=args.subject, visit=visit)
    lines = [line for one in found for line in _lines(site, one, args.lang)]
    if found:
        counts = {"count": len(found), "endpoints": sum(one.endpoint for one in found)}
        lines.append(counted(_COUNT.get(args.lang), **counts))
    say(args, [_json(one, args.lang) for one in found], lines or [_CLEAN.get(args.lang)])
    return 1 if found else 0


def _lines(site: Site, one: Unsigned, lang: str) -> Iterable[str]:
    names = {form.id: form.label for form in site.definitions.forms}
    place = place_name(site.definitions, one.visit).get(lang)
    form = names[one.form].get(lang) if one.form in names else one.form
    told = [one.subject, place, form, _STATES[one.state].get(lang)]
    told += [_ENDPOINT.get(lang)] if one.endpoint else []
    told += [_HARD.get(lang).format(count=one.hard)] if one.hard else []
    told += [_OPEN.get(lang).format(count=one.unanswered)] if one.unanswered else []
    yield " | ".join(told)
    for change in one.changes:
        yield f"    {change.what.get(lang)}: {change.old.get(lang)} → {change.new.get(lang)}"


def _json(one: Unsigned, lang: str) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "visit": one.visit or _ENROLMENT,
        "form": one.form,
        "state": one.state,
        "endpoint": one.endpoint,
        "hard": one.hard,
        "unanswered": one.unanswered,
        "changes": [
            {
                "field": change.field,
                "sort": change.sort,
                "what": change.what.get(lang),
                "old": change.old.get(lang),
                "new": change.new.get(lang),
                "user": change.who,
                "when": None if change.when is None else change.when.isoformat(),
                "why": change.why.get(lang),
            }
            for change in one.changes
        ],
    }
