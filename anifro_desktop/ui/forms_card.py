"""The version of the forms, in the settings: the one in use, the one that waits with what it changes, putting it into
use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.messages import ask, sentence
from anifro_desktop.ui.page import Scroll
from anifro_desktop.ui.widgets import Banner, Card, PrimaryButton, Text

if TYPE_CHECKING:
    from anifro_desktop.forms.amendments import Change
    from anifro_desktop.workflows.new_forms import Coming


class FormsCard(Card):
    """Everybody reads what a new version changes; a site administrator puts it into use."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Version of the forms"), parent)
        self._desk = desk
        self._number = 0
        self.state = Text("", parent=self)
        self.banner = Banner(parent=self)
        self.changes = Text("", parent=self)
        self.changes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area = Scroll(self)
        self.area.setWidget(self.changes)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.hide()
        self.use_button = PrimaryButton(self.tr("Put it into use"), parent=self)
        self.use_button.clicked.connect(self._ask)
        self.use_button.hide()
        row = QHBoxLayout()
        row.addWidget(self.use_button)
        row.addStretch(1)
        for part in (self.state, self.banner, self.area):
            self.body.addWidget(part)
        self.body.addLayout(row)

    def refresh(self) -> None:
        """Say which version is in use, and what waits."""
        site = self._desk.site

        def read() -> Coming | None:
            from anifro_desktop.workflows import new_forms

            return new_forms.waiting(site)

        self._desk.run(self, read, self._show)

    def _show(self, coming: Coming | None) -> None:
        pack = self._desk.site.definitions.pack
        self.state.setText(
            self.tr("In use: {id} ({note}).").format(id=pack.id, note=pack.note.get(texts.language()))
        )
        ready = coming is not None and coming.state == "ready"
        self.use_button.setVisible(ready and self._desk.site.may("site_admin"))
        self.area.setVisible(ready)
        if coming is None:
            return
        self._number = coming.number
        if not ready:
            words = self.tr("It is kept. Update the program, then put it into use here.")
            title = self.tr("Version {id} needs a newer version of the program").format(id=coming.id)
            self.banner.say(title, words, tone="warning")
            return
        title = self.tr("Version {id} has come from Pisa").format(id=coming.id)
        self.banner.say(title, self._meaning(coming), tone="info")
        said = "\n".join(f"• {_line(self._desk, one)}" for one in coming.changes)
        self.changes.setText(said)
        self.area.setAccessibleName(said)
        wide = min(theme.px(640), self.width() - theme.px(56))  # what the card leaves beside a scroll bar
        self.area.setFixedHeight(min(self.changes.heightForWidth(wide) + theme.px(8), theme.px(220)))

    def _meaning(self, coming: Coming) -> str:
        note = coming.note.get(texts.language()).strip()
        words = [f"{note}." if note and note[-1] not in ".!?" else note]
        words.append(self.tr("New visits are made under it; what was completed stays under its own version."))
        if coming.drafts:
            words.append(
                self.tr("Open drafts stay with theirs until somebody moves them: {count}.").format(
                    count=coming.drafts
                )
            )
        if not self._desk.site.may("site_admin"):
            words.append(self.tr("A site administrator puts it into use."))
        return " ".join(word for word in words if word)

    def _ask(self) -> None:
        ask(
            self.window(),
            self.tr("Put the new version into use?"),
            self.tr("There is no way back to the older one for new visits."),
            (self.tr("Put it into use"), self.use),
            self.tr("Go back"),
        )

    def use(self) -> None:
        """Put the version that waits into use."""
        site, number = self._desk.site, self._number

        def work() -> None:
            from anifro_desktop.workflows import new_forms

            new_forms.use(site, number)

        self.banner.hide()
        self._desk.run(self, work, self._used, self._refused)

    def _used(self, _none: object) -> None:
        self.refresh()
        self.banner.say(self.tr("The new version is in use from now on."), tone="success")
        self._desk.changed.emit()

    def _refused(self, error: Exception) -> None:
        self.banner.say(sentence(error), tone="danger")


def _line(desk: Desk, one: Change) -> str:
    """A change in words: form, what changed, the question, before and after."""
    lang = texts.language()
    forms = {form.id: form.label.get(lang) for form in desk.site.definitions.forms}
    kinds = {
        "form": texts.translate("FormsCard", "form"),
        "added": texts.translate("FormsCard", "new question"),
        "renamed": texts.translate("FormsCard", "question renamed"),
        "withdrawn": texts.translate("FormsCard", "question withdrawn"),
        "asked": texts.translate("FormsCard", "asked in other cases"),
        "limits": texts.translate("FormsCard", "limits"),
        "codes": texts.translate("FormsCard", "possible answers"),
        "checks": texts.translate("FormsCard", "check"),
        "words": texts.translate("FormsCard", "wording"),
    }
    before, after = one.before.get(lang), one.after.get(lang)
    told = f": {before or '–'} → {after or '–'}" if before or after else ""
    return f"{forms.get(one.form, one.form)}, {kinds[one.kind]}: {one.what.get(lang)}{told}"
