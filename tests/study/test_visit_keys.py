"""What a key says of what stands under it."""

from __future__ import annotations

import pytest

from anifro_desktop.study.visit_keys import (
    event_key,
    event_number,
    is_event,
    is_visit,
    key_before,
    kind_of,
    void_key,
)


@pytest.mark.parametrize(
    ("key", "kind", "event"),
    [
        ("", "", False),
        ("history", "", False),
        ("baseline", "baseline", False),
        ("m03", "m03", False),
        ("m02", "", False),
        ("u01", "unscheduled", False),
        ("u123", "unscheduled", False),
        ("u1", "", False),
        ("early", "early", False),
        ("ae-001", "", True),
        ("ae-1234", "", True),
        ("ae-01", "", False),
        ("AE-001", "", False),
        ("m06~1", "", False),
        ("u01~1", "", False),
        ("ae-001~1", "", False),
    ],
)
def test_a_key_is_of_a_visit_an_event_or_neither(key: str, kind: str, event: bool) -> None:
    assert (kind_of(key), is_visit(key), is_event(key)) == (kind, kind != "", event)


@pytest.mark.parametrize("key", ["", "history", "m06", "ae-007"])
def test_a_mistake_tells_the_key_it_had(key: str) -> None:
    assert void_key(key, 2) == f"{key}~2"
    assert key_before(void_key(key, 2)) == key_before(key) == key


def test_events_are_numbered_with_three_figures_or_more() -> None:
    assert [event_key("ae", number) for number in (1, 999, 1000)] == ["ae-001", "ae-999", "ae-1000"]
    assert event_number("ae-1000") == 1000
    with pytest.raises(ValueError, match="event"):
        event_number("m06")
