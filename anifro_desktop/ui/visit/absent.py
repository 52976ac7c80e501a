"""How "all remaining absent" is said: of joints the word is "normal"."""

from __future__ import annotations

from anifro_desktop.ui.texts import translate

_JOINTS = "joints"


def button_text(form: str) -> str:
    """On the button over the questions."""
    if form == _JOINTS:
        return translate("Map", "All remaining normal")
    return translate("Visit", "All remaining absent")


def title_text(form: str, count: int) -> str:
    """What is asked before it is done."""
    if form == _JOINTS:
        return translate("Map", "Mark {count} joints as normal?").format(count=count)
    return translate("Prompts", "Mark {count} questions as absent?").format(count=count)


def body_text(form: str, name: str) -> str:
    """What it would do. name: of the form."""
    if form == _JOINTS:
        return translate("Map", "All joints without an answer become normal, in one step that can be undone.")
    return translate(
        "Prompts",
        "All questions of {form} without an answer become absent, in one step that can be undone. Those for "
        "which other answers suggest present stay open.",
    ).format(form=name)


def act_text(form: str, count: int) -> str:
    """The act."""
    if form == _JOINTS:
        return translate("Map", "Mark {count} normal").format(count=count)
    return translate("Prompts", "Mark {count} absent").format(count=count)
