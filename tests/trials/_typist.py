"""A typist who is killed: the real window on a real site, typed into with key events until the process ends.

    python _typist.py FOLDER SUBJECT VISIT SEED     type for ever
    python _typist.py FOLDER SUBJECT VISIT -        only unlock, say the recovery line, and close

Lines of JSON on standard output, each written before the next key: `line` (the first screen's recovery line), `ready`,
`saving` (entries given to the autosave, before the disk has them) and `saved` (all that was given is on the disk).
Started by `kills.py`.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from window_hands import Hands, said

from anifro_desktop import app
from anifro_desktop.forms.model import Field
from anifro_desktop.ui import preferences
from anifro_desktop.ui.preferences import Preferences
from anifro_desktop.ui.window import MainWindow


def main() -> int:
    """Start the program as its user does, and sit down at it as soon as its window is there."""
    folder = sys.argv[1]
    preferences.save(Path(folder), Preferences("en", "light", 100))
    application = QApplication(["typist"])
    QTimer.singleShot(0, sit_down)
    code = app.main(["--data", folder])
    application.quit()
    return code


def sit_down() -> None:
    """Unlock, say what was recovered, then type; end at once, and loudly, if anything goes wrong."""
    try:
        windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
        work(Hands(windows[0]), *sys.argv[2:5])
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def work(hands: Hands, subject: str, visit: str, seed: str) -> None:
    """The sitting itself."""
    hands.unlock()
    banner = hands.page.banner
    tell(line=said(banner) if banner.isVisible() else "")
    if seed == "-":
        hands.close()
        return
    hands.find(subject)
    hands.key("Return")  # the cursor stands on the visit that was begun
    hands.until(hands.at("VisitPage"), "the visit")
    assert hands.page.visit.key == visit
    Typist(hands, random.Random(seed)).type_for_ever()


def tell(**facts: Any) -> None:
    """One line, in one write, so that it is whole or not there."""
    os.write(1, (json.dumps(facts) + "\n").encode())


class Typist:
    """Answers whatever question has the focus, quickly and at random."""

    def __init__(self, hands: Hands, chance: random.Random) -> None:
        self.hands, self.chance = hands, chance
        # Told before the worker has it, so that nothing can be on the disk without having been told.
        hands.page.view.binding.changed.connect(self._given)
        hands.page.autosave.state_changed.connect(self._state)

    def _given(self, change: Any, _force: bool) -> None:
        entries = self.hands.page.visit.session.entries(change.fields)
        tell(saving={entry.field: [entry.value_json, entry.note_json, entry.raw_text] for entry in entries})

    def _state(self, state: Any) -> None:
        if state.kind == "saved":
            tell(saved=True)

    def type_for_ever(self) -> None:
        """Until killed."""
        tell(ready=True)
        while True:
            self._once()
            if self.chance.random() < 0.6:
                self.hands.rest(self.chance.choice((1, 3, 8, 20)))

    def _once(self) -> None:
        hands, chance = self.hands, self.chance
        view = hands.page.view.body.view
        field: Field = hands.page.visit.session.definitions.fields[hands.page.place().field]
        if not view.isAncestorOf(
            hands.focused
        ):  # after the last question of a form; Up and Enter lead elsewhere there
            hands.key(chance.choice(("PgDown", "PgUp")))
        elif chance.random() < 0.08:
            hands.key(chance.choice(("PgDown", "PgUp", "Ctrl+Z")))
        elif field.type == "date" or chance.random() < 0.1:
            hands.key("Return")
        elif field.codes is not None:
            hands.type(chance.choice("1122"))
        else:
            hands.key("Ctrl+A")
            hands.type(chance.choice(("1", "2,5", "17", "84", "140", "1,2,3", "x")))
            hands.key("Return")


if __name__ == "__main__":
    sys.exit(main())
