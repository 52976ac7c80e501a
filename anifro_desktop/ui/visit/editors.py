"""Which editor a field gets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from anifro_desktop.forms.model import Field
from anifro_desktop.ui import theme
from anifro_desktop.ui.visit.choice_editor import MOST_SEGMENTS, ChoiceEditor, ListEditor, ShownEditor
from anifro_desktop.ui.visit.date_editor import DateEditor
from anifro_desktop.ui.visit.editor import Editor
from anifro_desktop.ui.visit.line_editor import LineEditor
from anifro_desktop.ui.widgets import Segment

WIDEST_COLUMN = 160


def make_editor(field: Field, today: date) -> Editor:
    """The editor for a field of this kind."""
    if field.derive or field.computed:
        return ShownEditor(field)
    if field.type == "choice":
        few = field.codes is not None and len(field.codes.codes) <= MOST_SEGMENTS
        return ChoiceEditor(field) if few else ListEditor(field)
    return DateEditor(field, today) if field.type == "date" else LineEditor(field)


def line_up(editors: Sequence[Editor]) -> None:
    """Give choices with the same number of options the same widths, so that they stand in columns."""
    groups: dict[int, list[tuple[Segment, ...]]] = {}
    for editor in editors:
        if isinstance(editor, ChoiceEditor):
            groups.setdefault(len(editor.choice.segments), []).append(editor.choice.segments)
    for rows in groups.values():
        for column in zip(*rows, strict=True):
            widths = [segment.natural_width() for segment in column]
            least = max((width for width in widths if width <= theme.px(WIDEST_COLUMN)), default=0)
            for segment in column:
                segment.widen(least)
