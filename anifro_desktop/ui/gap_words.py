"""What is said of a gap of anifrolumab: what the site knows is asked, nothing is concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate

if TYPE_CHECKING:
    from anifro_desktop.workflows.gaps import Gap


def gap_words(gap: Gap) -> str:
    """When the last dose was, and what to do about it."""
    words = (
        translate("Gaps", "Last dose {date}. A record that may explain it is open: finish it.")
        if gap.key
        else translate(
            "Gaps", "Last dose {date}. Enter the doses missing here, or say: temporary or permanent?"
        )
    )
    return words.format(date=texts.full_date(gap.last))
