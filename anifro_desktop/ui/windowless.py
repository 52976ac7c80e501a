"""What a program without a window needs to set something on paper: fonts come from a QGuiApplication."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QGuiApplication


@contextmanager
def fonts() -> Iterator[None]:
    """A QGuiApplication where there is none, gone again at the end: a window would need one of its own kind."""
    if QGuiApplication.instance() is not None:
        yield
        return
    application = QGuiApplication([])
    try:
        yield
    finally:
        application.shutdown()
