"""Where notes stand: what is under every table of a chapter is said once, at its head."""

from __future__ import annotations

from anifro_desktop.centre.analysis.table import Section
from anifro_desktop.centre.publishing.told import FOR_EACH
from anifro_desktop.forms.model import Label


def at_the_head(section: Section) -> tuple[Label, ...]:
    """The notes of a chapter: its own, then those that all of its several tables have, if there are any."""
    common = in_common(section)
    return (*section.notes, FOR_EACH, *common) if common else section.notes


def in_common(section: Section) -> tuple[Label, ...]:
    """The notes that each of a chapter's tables has; none where it has only one table."""
    if len(section.tables) < 2:
        return ()
    first, *others = section.tables
    return tuple(note for note in first.notes if all(note in table.notes for table in others))
