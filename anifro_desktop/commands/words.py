"""States and codes in the words of the window, for the lines that a command prints; codes stay codes for machines."""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.forms.model import Label
from anifro_desktop.workflows.audit import words

# What a list says besides the states that the audit trail has words for.
STATUS: Mapping[str, Label] = {
    "complete": Label("completa, non firmata", "complete, not signed"),
    "changed": Label("cambiata dopo la firma", "changed since signed"),
    "late": Label("in ritardo", "late"),
    "due": Label("in finestra", "due"),
    "coming": Label("in arrivo", "coming"),
    "unsigned": Label("completa ma non firmata", "complete but not signed"),
    "not_enrolled": Label("paziente non ancora arruolato", "patient not enrolled yet"),
    "sealed": Label("sigillato, non consegnato", "sealed, not handed over"),
    "sent": Label("inviato, ancora senza risposta", "sent, no answer yet"),
    "received": Label("ricevuto da Pisa", "received by Pisa"),
    "merged": Label("integrato da Pisa", "merged by Pisa"),
    "refused": Label("rifiutato da Pisa", "refused by Pisa"),
}


def in_row(code: str, lang: str) -> str:
    """A state in words; the code itself where it has none."""
    label = STATUS.get(code) or words.STATES.get(code)
    return code if label is None else label.get(lang)


def day(text: str, lang: str) -> str:
    """A day of the form 2026-11-02 as it is written in a language."""
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}" if lang == "it" else text[:10]


def moment(text: str, lang: str) -> str:
    """A day with its time, to the minute."""
    return f"{day(text, lang)} {text[11:16]}"


def act(code: str, lang: str) -> str:
    """An act of the audit trail in words."""
    return words.act(code).get(lang)
