"""What a version of the forms changes, as lines of a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from anifro_desktop.forms.amendments import (
    ADDED,
    ASKED,
    CHECKS,
    CODES,
    FORM,
    LIMITS,
    RENAMED,
    WITHDRAWN,
    WORDS,
    Change,
)
from anifro_desktop.forms.model import Label

SAID: Mapping[str, Label] = {
    FORM: Label("scheda", "form"),
    ADDED: Label("domanda nuova", "new question"),
    RENAMED: Label("domanda rinominata", "question renamed"),
    WITHDRAWN: Label("domanda ritirata", "question withdrawn"),
    ASKED: Label("chiesta in altri casi", "asked in other cases"),
    LIMITS: Label("limiti", "limits"),
    CODES: Label("risposte possibili", "possible answers"),
    CHECKS: Label("controllo", "check"),
    WORDS: Label("testo", "wording"),
}

NONE = Label("  Nessuna differenza dalla versione in uso.", "  No difference from the version in use.")


def lines_of(changes: Iterable[Change], lang: str) -> Iterator[str]:
    """A line for each change; one that says so where there is none."""
    found = list(changes)
    if not found:
        yield NONE.get(lang)
    for one in found:
        before, after = one.before.get(lang), one.after.get(lang)
        told = f": {before or '-'} → {after or '-'}" if before or after else ""
        yield f"  {one.form:<18} {SAID[one.kind].get(lang)}: {one.what.get(lang)}{told}"


def as_json(changes: Iterable[Change]) -> list[dict[str, str]]:
    """The same for a machine."""
    return [
        {
            "kind": one.kind,
            "form": one.form,
            "what": one.what.en,
            "before": one.before.en,
            "after": one.after.en,
        }
        for one in changes
    ]
