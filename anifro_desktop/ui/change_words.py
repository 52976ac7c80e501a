"""What changed since a signature, in words: on the review, and on the page of a patient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Definitions
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.translation import day_time

if TYPE_CHECKING:
    from anifro_desktop.workflows.signing import Change, Standing

_MOST = 3  # changes that fit in a line


def title(definitions: Definitions, change: Change) -> str:
    """Form and question, or form and result."""
    lang = texts.language()
    names = {form.id: form.label.get(lang) for form in definitions.forms}
    return f"{names.get(change.form, change.form)} · {change.what.get(lang)}"


def detail(change: Change) -> str:
    """`84 → 90 · U01, 23/11/2026 09:15 · transcription: second sheet`; what is only typed says so."""
    lang = texts.language()
    parts = [moved(change)]
    if change.when is None:
        parts.append(translate("Changes", "typed, not completed yet"))
    else:
        parts.append(f"{change.who}, {day_time(change.when)}")
        parts.append(change.why.get(lang))
    return " · ".join(part for part in parts if part)


def moved(change: Change) -> str:
    """`84 → 90`."""
    lang = texts.language()
    return f"{change.old.get(lang)} → {change.new.get(lang)}"


def in_a_line(changes: Sequence[Change]) -> str:
    """The first of them, and how many more: for a table."""
    lang = texts.language()
    shown = [f"{one.what.get(lang)} {moved(one)}" for one in changes[:_MOST]]
    more = len(changes) - len(shown)
    rest = [translate("Changes", "{count} more").format(count=more)] if more else []
    return "; ".join((*shown, *rest))


def signed_by(standings: Sequence[Standing]) -> str:
    """By whom and when the forms that changed were signed: `Changed since the signature of …`."""
    given = [one.signature for one in standings if one.signature is not None and one.changes]
    newest = max(given, key=lambda one: one.when, default=None)
    if newest is None:
        return translate("Changes", "Changed since it was signed")
    words = translate("Changes", "Changed since it was signed by {name}, {when}")
    return words.format(name=newest.name, when=f"{newest.when:%d/%m/%Y %H:%M} (UTC{newest.when:%z})")
