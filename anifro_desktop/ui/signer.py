"""Who signs: the passphrase, and at the first signature after unlocking the person's own code beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.errors import Refusal
from anifro_desktop.ui import theme
from anifro_desktop.ui.fields import PassphraseField, TextField
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.texts import translate

AT_CODE, AT_PASSPHRASE = "wrong_signer", "wrong_passphrase"


class SignerFields(QWidget):
    """asks_code: this would be the first signature since unlocking. `code` is None where it is not asked."""

    entered = Signal()  # Enter in the last field

    def __init__(self, label: str, asks_code: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code: TextField | None = None
        self.passphrase = PassphraseField(label)
        self.passphrase.entered.connect(self.entered)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(8))
        if asks_code:
            self.code = TextField(
                translate("Signer", "Your person code"),
                translate(
                    "Signer", "Asked once after unlocking; later signatures need the passphrase alone."
                ),
                12,
            )
            self.code.edit.returnPressed.connect(self.passphrase.edit.setFocus)
            box.addWidget(self.code)
        box.addWidget(self.passphrase)

    @property
    def person(self) -> str:
        """The code typed; empty where none is asked."""
        return "" if self.code is None else self.code.text

    @property
    def secret(self) -> str:
        """The passphrase typed."""
        return self.passphrase.text

    def focus(self) -> None:
        """To the first field that is empty."""
        if self.code is not None and not self.code.text:
            self.code.edit.setFocus()
        else:
            self.passphrase.edit.setFocus()

    def complete(self) -> bool:
        """Whether all that is asked was typed; what is missing is said at its field."""
        if self.code is not None:
            self.code.say("" if self.code.text else translate("Signer", "Type your person code."))
        self.passphrase.say("" if self.secret else translate("Signer", "Type the passphrase."))
        missing = not self.secret or (self.code is not None and not self.code.text)
        if missing:
            self.focus()
        return not missing

    def refused(self, error: Exception) -> bool:
        """Say a refusal at the field that it is about; False where it is about neither."""
        at = error.code if isinstance(error, Refusal) else ""
        if at not in (AT_CODE, AT_PASSPHRASE):
            return False
        field = self.code if at == AT_CODE and self.code is not None else self.passphrase
        field.say(sentence(error))
        field.edit.selectAll()
        field.edit.setFocus()
        return True
