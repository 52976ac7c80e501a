"""Who keeps a patient, as far as statements go: the same whatever the order in which they came."""

from __future__ import annotations

from itertools import permutations

from anifro_desktop.centre.custody import custody
from anifro_desktop.store.centre_custody import StatementRow

OLD, NEW, THIRD = ("P03", "aa" * 16), ("P07", "bb" * 16), ("P09", "cc" * 16)


def said(
    who: tuple[str, str], place: int, hand: str, act: str, ver: int, to: tuple[str, str], held: str
) -> StatementRow:
    return StatementRow(*who, 1, 4, place, "P03-7KQF-4", hand, act, ver, *to, "f1", held, "U01", "00")


def test_two_statements_of_one_number_in_one_bundle_come_to_the_same_in_any_order() -> None:
    rows = [
        said(OLD, 0, "h1", "handed", 2, NEW, "h2"),
        said(OLD, 1, "h1", "handed", 2, THIRD, ""),
        said(OLD, 2, "h2", "given_up", 1, THIRD, ""),
    ]
    found = {
        (one.keepers, one.state)
        for order in permutations(rows)
        for one in [custody("P03-7KQF-4", order, {OLD})]
    }
    assert len(found) == 1
