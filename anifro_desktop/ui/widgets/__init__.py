"""The few widgets every screen is made of.

They show what they are told and emit what was done; they know no study. Those the unlock screen has are gathered here;
`link_row`, `progress` and `scroll` are imported by their own names, so that it need not wait for them.
"""

from anifro_desktop.ui.widgets.buttons import Button, DangerButton, LinkButton, PrimaryButton
from anifro_desktop.ui.widgets.choice import Option, Segment, SegmentedChoice
from anifro_desktop.ui.widgets.inputs import ComboBox, LineEdit
from anifro_desktop.ui.widgets.surface import Banner, Card, Divider, Surface
from anifro_desktop.ui.widgets.text import Badge, Heading, Hint, Text

__all__ = [
    "Badge",
    "Banner",
    "Button",
    "Card",
    "ComboBox",
    "DangerButton",
    "Divider",
    "Heading",
    "Hint",
    "LineEdit",
    "LinkButton",
    "Option",
    "PrimaryButton",
    "Segment",
    "SegmentedChoice",
    "Surface",
    "Text",
]
