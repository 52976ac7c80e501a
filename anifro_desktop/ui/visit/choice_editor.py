"""Choices: segments with their keys up to six options, a list with type-ahead above."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.model import Code, Field
from anifro_desktop.forms.state import FieldState
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.editor import MISSING, Editor, choice_key, is_wrong, missing_word
from anifro_desktop.ui.visit.line_editor import BesideEditor
from anifro_desktop.ui.widgets import ComboBox, Option, SegmentedChoice, Text

MOST_SEGMENTS = 6


def ordered_codes(field: Field) -> tuple[Code, ...]:
    """The options in the order of their keys: 1 is present or yes, and 0 (absent, no, none) comes last."""
    codes = field.codes.codes if field.codes is not None else ()
    return tuple(sorted(codes, key=lambda code: code.value == 0))


def keyed_codes(field: Field) -> tuple[tuple[Code, str], ...]:
    """The options with their keys: the grade where they are grades (more than two, 0 for none), else their place."""
    codes = ordered_codes(field)
    graded = field.codes is not None and field.codes.absent == 0 and len(codes) > 2
    return tuple((code, str(code.value if graded else number)) for number, code in enumerate(codes, 1))


class ChoiceEditor(Editor):
    """Options and "missing" as segments; the number on each is its key."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        lang = texts.language()
        options = [Option(str(code.value), code.label.get(lang), key) for code, key in keyed_codes(field)]
        if field.missing:
            after = max((int(option.keys) for option in options), default=0) + 1
            options.append(Option(MISSING, missing_word(), str(after)))
        self.choice = SegmentedChoice(options, self)
        if field.missing:
            self.choice.segments[-1].reserve([texts.missing_name(reason) for reason in field.missing])
        self.choice.setAccessibleName(self.question)
        for segment in self.choice.segments:
            segment.setAccessibleName(f"{self.question}: {segment.text()}")
        self.choice.chosen.connect(self._clicked)
        self.set_answer(self.choice)

    def _clicked(self, key: str) -> None:
        if key == MISSING:
            self.ask_reason()
        else:
            self.chosen.emit(self.field.id, int(key))

    def key(self, text: str) -> bool:
        """A digit answers; it folds the missing reasons if they are on show. 0 is none wherever the list has a none."""
        if super().key(text):
            return True
        none = text == "0" and self.field.codes is not None and self.field.codes.absent == 0
        for segment in self.choice.segments:
            if segment.option.keys == text or (none and segment.option.key == "0"):
                if segment.option.key != MISSING:
                    self.stop_asking()
                self._clicked(segment.option.key)
                return True
        return False

    def show_state(self, state: FieldState, force: bool) -> None:
        """The chosen segment is the value; none while there is none."""
        if self.field.missing:
            self.show_missing(state)
        else:
            self.choice.set_chosen(choice_key(state))

    def controls(self) -> Sequence[QWidget]:
        """The segments, as a group and one by one."""
        return [self.choice, *self.choice.segments]

    def missing_choice(self) -> SegmentedChoice | None:
        """The segments themselves, where a reason may be given."""
        return self.choice if self.field.missing else None

    def set_read_only(self, read_only: bool) -> None:
        """Look as what can only be read."""
        self.choice.set_read_only(read_only)


class ListEditor(BesideEditor):
    """More options than segments hold: a list with type-ahead."""

    def build(self) -> None:
        """The list."""
        lang = texts.language()
        codes = self.field.codes.codes if self.field.codes is not None else ()
        options = [Option(str(code.value), code.label.get(lang)) for code in codes]
        self.list = ComboBox(options, translate("Editors", "Choose"), self)
        self.list.setAccessibleName(self.question)
        self.list.picked.connect(lambda key: self.chosen.emit(self.field.id, int(key)))
        self.row.addWidget(self.list)

    def show_state(self, state: FieldState, force: bool) -> None:
        """The chosen line is the value."""
        super().show_state(state, force)
        self.list.set_chosen(choice_key(state))
        self.list.set_wrong(is_wrong(state))

    def controls(self) -> Sequence[QWidget]:
        """The list."""
        return [self.list]

    def set_read_only(self, read_only: bool) -> None:
        """A list that may not be changed is shown as such."""
        self.list.setEnabled(not read_only)


class ShownEditor(Editor):
    """An answer that follows from others: shown, never asked."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.words = Text("–", "strong", parent=self)
        self.words.setAccessibleName(self.question)
        self.set_answer(self.words)

    def show_state(self, state: FieldState, force: bool) -> None:
        """The answer in words."""
        self.words.setText(state.text or "–")

    def controls(self) -> Sequence[QWidget]:
        """The words; they take no focus."""
        return [self.words]

    def missing_choice(self) -> SegmentedChoice | None:
        """Nothing to give a reason for."""
        return None
