"""The Qt bindings keep their hands off other people's objects.

PySide6 6.12.0 on Python 3.11 gave away a reference of None or False at each of these calls; after some thousands the
interpreter aborts, and with it a visit being typed. From Python 3.12 on these objects cannot be counted down.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel

ROUNDS = 500


class Bell(QObject):
    rung = Signal()

    def listen(self) -> None:
        """Something to connect to."""


@pytest.mark.parametrize("act", ["font", "palette", "connection"])
def test_no_call_gives_away_references_that_it_does_not_own(qtbot, act: str) -> None:
    label, bell, font, colours = QLabel("x"), Bell(), QFont(), QPalette()
    qtbot.addWidget(label)

    def connect_and_let_go() -> None:
        bell.rung.connect(bell.listen)
        bell.rung.disconnect(bell.listen)

    acts: dict[str, Callable[[], object]] = {
        "font": lambda: label.setFont(font),
        "palette": lambda: label.setPalette(colours),
        "connection": connect_and_let_go,
    }
    acts[act]()
    shared = (None, True, False)
    before = [sys.getrefcount(item) for item in shared]
    for _ in range(ROUNDS):
        acts[act]()
    lost = [then - sys.getrefcount(item) for then, item in zip(before, shared, strict=True)]
    assert max(lost) < ROUNDS / 2
