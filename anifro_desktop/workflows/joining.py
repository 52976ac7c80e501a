"""One person enrolled twice: two codes become one.

Rules kept here:
- The code to keep takes over every visit and event that it lacks, as drafts to complete and sign. What both have stays
  under the code to drop, readable: a planned visit made under both, an unscheduled visit on a day on which the other
  has a visit, an event of the same kind with the same answers, a second history.
- Everything under the code to drop is declared a mistake, its enrolment last, so that the centre takes all of it back;
  the code itself stays, with the status `joined` and the code that goes on. Its identity stays where it is.
- Numbers of adverse events that other events name follow the event they belong to.
- All of it is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.record import Json, Value
from anifro_desktop.study.visit_keys import ENROLMENT, UNSCHEDULED, event_number, is_event, is_visit, kind_of
from anifro_desktop.workflows.errors import JoinRefused
from anifro_desktop.workflows.happened import event_answers
from anifro_desktop.workflows.mistakes import IN_STUDY, carry_over, check_person, declare
from anifro_desktop.workflows.model import Double
from anifro_desktop.workflows.patients import doubles
from anifro_desktop.workflows.signing import confirm_signer
from anifro_desktop.workflows.withdrawing import JOINED, dated, end_of, joined_key

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

_AE = "ae-"


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of the entries of the code that was dropped. moved: key there and key now; collided: keys there of
    what both had."""

    moved: tuple[tuple[str, str], ...]
    collided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of them, by their keys under the code to drop. both: of what both have."""

    moves: tuple[str, ...]
    both: tuple[str, ...]


def candidates(site: Site, subject: str) -> list[Double]:
    """People who may be the same as a patient, the most alike first; nobody for a role without identities."""
    identity = site.names.get(subject)
    return doubles(site, subject, identity) if identity is not None else []


def join(
    site: Site, keep: str, drop: str, reason: int, text: str, passphrase: str, *, person: str | None = None
) -> Joined:
    """Join two enrolments of one person. reason: code of `void_reason`; text: stays at this site. person: see
    `signing.confirm_signer`.

    Raises:
        NotYourRole, ReasonRefused, JoinRefused, NotFound, WrongSigner, WrongPassphrase: nothing was changed.
    """
    check_person(site, reason, text)
    plan = _plan(site, keep, drop)
    confirm_signer(site, passphrase, person)
    moved: list[tuple[str, str]] = []
    collided: list[str] = []
    numbers: dict[int, int] = {}
    with site.clinical.transaction():
        for row, twin in plan:
            if twin is None and row.key != ENROLMENT:
                now = carry_over(site, row, keep, numbers, reason, text).key
                moved.append((row.key, now))
            else:
                now = twin or ""
                declare(site, row, reason, text)
                collided += [row.key] if row.key != ENROLMENT else []
            if row.key.startswith(_AE):
                numbers[event_number(row.key)] = event_number(now)
        _note(site, keep, drop, Joined(tuple(moved), tuple(collided)))
    return Joined(tuple(moved), tuple(collided))


def preview(site: Site, keep: str, drop: str) -> Preview:
    """What joining two enrolments would do; nothing is changed.

    Raises:
        JoinRefused, NotFound: they cannot be joined.
    """
    plan = [(row.key, twin) for row, twin in _plan(site, keep, drop) if row.key != ENROLMENT]
    return Preview(
        tuple(key for key, twin in plan if twin is None), tuple(key for key, twin in plan if twin is not None)
    )


def _plan(site: Site, keep: str, drop: str) -> list[tuple[VisitRow, str | None]]:
    """The entries of the code to drop, adverse events first and the enrolment last, each with what the other code has
    in its place."""
    kept, dropped = site.clinical.subject(keep), site.clinical.subject(drop)
    if keep == drop:
        raise JoinRefused("same")
    if JOINED in (kept.status, dropped.status):
        raise JoinRefused("joined")
    if kept.status not in IN_STUDY or kept.enrolled is None:
        raise JoinRefused("not_enrolled")
    rows = sorted(site.clinical.entries(drop), key=_order)
    plan = list(zip(rows, _twins(site, keep, drop, rows), strict=True))
    end = end_of(site, keep)
    for row, twin in plan:
        on = dated(site, row) if twin is None else None
        if end is not None and on is not None and on > end.on:
            raise JoinRefused("ended")
    return plan


def _order(row: VisitRow) -> tuple[bool, bool, bool, str]:
    return (row.key == ENROLMENT, not row.key.startswith(_AE), not is_event(row.key), row.key)


def _twins(site: Site, keep: str, drop: str, rows: list[VisitRow]) -> Iterator[str | None]:
    """For each entry, the key of what the code to keep has in its place."""
    theirs = {row.key: row for row in site.clinical.entries(keep)}
    days = {dated(site, row): row.key for row in theirs.values() if is_visit(row.key)}
    mine, yours = event_answers(site, keep), event_answers(site, drop)
    for row in rows:
        if is_event(row.key):
            yield _same_event(row.key, yours[row.key], mine)
        elif kind_of(row.key) == UNSCHEDULED:
            yield days.get(dated(site, row))
        else:
            yield row.key if row.key in theirs else None


def _same_event(
    key: str, answers: Mapping[str, Value], others: Mapping[str, Mapping[str, Value]]
) -> str | None:
    prefix = key.partition("-")[0]
    same = (
        other for other, given in others.items() if other.partition("-")[0] == prefix and given == answers
    )
    return next(same, None) if answers else None


def _note(site: Site, keep: str, drop: str, joined: Joined) -> None:
    """Keep which code goes on, also for codes that were joined with the dropped one before."""
    site.clinical.update_subject(drop, status=JOINED)
    known = site.clinical.settings()
    earlier = [name for name, code in known.items() if name.startswith(f"{JOINED}/") and code == drop]
    for name in (joined_key(drop), *earlier):
        site.clinical.set_setting(name, keep)
    moved: list[Json] = [list(pair) for pair in joined.moved]
    told: dict[str, Json] = {"moved": moved, "collided": list(joined.collided)}
    site.clinical.log("joined_into", drop, told | {"subject": keep})
    site.clinical.log("joined_from", keep, told | {"subject": drop})
