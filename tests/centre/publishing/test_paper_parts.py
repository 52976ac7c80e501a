"""How texts are broken into the cells of a table on paper."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from anifro_desktop.centre.publishing.paper import opened
from anifro_desktop.centre.publishing.paper_parts import broken, width_of

SIZE = 8.5


@pytest.mark.parametrize("room", [400.0, 25.0, 4.0])
def test_a_text_is_broken_at_spaces_or_where_it_must_be_and_nothing_of_it_is_lost(room: float) -> None:
    sheet = opened("en", datetime(2026, 11, 27, tzinfo=UTC))
    text = "12.5\u00a0% (3.1;\u00a029.7) of those with an incomparably long characteristic"
    lines = broken(sheet, text, "B", SIZE, room)
    assert all(width_of(sheet, one, "B", SIZE) <= room for one in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    if room == 400.0:
        assert lines == [text]
    if room == 25.0:
        assert lines[-2:] == ["long", "characteristic"]
