"""Sentences with counts: the words for one and the words for more, in the sentence itself.

`{patients:# paziente|# pazienti}` says *1 paziente* and *3 pazienti*; 0 takes the words for more, as in Italian and
English.
"""

from __future__ import annotations

from typing import Any


class _Count(int):
    def __format__(self, spec: str) -> str:
        one, several, many = spec.partition("|")
        if not several:
            return super().__format__(spec)
        return (one if self == 1 else many).replace("#", str(int(self)))


def counted(sentence: str, **blanks: Any) -> str:
    """The sentence with its blanks filled; whole numbers choose their words."""
    return sentence.format(
        **{name: _Count(value) if type(value) is int else value for name, value in blanks.items()}
    )
