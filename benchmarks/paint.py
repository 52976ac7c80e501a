"""From a key to the painted score: a digit on a question, until the panel with the new score is on the picture.

Real key events to a real window (drawn offscreen); the time ends when the panel has been painted, not when it was
asked to be. Also: opening a form of 24 questions for the first time.
"""

from __future__ import annotations

import os

from benchmarks.harness import Figure, samples, spread, timed

PRESSES = 240
WARM_UP = 20
OPENINGS = 20


def main() -> list[Figure]:
    """Key to paint, and opening a section."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from anifro_desktop.ui import theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light", 1.0)
    pressed = spread(_presses(app))
    opened = spread(_openings(app))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [
        Figure("key to painted score, p95", pressed.p95, "ms", 16.0, f"median {pressed.median:.1f} ms"),
        Figure(
            "opening a form of 24 questions, median", opened.median, "ms", 50.0, f"p95 {opened.p95:.1f} ms"
        ),
    ]


def _presses(app) -> list[float]:
    """Milliseconds from key press to the painted panel, for digits on one SLEDAI-2K item after another."""
    view = _view(app)
    items = view.body.view.page.asked
    painted = _watch(view.body.panel.blocks["sledai2k"].title)
    took = [_press(app, view, items[turn % len(items)], painted) for turn in range(WARM_UP + PRESSES)]
    view.close()
    return took[WARM_UP:]


def _press(app, view, field: str, painted: list[bool]) -> float:
    """Change the answer of a question by its digit; milliseconds until the new score is painted."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    view.go.to_field(field)
    app.processEvents()
    painted.clear()
    key = Qt.Key.Key_1 if view.session.answers.get(field) == 0 else Qt.Key.Key_2

    def act() -> None:
        QTest.keyClick(app.focusWidget(), key)
        while not painted:
            app.processEvents()

    return timed(act)


def _watch(widget) -> list[bool]:
    """A list that gets an entry each time the widget is painted."""
    from PySide6.QtCore import QEvent, QObject

    painted: list[bool] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint:
                painted.append(True)
            return False

    widget.installEventFilter(Watch(widget))
    return painted


def _openings(app) -> list[float]:
    """Milliseconds to make, lay out and paint the SLEDAI-2K questions of a visit just opened."""
    views = [_view(app, "vitals") for _ in range(OPENINGS + 3)]
    waiting = iter(views)

    def open_one() -> None:
        view = next(waiting)
        view.go.open_form("sledai2k")
        app.processEvents()

    took = samples(open_one, OPENINGS, warm_up=3)
    for view in views:
        view.close()
        view.deleteLater()
    return took


def _view(app, form: str = "sledai2k"):
    from anifro_desktop.ui.visit.view import VisitView
    from benchmarks._visit import session

    view = VisitView(session())
    view.resize(1302, 740)
    view.show()
    view.activateWindow()
    app.processEvents()
    view.go.open_form(form)
    app.processEvents()
    return view
