"""The kinds of event that can be added: one for each form of events, and for an adverse event one for each category of
special interest, which is then answered with that category.

Everything comes from the definitions: forms, their names, and the categories.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from anifro_desktop.forms.model import Code, Definitions, Form
from anifro_desktop.ui import texts

# Of each form that has categories, the question that tells them apart.
CATEGORY: Mapping[str, str] = {"adverse_event": "aesi_category"}


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event. group: the form's name where the kind is a category of it. also: what it is called in the other
    language. preset: the question answered by choosing this kind, and its answer."""

    form: str
    text: str
    group: str = ""
    also: str = ""
    preset: tuple[str, int] | None = None


def event_kinds(definitions: Definitions) -> tuple[EventKind, ...]:
    """Every kind, in the order of the forms, categories after their form."""
    return tuple(kind for form in definitions.of_level("event") for kind in _of_form(definitions, form))


def _of_form(definitions: Definitions, form: Form) -> Iterator[EventKind]:
    lang = texts.language()
    name = form.label.get(lang)
    yield EventKind(form.id, name, "", f"{form.label.it} {form.label.en} {form.prefix}")
    question = definitions.fields.get(CATEGORY.get(form.id, ""))
    if question is None or question.codes is None:
        return
    for code in question.codes.codes:
        if code.value:
            yield EventKind(form.id, code.label.get(lang), name, _both(code), (question.id, code.value))


def _both(code: Code) -> str:
    return f"{code.label.it} {code.label.en}"
