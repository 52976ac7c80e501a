"""A question of the centre and all that was said about it: values that travel, and what they come to.

A `Thread` is a `Query` (what is asked about) with its `Act`s (who said what). Both sides keep every act they have met;
acts are only ever added. Standard library only.

Rules kept here:
- What a thread has come to follows from its acts alone, whatever the order in which they came and however often:
  files may be lost, repeated, late or come from a restored backup.
- Acts stand in the order of `n`, one more than the highest that its author knew. Of two with one number, which nobody
  could have known of each other, the centre's comes first: an answer that crossed a reminder still counts as one.
- Only the centre settles a question. An answer to a closed one is kept and read, and opens nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RAISE, ASK, CLOSE, CANCEL = "raise", "ask", "close", "cancel"
ANSWER, CORRECT, ASK_BACK = "answer", "correct", "ask_back"
OF_CENTRE, OF_SITE = (RAISE, ASK, CLOSE, CANCEL), (ANSWER, CORRECT, ASK_BACK)
OPEN, ANSWERED, CLOSED, CANCELLED = "open", "answered", "closed", "cancelled"
STATES = (OPEN, ANSWERED, CLOSED, CANCELLED)
UNSETTLED = (OPEN, ANSWERED)
# field: a question of a form; missing: a form or visit that did not come; contradiction: answers that do not go
# together; score: a result that the centre computes otherwise; conflict: two contents under one version; other.
KINDS = ("field", "missing", "contradiction", "score", "conflict", "other")
MAX_TEXT = 500  # characters of one message
MAX_NUMBER = 999_999  # of an act, or a version
MAX_SITE_NUMBER = 899_999  # of a site's act, so that the centre can always say something after it

_SETTLES = {RAISE: OPEN, ASK: OPEN, CLOSE: CLOSED, CANCEL: CANCELLED}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MAYBE_UUID = re.compile(rf"({_UUID.pattern})?")
_UNSEEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"  # control and direction characters
_TEXT = re.compile(rf"[^{_UNSEEN}\ud800-\udfff]{{0,{MAX_TEXT}}}")
_WHO = re.compile(r"[A-Za-z0-9_-]{0,16}")
_AT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}(Z|[+-][0-9]{2}:[0-9]{2}))?")
_QUERY: Mapping[str, re.Pattern[str]] = {
    "id": _UUID,
    "subject": re.compile(r"[A-Z0-9]{2,8}-[A-Z0-9-]{1,20}"),
    "kind": re.compile("|".join(KINDS)),
    "visit": re.compile(r"[a-z0-9_-]{0,32}"),
    "form": re.compile(r"([a-z][a-z0-9_]{0,25})?"),
    "field": re.compile(r"[a-z0-9_]{0,26}"),
    "record": _MAYBE_UUID,
    "about": re.compile(r"[a-z0-9_.]{0,64}"),
}
_ACT: Mapping[str, re.Pattern[str]] = {
    "id": _UUID,
    "query": _UUID,
    "act": re.compile("|".join((*OF_CENTRE, *OF_SITE))),
    "text": _TEXT,
    "who": _WHO,
    "at": _AT,
    "record": _MAYBE_UUID,
}


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked about. id: UUID. visit: key (empty: the enrolment, or the subject as a whole), form, field: where
    it stands, as far as it stands somewhere. record, ver: the version that the centre looked at (empty and 0: none).
    kind: of `KINDS`. about: what else tells it from others of its place, such as the rule of a score."""

    id: str
    subject: str
    kind: str
    visit: str = ""
    form: str = ""
    field: str = ""
    record: str = ""
    ver: int = 0
    about: str = ""

    @property
    def place(self) -> tuple[str, str, str, str, str, str]:
        """Two open questions with the same of this would be one question asked twice."""
        return (self.subject, self.kind, self.visit, self.form, self.field, self.about)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing said. id: UUID. n: its number in the thread, from 1. act: of `OF_CENTRE` or `OF_SITE`. text: plain
    words, at most `MAX_TEXT` characters on one line. who: code of the person. at: when, as an ISO instant: the centre's
    own time, at the centre also the time of receipt of a site's act, at a site its own time of its own acts.
    record, ver: with `correct`, the version that corrects. source: hash of the file that brought it, never sent."""

    id: str
    query: str
    n: int
    act: str
    text: str = ""
    who: str = ""
    at: str = ""
    record: str = ""
    ver: int = 0
    source: str = ""

    @property
    def by_centre(self) -> bool:
        """Whether the centre said it."""
        return self.act in OF_CENTRE

    @property
    def order(self) -> tuple[int, bool, str]:
        """What acts are sorted by."""
        return (self.n, not self.by_centre, self.id)


@dataclass(frozen=True, slots=True)
class Thread:
    """A question with its acts, in order."""

    query: Query
    acts: tuple[Act, ...]

    @property
    def state(self) -> str:
        """`open` (the site is to answer), `answered` (the centre is to look), `closed` or `cancelled`."""
        return state_of(self.acts)

    @property
    def next_number(self) -> int:
        """The number of an act that knows all of these."""
        return 1 + max((act.n for act in self.acts), default=0)

    @property
    def text(self) -> str:
        """What was asked at first; empty while that has not come."""
        return next((act.text for act in self.acts if act.act == RAISE), "")

    @property
    def last(self) -> Act | None:
        """The last thing said."""
        return self.acts[-1] if self.acts else None


def thread(query: Query, acts: Iterable[Act]) -> Thread:
    """A question with those of the acts that are about it, once each and in order."""
    own = {act.id: act for act in acts if act.query == query.id}
    return Thread(query, tuple(sorted(own.values(), key=lambda act: act.order)))


def state_of(acts: Iterable[Act]) -> str:
    """What acts, in order, come to."""
    state = OPEN
    for act in acts:
        if act.act in _SETTLES:
            state = _SETTLES[act.act]
        elif state in UNSETTLED:
            state = ANSWERED
    return state


def one_line(text: str) -> str:
    """Typed or pasted words as a message has them: one line, without the characters that nobody sees."""
    return " ".join(re.sub(f"[{_UNSEEN}]", "", " ".join(text.split())).split())


def fault(item: Query | Act) -> str:
    """Which part of a question or an act cannot be as it is; empty if all can."""
    rules = _QUERY if isinstance(item, Query) else _ACT
    for name, rule in rules.items():
        value = getattr(item, name)
        if not isinstance(value, str) or not rule.fullmatch(value):
            return name
    numbers = {"ver": (item.ver, 0, MAX_NUMBER)}
    if isinstance(item, Act):
        numbers["n"] = (item.n, 1, MAX_NUMBER if item.by_centre else MAX_SITE_NUMBER)
    for name, (value, least, most) in numbers.items():
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            return name
    if isinstance(item, Act) and item.act in (RAISE, ASK, ANSWER, ASK_BACK) and not item.text.strip():
        return "text"
    return ""
