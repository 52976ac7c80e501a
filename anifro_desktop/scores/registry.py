"""The rules by name: what each is called, where it comes from, which keys it reads, and its one function.

The same function serves the window, the centre and the command line. A changed rule gets a new version
number; the version text also changes with any setting of the protocol that the rule reads, and is stored
with each result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from anifro_desktop.record import canonical
from anifro_desktop.scores import doris, lldas, prednisone, sledai2k, sledas
from anifro_desktop.scores.keys import Absent, Key
from anifro_desktop.scores.model import Score
from anifro_desktop.study.protocol import PROTOCOL


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. number: raised whenever the rule gives another result for the same answers. settings:
    sections of the protocol that it reads. keys: what it may be asked with. absent: what "assume absent"
    reads. score: the rule."""

    id: str
    number: int
    title: str
    source: str
    settings: tuple[str, ...]
    keys: Mapping[str, Key]
    absent: Absent
    score: Callable[[Mapping[str, Any]], Score]


class UnknownRule(KeyError):
    """No rule of that name."""


_ALL = (
    Rule(
        sledai2k.RULE,
        1,
        "SLEDAI-2K",
        "Gladman 2002, PMID 11838846; Touma 2010, doi 10.1177/0961203309346505",
        ("sledai2k",),
        sledai2k.KEYS,
        sledai2k.ABSENT,
        sledai2k.score,
    ),
    Rule(
        sledas.RULE,
        1,
        "SLE-DAS",
        "Jesus 2019, doi 10.1136/annrheumdis-2018-214502; Jesus 2021, doi 10.1136/annrheumdis-2021-220363",
        ("sledas", "glucocorticoid"),
        sledas.KEYS,
        sledas.ABSENT,
        sledas.score,
    ),
    Rule(
        doris.RULE,
        1,
        "DORIS 2021 remission",
        "van Vollenhoven 2021, doi 10.1136/lupus-2021-000538",
        ("doris", "sledai2k", "glucocorticoid"),
        doris.KEYS,
        doris.ABSENT,
        doris.score,
    ),
    Rule(
        lldas.RULE,
        1,
        "Lupus low disease activity state",
        "Franklyn 2016, doi 10.1136/annrheumdis-2015-207726; Golder 2016, doi 10.1186/s13075-016-1163-2",
        ("lldas", "sledai2k", "glucocorticoid", "ceiling", "rituximab"),
        lldas.KEYS,
        lldas.ABSENT,
        lldas.score,
    ),
    Rule(
        prednisone.RULE,
        1,
        "Prednisone equivalent",
        "Meikle and Tyler 1977;63:200; equivalents set by the protocol",
        ("equivalent", "glucocorticoid"),
        prednisone.KEYS,
        prednisone.ABSENT,
        prednisone.score,
    ),
)
RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _ALL})


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
    known = _rule(rule)
    facts = {"rule": known.id, "number": known.number, "settings": PROTOCOL.digest(*known.settings)}
    return f"{known.number}-{hashlib.sha256(canonical(facts)).hexdigest()[:16]}"


def _rule(name: str) -> Rule:
    try:
        return RULES[name]
    except KeyError:
        raise UnknownRule(name) from None
