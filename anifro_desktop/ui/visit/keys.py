"""Every act of the visit with its keys, in one table: the menu, the shortcuts and the sheet are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from anifro_desktop.record import Missing
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate


@dataclass(frozen=True, slots=True)
class Act:
    """id: what the page is told. text: for the menu and the sheet. keys: shortcuts; empty for a key that belongs to
    the row (`shown` says it then)."""

    id: str
    text: str
    keys: tuple[str, ...] = ()
    shown: str = ""

    @property
    def keys_text(self) -> str:
        """The first key as the system writes it."""
        if self.shown:
            return self.shown
        return (
            QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if self.keys else ""
        )


def acts(enrolment: bool = False, monitor: bool = False) -> tuple[Act, ...]:
    """The acts of the menu, in its order. enrolment: it is one, not a visit or an event. monitor: the person
    may verify it with its source."""
    beside = translate("Keys", "Identity") if enrolment else translate("Keys", "Add an event")
    mistake = Act("mistake", translate("Keys", "Entered by mistake, or belongs to another patient…"))
    sources = (
        Act("source", translate("Keys", "Verified with its source: this form"), ("Ctrl+Shift+S",)),
        Act("source_item", translate("Keys", "Verified with its source: this question"), ("Ctrl+Alt+S",)),
    )
    return (
        Act("next_open", translate("Keys", "Next open question"), ("Ctrl+Down",)),
        Act("next_section", translate("Keys", "Next section"), ("PgDown",)),
        Act("previous_section", translate("Keys", "Previous section"), ("PgUp",)),
        Act("all_absent", translate("Keys", "All remaining absent"), ("Ctrl+Return", "Ctrl+Enter")),
        Act("same_item", translate("Keys", "Same as last visit: this question"), ("Ctrl+D",)),
        Act("same_section", translate("Keys", "Same as last visit: this section"), ("Ctrl+Shift+D",)),
        Act("missing", translate("Keys", "No answer: say why"), ("Ctrl+M",)),
        Act("accept", translate("Keys", "Take the suggested answer"), ("Ctrl+G",)),
        Act("keep", translate("Keys", "Keep the answer, with a reason"), ("Ctrl+Shift+G",)),
        Act("definition", translate("Keys", "Definition and source"), ("F1",)),
        Act("history", translate("Keys", "History of the question"), ("F8",)),
        Act("asked", translate("Keys", "What Pisa asks: about this question, else the next"), ("F3",)),
        *(sources if monitor else ()),
        Act("hand_over", translate("Keys", "Hand to the patient"), ("F9",)),
        Act("map", translate("Keys", "Body map or table"), ("F7",)),
        Act("switch", translate("Keys", "Between list, questions and scores"), ("F6",)),
        Act("undo", translate("Keys", "Undo"), ("Ctrl+Z",)),
        Act("redo", translate("Keys", "Redo"), ("Ctrl+Y", "Ctrl+Shift+Z")),
        Act("review", translate("Keys", "Review and sign"), ("Ctrl+R",)),
        Act("beside", beside, ("Ctrl+E",)),
        *(() if enrolment else (mistake,)),
        Act("back", translate("Keys", "Back to where you came from"), ("Alt+Left",)),
        Act("sheet", translate("Keys", "All keys"), ("Ctrl+?", "Ctrl+Shift+?")),
    )


def row_keys() -> tuple[Act, ...]:
    """The keys of a question, which no menu holds; for the sheet."""
    reasons = " ".join(texts.missing_key(reason) for reason in Missing)
    letters = translate("Keys", "3, then {letters}").format(letters=reasons)
    return (
        Act("", translate("Keys", "Answer present or yes; the same key again clears"), shown="1"),
        Act("", translate("Keys", "Answer absent or no"), shown="2"),
        Act("", translate("Keys", "No answer, and why"), shown=letters),
        Act("", translate("Keys", "Next question"), shown=translate("Keys", "Enter or ↓")),
        Act("", translate("Keys", "Previous question"), shown="↑"),
        Act("", translate("Keys", "Other choice of the question"), shown="← →"),
        Act(
            "",
            translate("Keys", "On the joint map: tender, swollen, normal, no answer"),
            shown=translate("Keys", "T, S, Del, Backspace"),
        ),
        Act("", translate("Keys", "Today, yesterday in a date"), shown=translate("Keys", "T, Y")),
    )
