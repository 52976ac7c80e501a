"""The live scores beside the questions. Only the block that changed is redrawn; changes are announced once per pause.

The panel says once that it is research data. What would settle an unknown is a link to its question.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.ui import theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.boards import board, touched
from anifro_desktop.ui.visit.score_block import ScoreBlock
from anifro_desktop.ui.visit.score_details import show_score
from anifro_desktop.ui.visit.score_lines import Block
from anifro_desktop.ui.widgets import Heading, Hint, Surface

PAUSE_MS = 1200


class ScorePanel(Surface):
    """One block per score, redrawn when told that its rule may differ."""

    go_to = Signal(str)  # field that a link leads to
    announced = Signal(str)  # what assistive technology was told

    def __init__(self, session: VisitSession, parent: QWidget | None = None) -> None:
        super().__init__("surface", "l", parent)
        self.session = session
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(translate("Scores", "Live scores"))
        self.blocks: dict[str, ScoreBlock] = {}
        self._shown: dict[str, Block] = {}
        self._to_announce: dict[str, None] = {}
        self._box = QVBoxLayout(self)
        pad = theme.px(16)
        self._box.setContentsMargins(pad, theme.px(14), pad, theme.px(14))
        self._box.setSpacing(theme.px(10))
        self._box.addWidget(Heading(translate("Scores", "Live scores"), 3, self))
        self._box.addWidget(Hint(translate("Scores", "Research data; not for treatment decisions"), self))
        for block in board(session):
            self._add(block)
        self._box.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._announce)

    def _add(self, block: Block) -> None:
        made = ScoreBlock(self)
        made.go_to.connect(self.go_to)
        made.explain.connect(self._explain)
        made.show_block(block)
        self.blocks[block.rule] = made
        self._shown[block.rule] = block
        self._box.addWidget(made)

    def refresh(self, results: Iterable[str]) -> None:
        """Show what the panel says of some results again; blocks that say the same are left alone."""
        moved = touched(results)
        for block in board(self.session, [name for name in self.blocks if name in moved]):
            if block != self._shown.get(block.rule):
                self._shown[block.rule] = block
                self.blocks[block.rule].show_block(block)
                self._to_announce[block.rule] = None
        if self._to_announce:
            self._pause.start()

    def _announce(self) -> None:
        """Tell assistive technology once, politely, what the pause left different."""
        text = ". ".join(self._shown[rule].spoken for rule in self._to_announce)
        self._to_announce = {}
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self.announced.emit(text)

    def _explain(self, block: str, name: str) -> None:
        show_score(self, block, name)

    def focus_first(self) -> None:
        """Put the focus on the first block."""
        next(iter(self.blocks.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from block to block and link to link."""
        step = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}.get(Qt.Key(event.key()))
        if step is None or not self.focusNextPrevChild(step):
            event.ignore()
