"""The one ancestor of everything the program refuses to do.

A refusal is said to a person: what happened, to what, what to do next. `code` is stable and names the sentence in
the translations; `params` fill its blanks and never hold an answer or an identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class Refusal(Exception):
    """An act that was not done, with nothing changed. `exit_code` is what a command returns for it."""

    code: ClassVar[str] = "refused"
    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str, **params: str | int) -> None:
        super().__init__(sentence)
        self.params = params

    def blanks(self, lang: str) -> Mapping[str, str | int]:
        """What fills the blanks of its sentence in a language."""
        return self.params


class EnvironmentRefusal(Refusal):
    """The machine cannot do it: a folder that cannot be written, a missing library, another instance."""

    code = "environment"
    exit_code = 3
