"""What visits before found, where the last of them may have left it open: damage, and the weight.

- Damage never goes away: of each item the most points that any earlier assessment gave (Gladman 1996, PMID 8607884).
- The flare index counts mg per kg of the last known weight, so one that was not taken today is the one before.

The visits that say so are named in the record by their keys, with spaces between, and no others: from these alone the
centre finds the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from anifro_desktop.forms.facts import SDI
from anifro_desktop.forms.state import PastVisit
from anifro_desktop.record import Answers, Missing, Value

WEIGHT = "weight_kg"


def most_damage(visits: Iterable[PastVisit]) -> PastVisit | None:
    """Visits with a damage index as one, the last first; None without any. An earlier one belongs to it only where it
    raises an item."""
    named: list[PastVisit] = []
    found: dict[str, Value] = {}
    for visit in visits:
        items = {name: value for name, value in visit.answers.items() if name.startswith(SDI)}
        raised = {name: value for name, value in items.items() if _more(value, found.get(name))}
        if not named:
            found = items
        elif raised:
            found.update(raised)
        else:
            continue
        named.append(visit)
    if not named:
        return None
    return PastVisit(" ".join(visit.key for visit in named), named[0].date, found)


def last_weight(visits: Iterable[PastVisit]) -> PastVisit | None:
    """The last visit with a weight, of those given the last first; None if that is the very last, which is compared
    with anyway, or none."""
    for number, visit in enumerate(visits):
        if has_weight(visit.answers):
            return visit if number else None
    return None


def has_weight(answers: Answers) -> bool:
    """Whether the weight was taken."""
    return not isinstance(answers.get(WEIGHT), Missing | None)


def _more(value: Value, than: Value | None) -> bool:
    least = than if isinstance(than, int) else 0
    return isinstance(value, int) and value > least
