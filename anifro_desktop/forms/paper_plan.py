"""How the questions of a paper form lie on it: which of them make one table, and what is said once for many.

Questions in a row that take the same answers share a table with a column for each answer. A condition is said once:
for the rest of the form, for a whole table, or by a letter where a table mixes conditions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anifro_desktop.forms.model import Code, CodeList, Field, Form, Label, Section

LEAST_ROWS = 3  # fewer questions are no table
MOST_CODES = 5
LONGEST_WORD = 22  # characters of an answer that fit above a column
OFTEN = 4  # questions from which on a condition is worth a letter


@dataclass(frozen=True, slots=True)
class Run:
    """Questions in a row of one section. codes: the columns of their table, empty where each stands alone."""

    fields: tuple[Field, ...]
    codes: tuple[Code, ...] = ()

    @property
    def conditions(self) -> frozenset[str]:
        """The conditions of its questions."""
        return frozenset(condition(item) for item in self.fields)

    @property
    def shared_help(self) -> Label | None:
        """The help that most questions have, if more than half of them have the same."""
        help_, count = Counter(item.help for item in self.fields).most_common(1)[0]
        return help_ if 2 * count > len(self.fields) else None


def condition(item: Field) -> str:
    """When a question is asked, as the definition has it; empty: always."""
    return "" if item.show_if is None else item.show_if.text


def asked(section: Section) -> tuple[Field, ...]:
    """The questions of a section that a person answers."""
    return tuple(item for item in section.fields if not item.computed)


def runs(section: Section) -> Iterator[Run]:
    """The questions of a section in their order, those that share a table together."""
    alone: list[Field] = []
    group: list[Field] = []
    for item in asked(section):
        if not _fits([*group, item]):
            yield from _closed(group, alone)
            group = []
        group.append(item)
    yield from _closed(group, alone)
    if alone:
        yield Run(tuple(alone))


def _closed(group: Sequence[Field], alone: list[Field]) -> Iterator[Run]:
    if len(group) < LEAST_ROWS or not _fits(group):
        alone.extend(group)
        return
    if alone:
        yield Run(tuple(alone))
        alone.clear()
    yield Run(tuple(group), _widest(group).codes)


def _fits(group: Sequence[Field]) -> bool:
    """Whether these questions can share a table."""
    if any(item.codes is None for item in group) or len({item.missing for item in group}) > 1:
        return False
    widest = _widest(group).codes
    if len(widest) > MOST_CODES or any(_long(code) for code in widest):
        return False
    return all(set(item.codes.codes) <= set(widest) for item in group if item.codes is not None)


def _widest(group: Sequence[Field]) -> CodeList:
    return max((item.codes for item in group if item.codes is not None), key=lambda codes: len(codes.codes))


def _long(code: Code) -> bool:
    return max(len(code.label.it), len(code.label.en)) > LONGEST_WORD


def standing(form: Form) -> tuple[str, str]:
    """A condition that holds from some section to the end of the form: that section's id and the condition, or two
    empty texts. Questions that depend on the governed ones alone are governed too."""
    sections = [section for section in form.sections if asked(section)]
    for place in range(1, len(sections)):
        rest = [item for section in sections[place:] for item in asked(section)]
        first, ids = condition(rest[0]), {item.id for item in rest}
        if first and len(rest) >= OFTEN and all(_governed(item, first, ids) for item in rest):
            return sections[place].id, first
    return "", ""


def _governed(item: Field, first: str, ids: set[str]) -> bool:
    return condition(item) == first or (item.show_if is not None and item.show_if.names <= ids)


def letters(form: Form) -> dict[str, str]:
    """Conditions that tables mix, each with the letter that stands for it."""
    often = Counter(
        condition(item)
        for section in form.sections
        for run in runs(section)
        if run.codes and len(run.conditions) > 1
        for item in run.fields
    )
    found = [text for text, count in often.items() if text and count >= OFTEN]
    return {text: chr(ord("a") + place) for place, text in enumerate(found)} if len(found) > 1 else {}


def opening(form: Form, lang: str) -> str:
    """The sentence with which every help of a form begins, or nothing."""
    helps = [item.help.get(lang) for section in form.sections for item in asked(section)]
    first = helps[0].partition(". ")[0] + ". " if helps else ""
    return first if len(helps) >= OFTEN and all(text.startswith(first) for text in helps) else ""
