"""Adding an event: which kind of it, by its first letters and Enter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.model import Definitions
from anifro_desktop.ui.find import FindDialog, Target
from anifro_desktop.ui.patient.kinds import EventKind, event_kinds
from anifro_desktop.ui.texts import translate


def ask_kind(definitions: Definitions, chosen: Callable[[EventKind], object], parent: QWidget) -> FindDialog:
    """Ask which kind of event to add; `chosen` is told once the dialog has closed."""
    targets = [
        Target(kind.text, kind.group, partial(chosen, kind), kind.also) for kind in event_kinds(definitions)
    ]
    dialog = FindDialog(
        targets,
        parent,
        title=translate("Events", "Add an event"),
        prompt=translate("Events", "Kind of event, by its first letters"),
    )
    dialog.finished.connect(lambda _result: parent.window().activateWindow())
    dialog.open()
    dialog.line.setFocus()
    return dialog
