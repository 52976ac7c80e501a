"""Asking the worker on behalf of a widget: the answer is dropped if the widget has gone meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject

from anifro_desktop.ui.tasks import Tasks


def ask_worker(
    tasks: Tasks,
    owner: QObject,
    work: Callable[[], Any],
    done: Callable[[Any], object] | None = None,
    failed: Callable[[Exception], object] | None = None,
) -> None:
    """Do `work` on the worker; `done` or `failed` on the main thread, while `owner` still exists."""

    def answer(value: Any) -> None:
        if done is not None and shiboken6.isValid(owner):
            done(value)

    def refuse(error: Exception) -> None:
        if failed is not None and shiboken6.isValid(owner):
            failed(error)

    tasks.run(work, answer, refuse)
