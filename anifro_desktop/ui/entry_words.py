"""The name of what stands under a key where that may be an event.

Beside `words`, which the first screen imports too, since the name of an event comes from the definitions.
"""

from __future__ import annotations

from anifro_desktop.forms.model import Definitions, Form
from anifro_desktop.study.visit_keys import event_number, is_event
from anifro_desktop.ui import texts
from anifro_desktop.ui.words import visit_name


def form_name(form: Form) -> str:
    """The name of a form in the language in use."""
    return form.label.get(texts.language())


def entry_name(definitions: Definitions, key: str) -> str:
    """What stands under a key: `Month 6`, or of an event `Adverse event 3`. Of a mistake (`m06~1`), what it was."""
    was = key.partition("~")[0]
    if not is_event(was):
        return visit_name(was)
    return f"{form_name(definitions.event_form(was))} {event_number(was)}"
