"""The rules by name: what each is called, where it comes from, which keys it reads, and its one function.

Each rule is one module that describes itself with constants; the tuple below puts them in order. The same
function serves the window, the centre and the command line. A changed rule gets a new version number; the
version text also changes with any setting of the protocol that the rule reads, and is stored with each
result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol

from anifro_desktop.record import canonical
from anifro_desktop.scores import (
    acr1997,
    ae,
    clasi,
    doris,
    eq5d5l,
    eular2019,
    facit_fatigue,
    joints,
    lldas,
    lupusqol,
    prednisone,
    rand36,
    response,
    retention,
    schedule,
    sdi,
    sf36,
    sfi,
    sledai2k,
    sledas,
    slicc2012,
    vas,
)
from anifro_desktop.scores.faults import Fault
from anifro_desktop.scores.keys import Absent, Key
from anifro_desktop.scores.model import Score
from anifro_desktop.study.protocol import PROTOCOL
from anifro_desktop.study.protocol import Protocol as Settings


class RuleModule(Protocol):
    """What a module of a rule describes itself with.

    RULE: its name. NUMBER: raised whenever the rule gives another result for the same answers. TITLE: short.
    SOURCE: author, year, DOI. Both as "English|Italian", or one text that serves both. SETTINGS: sections of
    the protocol that it reads. KEYS: what it may be asked with. ABSENT: what "assume absent" reads. Optional:
    `faults(answers, place)`, what is wrong with answers together that are right one by one.
    """

    RULE: str
    NUMBER: int
    TITLE: str
    SOURCE: str
    ABSENT: Absent

    @property
    def SETTINGS(self) -> tuple[str, ...]: ...  # noqa: N802
    @property
    def KEYS(self) -> Mapping[str, Key]: ...  # noqa: N802
    def score(self, answers: Mapping[str, Any]) -> Score:
        """The rule; it has nothing against the answers."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; see `RuleModule` for what its fields hold."""

    id: str
    number: int
    title: str
    source: str
    settings: tuple[str, ...]
    keys: Mapping[str, Key]
    absent: Absent
    score: Callable[[Mapping[str, Any]], Score]
    faults: Callable[[Mapping[str, Any], str], list[Fault]] | None


class UnknownRule(KeyError):
    """No rule of that name."""


# In the order in which they are listed.
MODULES: tuple[RuleModule, ...] = (
    sledai2k,
    sledas,
    doris,
    lldas,
    prednisone,
    sfi,
    clasi,
    joints,
    sdi,
    acr1997,
    slicc2012,
    eular2019,
    sf36,
    rand36,
    facit_fatigue,
    eq5d5l,
    lupusqol,
    vas,
    ae,
    schedule,
    response,
    retention,
)


def _rule_of(module: RuleModule) -> Rule:
    return Rule(
        module.RULE,
        module.NUMBER,
        module.TITLE,
        module.SOURCE,
        module.SETTINGS,
        module.KEYS,
        module.ABSENT,
        module.score,
        getattr(module, "faults", None),
    )


RULES: Mapping[str, Rule] = MappingProxyType({module.RULE: _rule_of(module) for module in MODULES})


def compute(rule: str, answers: Mapping[str, Any]) -> Score:
    """The score of answers that `contract.validate` has nothing against.

    Raises:
        UnknownRule: there is no such rule.
    """
    return _rule(rule).score(answers)


@cache
def version(rule: str) -> str:
    """Rule number and the first 16 hex digits of the digest of rule, number and settings, such as
    `1-03fa...`.

    Raises:
        UnknownRule: there is no such rule.
    """
    return version_under(rule, PROTOCOL)


def version_under(rule: str, settings: Settings) -> str:
    """The version that a rule has under other settings of the protocol.

    Raises:
        UnknownRule: there is no such rule.
    """
    known = _rule(rule)
    facts = {"rule": known.id, "number": known.number, "settings": settings.digest(*known.settings)}
    return f"{known.number}-{hashlib.sha256(canonical(facts)).hexdigest()[:16]}"


def _rule(name: str) -> Rule:
    try:
        return RULES[name]
    except KeyError:
        raise UnknownRule(name) from None
