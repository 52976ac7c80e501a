"""Where the columns of a form lie: question, weight, the visit before, answer. Rows and titles share them."""

from __future__ import annotations

from dataclasses import dataclass

from anifro_desktop.ui import theme


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a section lie. weight, previous, answer: their widths in pixels (0 = none).

    stacked: too narrow for columns; the answer stands under the question.
    """

    width: int
    weight: int
    previous: int
    answer: int
    stacked: bool

    @property
    def pad(self) -> int:
        """Space left and right of a row."""
        return theme.px(14)

    @property
    def gap(self) -> int:
        """Space between columns."""
        return theme.px(12)

    @property
    def answer_left(self) -> int:
        """Where the answers begin."""
        return self.width - self.pad - self.answer

    @property
    def previous_left(self) -> int:
        """Where the answers of the visit before begin."""
        return self.answer_left - self.gap - self.previous

    @property
    def weight_left(self) -> int:
        """Where the weights begin."""
        return self.previous_left - (self.gap if self.previous else 0) - self.weight

    @property
    def label_width(self) -> int:
        """Room for the question."""
        if self.stacked:
            return self.width - 2 * self.pad
        return self.weight_left - self.gap - self.pad
