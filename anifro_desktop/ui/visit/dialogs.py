"""The few dialogs of a visit: definition, keys, a reason, and what is asked before an act.

Each opens without blocking, is closed by Escape, and gives the focus back to where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from anifro_desktop.forms.model import CodeList, Definitions, Field
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit import reading
from anifro_desktop.ui.visit.keys import Act, acts, row_keys
from anifro_desktop.ui.widgets import Hint, LineEdit, Option, SegmentedChoice, Text
from anifro_desktop.ui.widgets.scroll import Scroll


def show_definition(parent: QWidget, definitions: Definitions, field: Field) -> Dialog:
    """What the question means, its limits and weight, and the source of the definition."""
    lang = texts.language()
    dialog = Dialog(field.label.get(lang), field.help.get(lang), parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    facts = []
    if field.points is not None:
        facts.append(reading.points_text(field.points))
    unit = field.unit_label.get(lang) if field.unit_label else field.unit
    if unit:
        facts.append(translate("Dialogs", "in {unit}").format(unit=unit))
    facts += [limits] if (limits := reading.limits_text(field)) else []
    if facts:
        dialog.body.addWidget(Text(" · ".join(facts), parent=dialog))
    section = next(s for s in definitions.form(field.form).sections if s.id == field.section)
    form = definitions.form(field.form)
    place = (
        form.label.get(lang)
        if len(form.sections) == 1
        else f"{form.label.get(lang)} · {section.label.get(lang)}"
    )
    dialog.body.addWidget(Hint(place, dialog))
    if field.source:
        source = translate("Dialogs", "Source: {source}").format(source=field.source)
        dialog.body.addWidget(Hint(source, dialog))
    dialog.add_act(translate("Dialogs", "Close"), main=True)
    dialog.open()
    return dialog


def show_keys(parent: QWidget, enrolment: bool = False, monitor: bool = False) -> Dialog:
    """All keys on one sheet."""
    dialog = Dialog(translate("Dialogs", "Keys"), "", parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet = QWidget()
    grid = QGridLayout(sheet)
    grid.setHorizontalSpacing(theme.px(18))
    grid.setVerticalSpacing(theme.px(4))
    grid.setColumnStretch(1, 1)
    listed: Sequence[Act] = (*row_keys(), *acts(enrolment, monitor))
    for number, act in enumerate(listed):
        keys = Text(act.keys_text, "strong", parent=sheet)
        keys.setWordWrap(False)
        grid.addWidget(keys, number, 0)
        grid.addWidget(Text(act.text, parent=sheet), number, 1)
    scroll = Scroll(dialog)
    scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    scroll.setWidget(sheet)
    scroll.setAccessibleName(translate("Dialogs", "Keys"))
    scroll.setMinimumHeight(min(sheet.sizeHint().height() + 4, parent.window().height() - theme.px(170)))
    dialog.body.addWidget(scroll)
    dialog.add_act(translate("Dialogs", "Close"), main=True)
    dialog.open()
    return dialog


class ReasonDialog(Dialog):
    """A coded reason, chosen by its digit, and words.

    The act is possible once a reason is chosen; the last reason of every list is "other", which needs words.
    """

    def __init__(
        self,
        title: str,
        text: str,
        reasons: CodeList,
        act: tuple[str, Callable[[int, str], object]],
        parent: QWidget,
    ) -> None:
        super().__init__(title, text, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(min(theme.px(560), parent.window().width()))
        self.reasons = SegmentedChoice(_options(reasons), self)
        self.reasons.setAccessibleName(translate("Dialogs", "Reason"))
        self.reasons.chosen.connect(self._choose)
        self.words = LineEdit(40, self)
        self.words.setMaxLength(200)
        self.words.textChanged.connect(self._check)
        self._chosen: int | None = None
        self._other = reasons.codes[-1].value
        self.body.addWidget(self.reasons)
        self.body.addWidget(
            Labelled(translate("Dialogs", "In words (stays at this site)"), self.words, parent=self)
        )
        self.add_act(translate("Dialogs", "Go back"))
        words, do = act
        self.go = self.add_act(words, lambda: do(self._chosen or 0, self.words.text().strip()), main=True)
        self.go.setEnabled(False)
        self.reasons.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words need at this width."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def _choose(self, key: str) -> None:
        self._chosen = int(key)
        self.reasons.set_chosen(key)
        self._check()
        if self._chosen == self._other:
            self.words.setFocus()

    def _check(self) -> None:
        told = bool(self.words.text().strip())
        self.go.setEnabled(self._chosen is not None and (told or self._chosen != self._other))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose a reason, unless they are typed into the words."""
        for segment in self.reasons.segments:
            if event.text() and event.text() == segment.option.keys and not self.words.hasFocus():
                self._choose(segment.option.key)
                return
        super().keyPressEvent(event)


def _options(reasons: CodeList) -> list[Option]:
    """The reasons of a list, each with its digit."""
    lang = texts.language()
    return [
        Option(str(code.value), code.label.get(lang), str(number))
        for number, code in enumerate(reasons.codes, 1)
    ]
