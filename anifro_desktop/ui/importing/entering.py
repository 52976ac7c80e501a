"""The question before rows are entered: who it is, as before a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.people.acting import ActDialog
from anifro_desktop.ui.signer import SignerFields
from anifro_desktop.ui.texts import translate

if TYPE_CHECKING:
    from anifro_desktop.workflows.importing.taking import Import


class _Counted(QObject):
    """Qt finds plural forms in `self.tr` only."""

    def title(self, rows: int) -> str:
        """The title of the dialog."""
        return self.tr("Enter %n row(s)", "", rows)


class EnterDialog(ActDialog):
    """tried: the trial whose rows are to be entered. begun: called with the `Import` that enters them."""

    def __init__(self, desk: Desk, tried: Import, begun: Any, parent: QWidget) -> None:
        super().__init__(
            desk,
            _Counted().title(tried.taken().count("new")),
            translate(
                "EnterDialog",
                "Each row is entered under your code, as transcribed from this file. Enrolments are signed with it, "
                "other records are drafts unless the mapping says otherwise. Refused rows are left out.",
            ),
            translate("EnterDialog", "The passphrase is being checked…"),
            parent,
        )
        from anifro_desktop.workflows.signing import needs_code

        self._tried, self._begun = tried, begun
        self.signer = SignerFields(translate("EnterDialog", "Your passphrase"), needs_code(desk.site))
        self.passphrase = self.signer.passphrase
        self.rows.addWidget(self.signer)
        self.finish(translate("EnterDialog", "Enter them"), self._go)
        self.signer.focus()

    def _go(self) -> None:
        if self.busy or not self.signer.complete():
            return
        site, tried = self._desk.site, self._tried
        secret, person = self.signer.secret, self.signer.person

        def work() -> Import:
            from anifro_desktop.workflows.importing.taking import begin

            return begin(site, tried.plan, tried.table, secret, person)

        self.signer.passphrase.say("")
        self.work(work, self._begun)

    def _refused(self, error: Exception) -> None:
        super()._refused(error)
        if self.signer.refused(error):
            self.banner.hide()
