"""Which installation keeps a subject, and which records of it count, after it was handed over from one to another.

The old side says that it handed over, the new one that it took over, each in its own bundles. What follows from their
statements is worked out anew from all that came, so the order of arrival changes nothing.

Rules kept here:
- A subject changes hands only when both said so of one file: the same number, the same hash, one another's names.
- A record counts if its sender kept the subject when it was sealed: by the sender's own statements before and after it
  in its chain, and by a hand-over that was valid. What comes too early waits; what a side enters after it let go is
  kept and left out.
- If the old side took the subject back and the new one took it over all the same, both go on: a fork. What the old side
  sends counts until one of them lets go, and both are told.
- The code stays, whichever site goes on; the subject is of the site that keeps it now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from anifro_desktop.centre.office import Centre
from anifro_desktop.store.centre_custody import StatementRow
from anifro_desktop.store.centre_rows import CentreBundle
from anifro_desktop.sync.transfer import GIVEN_UP, HANDED, TAKEN, TAKEN_BACK, Statement

# How the last hand-over of a subject stands: done; handed over and not yet taken; taken, and the old side still to say
# so; both go on; or what the two say does not fit together.
MOVED, ON_THE_WAY, WAITING, FORK, DIFFERS = "moved", "on_the_way", "waiting", "fork", "differs"
TROUBLE = (FORK, DIFFERS)
_KEEPING, _LETTING_GO = (TAKEN, TAKEN_BACK), (HANDED, GIVEN_UP)
Writer = tuple[str, str]  # site and installation
_Fit = tuple[str, Writer, Writer, str]  # a hand-over, its old side and its new one, its file
# Of one installation about one subject; an honest one has two for each hand-over, and again in each epoch.
MAX_SAID = 1000


@dataclass(frozen=True, slots=True)
class Custody:
    """Who kept a subject, in order; the last keeps it now. state: of the last hand-over; between: its two sides."""

    subject: str
    keepers: tuple[Writer, ...]
    state: str
    between: tuple[Writer, Writer]
    said: tuple[StatementRow, ...] = ()

    @property
    def keeper(self) -> Writer | None:
        """Who keeps the subject now; None while the first side was not heard."""
        return self.keepers[-1] if self.keepers else None

    def rank(self, writer: Writer, epoch: int, seq: int) -> int | None:
        """The place among the keepers of whoever sealed a record into that bundle; None if it does not count."""
        own = [row for row in self.said if (row.site, row.writer) == writer]
        turns = [number for number, keeper in enumerate(self.keepers) if keeper == writer]
        if not turns or not _kept(own, (epoch, seq), first=turns[0] == 0):
            return None
        took = len({row.handover for row in own if row.act == TAKEN and (row.epoch, row.seq) <= (epoch, seq)})
        turn = took if turns[0] == 0 else took - 1
        return turns[max(0, min(turn, len(turns) - 1))]


def custody(subject: str, said: Sequence[StatementRow], senders: Iterable[Writer]) -> Custody:
    """What follows from all statements about a subject. senders: of any record of it."""
    now = _latest(said)
    home = _home(subject, now, senders)
    keepers: list[Writer] = [home] if home else []
    state, between = WAITING, _between(now[-1])
    held, seen = "", set[str]()
    given, taken = _given(now), _taken(now)
    anyhow = {row.handover for row in now if row.act == TAKEN}
    while keepers:
        own = given.get((keepers[-1], held), ())
        live = [row for row in own if row.act == HANDED]
        back = [row for row in own if row.act == TAKEN_BACK and _as_given(row) in taken]
        if len(live) != 1 or back:
            state, between = _unfinished(now, live, back, state, between)
            break
        (row,) = live
        other, between = taken.get(_as_given(row)), _between(row)
        if other is None or row.handover in seen:
            state = DIFFERS if row.handover in anyhow else ON_THE_WAY
            break
        state = MOVED
        keepers.append(_side(other))
        held = row.handover
        seen.add(held)
    return Custody(subject, tuple(keepers), state, between, tuple(said))


def custodies(centre: Centre) -> dict[str, Custody]:
    """Every subject of which a hand-over was spoken."""
    return _worked_out(centre, centre.store.statements())


def custody_of(centre: Centre, subject: str) -> Custody | None:
    """One subject; None if no hand-over of it was spoken of."""
    return _worked_out(centre, centre.store.statements(subject=subject)).get(subject)


def keeper(centre: Centre, subject: str) -> Writer | None:
    """The installation that a question about a subject goes to."""
    found = custody_of(centre, subject)
    return found.keeper if found is not None and found.keeper else centre.store.keeper(subject)


def may_say(centre: Centre, subject: str, writer: Writer) -> int:
    """How many statements about a subject are still taken from an installation."""
    rows = centre.store.statements(subject=subject, site=writer[0], writer=writer[1])
    return max(0, MAX_SAID - len(rows))


def keep_statement(centre: Centre, row: CentreBundle, place: int, said: Statement) -> None:
    """Keep what a bundle says of a hand-over. place: its line among the records."""
    centre.store.keep_statement(
        StatementRow(
            row.site,
            row.writer,
            row.epoch,
            row.seq,
            place,
            said.subject,
            said.handover,
            said.act,
            said.ver,
            said.site,
            said.writer,
            said.sha256,
            said.held,
            said.who,
            row.sha256,
        )
    )


def taken_over(centre: Centre, writer: Writer) -> frozenset[str]:
    """The subjects of which an installation said that it took them over."""
    rows = centre.store.statements(site=writer[0], writer=writer[1])
    return frozenset(row.subject for row in rows if row.act == TAKEN)


def may_send(centre: Centre, subject: str, writer: Writer) -> bool:
    """Whether an installation may send records of a subject at all: it said that it took it over, or it is the only one
    of those that sent without saying so."""
    takers = {_side(row) for row in centre.store.statements(subject=subject) if row.act == TAKEN}
    others = centre.store.senders(subject) - takers - {writer}
    return writer in takers or not others


def _worked_out(centre: Centre, rows: Iterable[StatementRow]) -> dict[str, Custody]:
    by_subject: dict[str, list[StatementRow]] = {}
    for row in rows:
        by_subject.setdefault(row.subject, []).append(row)
    return {code: custody(code, said, centre.store.senders(code)) for code, said in by_subject.items()}


def _kept(own: Sequence[StatementRow], where: tuple[int, int], *, first: bool) -> bool:
    """Whether a writer kept the subject when it sealed a bundle. first: it kept it from the beginning."""
    ordered = sorted(own, key=lambda row: (row.epoch, row.seq, row.place))
    after = [row for row in ordered if row.epoch == where[0] and row.seq >= where[1]]
    if after and (after[0].seq == where[1] or after[0].act in _LETTING_GO):
        return True
    before = [row for row in ordered if (row.epoch, row.seq) < where]
    return before[-1].act in _KEEPING if before else first


def _latest(said: Sequence[StatementRow]) -> list[StatementRow]:
    """Of each hand-over the last that each side said, in one order."""
    last: dict[tuple[str, Writer], StatementRow] = {}
    for row in sorted(said, key=lambda row: (row.ver, row.act, row.file, row.epoch, row.seq, row.place)):
        last[row.handover, _side(row)] = row
    return [last[key] for key in sorted(last)]


def _home(subject: str, now: Sequence[StatementRow], senders: Iterable[Writer]) -> Writer | None:
    """Who had the subject from the beginning."""
    began = {_side(row) for row in now if _out(row) and not row.held}
    takers = {_side(row) for row in now if not _out(row)}
    sent = {one for one in senders if one in began or one not in takers}
    own = {one for one in sent or began if subject.startswith(f"{one[0]}-")}
    return min(own) if own else None


def _unfinished(
    now: Sequence[StatementRow],
    live: Sequence[StatementRow],
    back: Sequence[StatementRow],
    state: str,
    between: tuple[Writer, Writer],
) -> tuple[str, tuple[Writer, Writer]]:
    """How it stands where the chain of hand-overs ends."""
    for row in back:
        return FORK, _between(row)
    if len(live) > 1:
        return FORK, _between(live[-1])
    if state == WAITING and any(_out(row) for row in now) and not any(row.act == TAKEN for row in now):
        return "", between  # handed over and taken back: as before
    return state, between


def _given(now: Iterable[StatementRow]) -> Mapping[tuple[Writer, str], list[StatementRow]]:
    """What old sides say, by who says it and how the subject had come there."""
    found: dict[tuple[Writer, str], list[StatementRow]] = {}
    for row in now:
        if _out(row):
            found.setdefault((_side(row), row.held), []).append(row)
    return found


def _taken(now: Iterable[StatementRow]) -> Mapping[_Fit, StatementRow]:
    """What new sides say that they took over, by the words of an old side that fit."""
    found: dict[_Fit, StatementRow] = {}
    for row in now:
        if row.act == TAKEN:
            found.setdefault((row.handover, (row.other_site, row.other_writer), _side(row), row.file), row)
    return found


def _as_given(row: StatementRow) -> _Fit:
    return row.handover, _side(row), (row.other_site, row.other_writer), row.file


def _out(row: StatementRow) -> bool:
    return row.act in (HANDED, TAKEN_BACK)


def _side(row: StatementRow) -> Writer:
    return row.site, row.writer


def _between(row: StatementRow) -> tuple[Writer, Writer]:
    """The old side and the new one."""
    sides = _side(row), (row.other_site, row.other_writer)
    return sides if _out(row) else (sides[1], sides[0])


def names(between: tuple[Writer, Writer]) -> Mapping[str, str]:
    """The two sides as they are named for people: the site and the start of the installation's name."""
    old, new = (f"{site}/{writer[:8]}" for site, writer in between)
    return {"from": old, "to": new}
