"""Which installation keeps a subject, and what was said of it counts: records, answers to questions, source marks.

Everything that came is kept, whoever sent it; what of it counts is worked out anew from all of it, so the order of
arrival changes nothing. Of a hand-over the old side says that it handed over, the new one that it took over, each in
its own bundles.

Rules kept here:
- A subject is from the beginning of an installation of the site in its code. If two of that site send it and neither
  says that it took it over, that which was registered first counts, and both are told.
- A subject changes hands only when both said so of one file: the same number, the same hash, one another's names.
- What is said counts if its sender kept the subject when it was sealed: by the sender's own statements before and
  after it in its chain, and by a hand-over that was valid. What comes too early waits; what a side enters after it let
  go is kept and left out.
- Who let a subject go has no more say in it: not by another hand-over, which comes later in its chain than the one that
  was used; and what it tells late of its own time gives way to what later keepers sent.
- If the old side took the subject back and the new one took it over all the same, both go on: a fork. What the old side
  sends counts until one of them lets go, and both are told.
- The code stays, whichever site goes on; the subject is of the site that keeps it now.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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
# Of one installation: subjects of other sites of which it speaks. A look at the study is a look at each of them.
MAX_TAKEN = 1000


@dataclass(frozen=True, slots=True)
class Custody:
    """Who kept a subject, in order; the last keeps it now. links: the hand-overs from each to the next. state: of the
    last hand-over; between: its two sides."""

    subject: str
    keepers: tuple[Writer, ...]
    state: str
    between: tuple[Writer, Writer]
    said: tuple[StatementRow, ...] = ()
    links: tuple[str, ...] = ()
    _ranks: dict[tuple[Writer, int, int], int | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def keeper(self) -> Writer | None:
        """Who keeps the subject now; None while the first side was not heard."""
        return self.keepers[-1] if self.keepers else None

    def rank(self, writer: Writer, epoch: int, seq: int) -> int | None:
        """The place among the keepers of whoever sealed a record into that bundle; None if it does not count."""
        bundle = (writer, epoch, seq)
        if bundle not in self._ranks:  # which may have thousands of records
            self._ranks[bundle] = self._rank(writer, epoch, seq)
        return self._ranks[bundle]

    def _rank(self, writer: Writer, epoch: int, seq: int) -> int | None:
        turns = [number for number, keeper in enumerate(self.keepers) if keeper == writer]
        own = [row for row in self.said if turns and _side(row) == writer and self._bears(row)]
        if not turns or not _kept(own, (epoch, seq), first=turns[0] == 0):
            return None
        took = len({row.handover for row in own if row.act == TAKEN and (row.epoch, row.seq) <= (epoch, seq)})
        turn = took if turns[0] == 0 else took - 1
        return turns[max(0, min(turn, len(turns) - 1))]

    def _bears(self, row: StatementRow) -> bool:
        """Whether a statement is about a hand-over by which the subject went on, or may yet go on from its keeper."""
        held = self.links[-1] if self.links else ""
        return row.handover in self.links or (
            _side(row) == self.keepers[-1] and row.held == held and _out(row)
        )


def custody(
    subject: str,
    said: Sequence[StatementRow],
    senders: Iterable[Writer],
    since: Callable[[Writer], str] = lambda _: "",
) -> Custody:
    """What follows from all statements about a subject. senders: of any record of it. since: when an installation was
    registered."""
    now = _latest(said)
    homes = _homes(subject, said, senders, since)
    keepers, twice = homes[:1], None
    nobody = ("", "")
    state, between = (WAITING, _between(now[-1])) if now else ("", (nobody, nobody))
    links: list[str] = []
    given, taken, first = _given(now), _taken(now), _first_said(said)
    anyhow = {row.handover for row in now if row.act == TAKEN}
    while keepers:
        own = given.get((keepers[-1], links[-1] if links else ""), ())
        live = sorted((row for row in own if row.act == HANDED), key=lambda row: first[_spoken(row)])
        back = [row for row in own if row.act == TAKEN_BACK and _as_given(row) in taken]
        used = [(row, other) for row in live if (other := taken.get(_as_given(row))) is not None]
        if not live or back or (len(live) > 1 and not used):
            state, between = _unfinished(now, live, back, state, between)
            break
        row, other = used[0] if used else (live[0], None)
        between = _between(row)
        if other is None or row.handover in links:
            state = DIFFERS if row.handover in anyhow else ON_THE_WAY
            break
        state = MOVED
        keepers.append(_side(other))
        links.append(row.handover)
        twice = twice or (len(used) > 1 and _between(used[1][0])) or None
    if twice and state not in TROUBLE:
        state, between = FORK, twice
    if len(homes) > 1 and state not in TROUBLE:
        state, between = FORK, (homes[0], homes[1])
    return Custody(subject, tuple(keepers), state, between, tuple(said), tuple(links))


def custodies(centre: Centre, senders: Mapping[str, Collection[Writer]] | None = None) -> dict[str, Custody]:
    """Every subject of which a hand-over was spoken. senders: of each subject; then also every one of which anybody
    but one installation of its own site sent."""
    return custodies_among(centre, centre.store.statements(), senders or {})


def custody_of(centre: Centre, subject: str) -> Custody | None:
    """One subject; None if all that came counts: one installation of its own site sent it, and no hand-over was spoken
    of."""
    return custodies_of(centre, [subject]).get(subject)


def custodies_of(centre: Centre, subjects: Collection[str]) -> dict[str, Custody]:
    """The same of some subjects, without those of whom all that came counts."""
    return custodies_among(centre, centre.store.statements_about(subjects), centre.store.senders(subjects))


def keeper(centre: Centre, subject: str) -> Writer | None:
    """The installation that a question about a subject goes to; None while none was heard that may keep it."""
    found = custody_of(centre, subject)
    if found is not None:
        return found.keeper
    return next(iter(centre.store.senders([subject]).get(subject, ())), None)


def may_say(centre: Centre, subject: str, writer: Writer) -> int:
    """How many statements about a subject are still taken from an installation."""
    rows = centre.store.statements(subject=subject, site=writer[0], writer=writer[1])
    return max(0, MAX_SAID - len(rows))


def spoken_of(centre: Centre, writer: Writer) -> set[str]:
    """The subjects of other sites of which an installation said anything."""
    rows = centre.store.statements(site=writer[0], writer=writer[1])
    return {row.subject for row in rows if not of_site(row.subject, writer)}


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


def custodies_among(
    centre: Centre, statements: Iterable[StatementRow], senders: Mapping[str, Collection[Writer]]
) -> dict[str, Custody]:
    """Those of whom a hand-over was spoken, or whom anybody but one installation of their own site sent, as these
    statements say."""

    def since(writer: Writer) -> str:
        row = centre.store.writer(*writer)
        return row.registered if row is not None else ""

    said = {code: list[StatementRow]() for code, some in senders.items() if not _one_of_its_own(code, some)}
    for row in statements:
        said.setdefault(row.subject, []).append(row)
    known = {**centre.store.senders(said.keys() - senders.keys()), **senders}
    return {code: custody(code, rows, known.get(code, ()), since) for code, rows in said.items()}


def _one_of_its_own(subject: str, senders: Collection[Writer]) -> bool:
    return len(senders) == 1 and all(of_site(subject, one) for one in senders)


def of_site(subject: str, writer: Writer) -> bool:
    """Whether a subject has its code from the site of an installation."""
    return subject.startswith(f"{writer[0]}-")


def _kept(own: Sequence[StatementRow], where: tuple[int, int], *, first: bool) -> bool:
    """Whether a writer kept the subject when it sealed a bundle. first: it kept it from the beginning."""
    ordered = sorted(own, key=lambda row: (row.epoch, row.seq, row.place))
    after = [row for row in ordered if row.epoch == where[0] and row.seq >= where[1]]
    before = [row for row in ordered if (row.epoch, row.seq) < where]
    let_go = bool(before) and before[-1].epoch == where[0] and before[-1].act in _LETTING_GO
    if let_go:  # and did not get it back in this very bundle
        return any(row.seq == where[1] and row.act in _KEEPING for row in after)
    if after and (after[0].seq == where[1] or after[0].act in _LETTING_GO):
        return True
    return before[-1].act in _KEEPING if before else first


def _first_said(said: Iterable[StatementRow]) -> Mapping[tuple[str, Writer], tuple[int, int, int]]:
    """Where in each sender's chain each hand-over was spoken of first: that cannot be made earlier afterwards."""
    found: dict[tuple[str, Writer], tuple[int, int, int]] = {}
    for row in said:
        place = (row.epoch, row.seq, row.place)
        found[_spoken(row)] = min(place, found.get(_spoken(row), place))
    return found


def _spoken(row: StatementRow) -> tuple[str, Writer]:
    return row.handover, _side(row)


def _latest(said: Sequence[StatementRow]) -> list[StatementRow]:
    """Of each hand-over the last that each side said, in one order. Of which file it is and between whom was settled
    when a side spoke of it first: what says otherwise later is passed over."""
    first: dict[tuple[str, Writer], StatementRow] = {}
    for row in sorted(said, key=lambda row: (row.epoch, row.seq, row.place)):
        first.setdefault((row.handover, _side(row)), row)
    last: dict[tuple[str, Writer], StatementRow] = {}
    for row in sorted(said, key=lambda row: (row.ver, row.act, row.epoch, row.seq, row.place)):
        key = row.handover, _side(row)
        if _facts(row) == _facts(first[key]):
            last[key] = row
    return [last[key] for key in sorted(last)]


def _facts(row: StatementRow) -> tuple[str, str, str, str, bool]:
    return row.other_site, row.other_writer, row.file, row.held, _out(row)


def _homes(
    subject: str, said: Sequence[StatementRow], senders: Iterable[Writer], since: Callable[[Writer], str]
) -> list[Writer]:
    """Who may have had the subject from the beginning: one, unless somebody says what is not so. The first counts: one
    that never took it from somebody who had it from the beginning, then the one that was registered first."""
    now = _latest(said)
    began = {_side(row) for row in now if _out(row) and not row.held}
    takers = {_side(row) for row in now if not _out(row)}
    sent = {one for one in senders if one in began or one not in takers}
    later = {_side(row) for row in said if row.act == TAKEN and not row.held}
    own = [one for one in sent or began if of_site(subject, one)]
    return sorted(own, key=lambda one: (one in later, since(one), one))


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
