"""Figures as SVG, PDF and PNG, told apart in colour and in grey: each series has its own colour, line and marker.

Under a figure stand the numbers at risk (or assessed) at each of its marks. Text is drawn as paths, so that no font
need be there. The same figure gives the same bytes. Colours: Okabe and Ito 2008 (jfly.uni-koeln.de/color).
"""

from __future__ import annotations

import io
import textwrap
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from anifro_desktop.centre.analysis.table import Figure, Point, Series
from anifro_desktop.centre.errors import LibraryMissing
from anifro_desktop.centre.publishing.told import AT_RISK, MEASURED, decimal

INK = "#1a1a1b"  # of text and axes: a page may put the colour of its own text there
FORMATS = ("svg", "pdf", "png")
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", INK)
_LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 3)), (0, (1, 3)))
_MARKERS = ("o", "s", "^", "D", "v", "P", "X")
_WIDTH, _PLOT, _LINE = (
    7.2,
    2.35,
    0.19,
)  # inches: of the figure, height of the plot, height of a line of numbers
_LEFT, _RIGHT, _BOTTOM = 0.8, 0.25, 0.55
_LABEL_CHARS = 90
_SPREAD = 0.012  # of the axis, between series at one mark
FEW = 5  # the limits of the mean of fewer would flatten all others


def drawn(figure: Figure, lang: str) -> dict[str, bytes]:
    """A figure in each of the formats.

    Raises:
        LibraryMissing: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise LibraryMissing(error.name or "matplotlib") from error
    settings: Any = {
        "text.parse_math": False,
        "svg.hashsalt": figure.name,
        "svg.fonttype": "path",
        "pdf.fonttype": 3,
        "font.family": "DejaVu Sans",
        "font.size": 9,
        "text.color": INK,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
    }
    with mpl.rc_context(settings):
        sheet = _sheet(figure, lang)
        return {name: _saved(sheet, name) for name in FORMATS}


def has_too_few(figure: Figure) -> bool:
    """Whether limits of too few are left out of a figure of means."""
    return figure.kind == "means" and any(
        _are_few(figure, series, point) for series in figure.series for point in series.points
    )


def _are_few(figure: Figure, series: Series, point: Point) -> bool:
    count = dict(zip(figure.marks, series.at_risk, strict=False)).get(point.x)
    return count is not None and count < FEW


def _saved(sheet: Any, name: str) -> bytes:
    undated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}
    stream = io.BytesIO()
    options: dict[str, Any] = {"dpi": 200, "facecolor": "white"} if name == "png" else {"transparent": True}
    sheet.savefig(stream, format=name, metadata=undated[name], **options)
    return stream.getvalue()


def _sheet(figure: Figure, lang: str) -> Any:
    from matplotlib.figure import Figure as Sheet

    told = [one for one in figure.series if one.at_risk]
    legend = sum(_lines_of(one, lang) for one in figure.series) * _LINE + 0.1
    below = (2 * len(told) + 1) * _LINE + 0.1 if told else 0.0
    height = legend + _PLOT + _BOTTOM + below
    sheet = Sheet(figsize=(_WIDTH, height))
    wide = _WIDTH - _LEFT - _RIGHT
    axes = sheet.add_axes((_LEFT / _WIDTH, (_BOTTOM + below) / height, wide / _WIDTH, (_PLOT - 0.1) / height))
    for place, series in enumerate(figure.series):
        _draw(axes, figure, series, place, lang)
    _dress(axes, figure, lang)
    if figure.series:
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(0.0, 1.04),
            frameon=False,
            borderaxespad=0.0,
            borderpad=0.0,
            handlelength=4,
        )
    _numbers(axes, figure, told, lang)
    return sheet


def _lines_of(series: Series, lang: str) -> int:
    return max(1, len(textwrap.wrap(series.label.get(lang), _LABEL_CHARS)))


def _draw(axes: Any, figure: Figure, series: Series, place: int, lang: str) -> None:
    colour, line = _COLOURS[place % len(_COLOURS)], _LINES[place % len(_LINES)]
    marker = _MARKERS[place % len(_MARKERS)]
    label = textwrap.fill(series.label.get(lang), _LABEL_CHARS)
    xs, ys = [point.x for point in series.points], [point.y for point in series.points]
    if figure.kind == "steps":
        axes.step(xs, ys, where="post", color=colour, linestyle=line, linewidth=1.6, label=label)
        limited = [point for point in series.points if point.low is not None and point.high is not None]
        axes.fill_between(
            [point.x for point in limited],
            [point.low for point in limited],
            [point.high for point in limited],
            step="post", color=colour, alpha=0.15, linewidth=0,
        )  # fmt: skip
        left = sorted(set(series.censored))  # of many who left on one day, one mark is seen
        axes.plot(left, _heights(series, left), linestyle="", marker="|", markersize=7, color=colour)
        return
    aside = (place - (len(figure.series) - 1) / 2) * _SPREAD * _span(figure)
    bars = [_bar(figure, series, point) for point in series.points]
    below, above = [bar[0] for bar in bars], [bar[1] for bar in bars]
    axes.errorbar(
        [x + aside for x in xs], ys, yerr=[below, above], color=colour, linestyle=line,
        linewidth=1.4, marker=marker, markersize=5, capsize=3, label=label,
    )  # fmt: skip


def _bar(figure: Figure, series: Series, point: Point) -> tuple[float, float]:
    """How far the limits reach below and above a point."""
    if figure.kind == "means" and _are_few(figure, series, point):
        return 0.0, 0.0
    below = 0.0 if point.low is None else max(0.0, point.y - point.low)
    above = 0.0 if point.high is None else max(0.0, point.high - point.y)
    return below, above


def _heights(series: Series, places: Sequence[float]) -> list[float]:
    """Where a curve of steps is at some places; before its first point it is there already."""
    if not series.points:
        return [1.0] * len(places)
    starts = [point.x for point in series.points]
    return [series.points[max(0, bisect_right(starts, x) - 1)].y for x in places]


def _span(figure: Figure) -> float:
    places = [*figure.marks, *(point.x for series in figure.series for point in series.points)]
    return (max(places) - min(places) if places else 0.0) or 1.0


def _dress(axes: Any, figure: Figure, lang: str) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel(figure.x.get(lang))
    axes.set_ylabel(figure.y.get(lang))
    axes.grid(axis="y", color="#808080", alpha=0.25, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xticks(list(figure.marks), [decimal(f"{mark:g}", lang) for mark in figure.marks])
    if figure.kind == "means":
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal(f"{value:g}", lang)))
        return
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f}\u00a0%"))


def _numbers(axes: Any, figure: Figure, told: list[Series], lang: str) -> None:
    """The numbers at risk below the axis, each series under its own name."""
    if not told:
        return
    across = axes.get_xaxis_transform()
    first = _BOTTOM / (_PLOT - 0.1)
    step = _LINE / (_PLOT - 0.1)
    head = (AT_RISK if figure.kind == "steps" else MEASURED).get(lang)
    axes.text(0, -first, head, transform=axes.transAxes, va="top", fontsize=8, fontweight="bold")
    for place, series in enumerate(told):
        line = 2 * place + 1
        name = textwrap.shorten(series.label.get(lang), 110, placeholder="…")
        axes.text(0, -first - line * step, name, transform=axes.transAxes, va="top", fontsize=8)
        for mark, count in zip(figure.marks, series.at_risk, strict=False):
            axes.text(
                mark,
                -first - (line + 1) * step,
                str(count),
                transform=across,
                va="top",
                ha="center",
                fontsize=8,
            )
