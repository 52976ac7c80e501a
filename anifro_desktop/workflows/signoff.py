"""What is not signed, before data are cut: by patient, visit and form, and whether it feeds an endpoint. Reading only.

Rules kept here:
- A form feeds an endpoint if one of its answers does (`forms/traceability.toml`, primary and secondary lines), or if it
  carries results: those are what endpoints are read from.
- What somebody signed who may not, by the key file, is not signed; nor is what says that it is signed and has a form
  whose last version nobody signed.
- A form is `draft` while it was never completed, `unsigned` if it was never signed, `changed` if it differs from what
  was signed, be it only as typed. A form of a draft that nobody began and that asks for nothing is not listed.
- Hard problems and open questions are those of the forms as they stand now. A visit that nobody began is not listed
  here: it is due, late or missed (see `timeline`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.forms import traceability
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.workflows.custody import away
from anifro_desktop.workflows.desk import lay_out
from anifro_desktop.workflows.errors import NotInTrail
from anifro_desktop.workflows.model import OpenVisit, Place
from anifro_desktop.workflows.signing import Change, Standing, standings, unfounded
from anifro_desktop.workflows.visits import blocking

if TYPE_CHECKING:
    from datetime import date

    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

ENDPOINTS = ("primary", "secondary")
DRAFT, UNSIGNED, CHANGED = STATES = ("draft", "unsigned", "changed")


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A form without a signature. visit: key (empty: the enrolment); on: its date. state: of STATES. endpoint: it feeds
    one. hard: problems that stand in the way of a signature. unanswered: required questions without an answer.
    changes: since the last signature."""

    subject: str
    visit: str
    on: date | None
    form: str
    state: str
    endpoint: bool
    hard: int
    unanswered: int
    changes: tuple[Change, ...] = ()


def unsigned(
    site: Site, *, endpoints: bool = False, subject: str = "", visit: str | None = None
) -> list[Unsigned]:
    """Every form without a signature, by patient, in order of the dates. endpoints: only those that feed one. visit:
    only of this key (empty: the enrolments).

    Raises:
        NotInTrail: there is no such patient, or nobody asked for has a visit or event of that key: a key mistyped is
            not one where all is signed.
    """
    from anifro_desktop.store.signed import unfit

    if subject and subject not in {row.code for row in site.clinical.subjects()}:
        raise NotInTrail("subject", subject)
    gone = away(site)
    rows = [row for row in site.clinical.entries(subject or None) if row.subject not in gone]
    if visit and visit not in {row.key for row in rows}:
        raise NotInTrail("visit" if subject else "visit_of_all", visit)
    doubtful = unfit(site.clinical) | {(row.subject, row.key) for row in unfounded(site)}
    waiting = [row for row in rows if row.state != "signed" or (row.subject, row.key) in doubtful]
    asked = [row for row in waiting if visit in (None, row.key)]
    feeding = endpoint_forms(site.definitions)
    found = (one for row in asked for one in _of(site, row, feeding))
    return [one for one in found if one.endpoint or not endpoints]


def endpoint_forms(definitions: Definitions) -> frozenset[str]:
    """The forms that feed a primary or secondary endpoint."""
    lines = [line for line in traceability.load(definitions) if line.group in ENDPOINTS]
    feeding = {definitions.fields[name].form for line in lines for name in line.fields}
    return frozenset(feeding | {form.id for form in definitions.forms if form.scores})


def _of(site: Site, row: VisitRow, feeding: frozenset[str]) -> Iterator[Unsigned]:
    session = lay_out(site, row)
    opened = OpenVisit(row.id, row.subject, row.key, session, row.state, Place(row.subject, row.key))
    for standing in standings(site, opened):
        unanswered = _unanswered(session, standing.form)
        if standing.state == "signed" or not _asked(session, standing, unanswered):
            continue
        yield Unsigned(
            row.subject,
            row.key,
            row.date,
            standing.form,
            standing.state,
            standing.form in feeding,
            blocking(session, standing.form),
            unanswered,
            standing.changes,
        )


def _asked(session: VisitSession, standing: Standing, unanswered: int) -> bool:
    """Whether a form is of this record: completed, begun, or with questions that need an answer."""
    if standing.state != DRAFT or unanswered:
        return True
    asked = {item.id for item in session.definitions.form(standing.form).fields if not item.computed}
    return any(name in asked for name in session.answers)


def _unanswered(session: VisitSession, form: str) -> int:
    states = [
        session.state(name)
        for section in session.sections()
        if section.form == form
        for name in section.visible_fields
    ]
    return sum(state.field.required and not state.answered for state in states)
