"""Draws a chart with matplotlib's object interface: small panels, one a medium, on one axis of years."""

import os
from decimal import Decimal
from io import StringIO
from pathlib import Path
from threading import Lock
from typing import Any, Final

from django.conf import settings

# matplotlib keeps its font list in a folder it can write to; without one, each start would build it anew.
os.environ.setdefault("MPLCONFIGDIR", str(Path(settings.DATA_DIR) / "matplotlib"))

import matplotlib
from django.utils.translation import gettext as _
from django.utils.translation import override
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from charts.enums import Layout, State
from charts.palette import GRID, INK, MARKS, MEDIA, PAPER, SOFT_INK
from charts.scales import Unit, ceilings_of, unit_for
from charts.spec import ChartSpec, Point, Series
from design.formats import format_number

# Set once: matplotlib's settings belong to the process, and nothing else in it draws.
matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "prtr-commons", "font.family": "DejaVu Sans"})
matplotlib.rcParams["hatch.linewidth"] = 0.6

# One at a time: matplotlib's font cache is not made for several threads.
_drawing = Lock()

_WIDTH: Final = {Layout.NARROW: 340, Layout.WIDE: 680}  # CSS pixels: at 72 dots an inch a point is one
_PLOT_HEIGHT: Final = {Layout.NARROW: 110, Layout.WIDE: 130}
_FONT: Final = {Layout.NARROW: 12, Layout.WIDE: 13}
_YEARS_LABELLED: Final = {Layout.NARROW: 6, Layout.WIDE: 12}
_TITLE_HEIGHT: Final = 26
_YEARS_HEIGHT: Final = 24
_GAP: Final = 8
_KEY_LINE: Final = 19
_KEY_COLUMNS: Final = {Layout.NARROW: 1, Layout.WIDE: 3}
_LEFT: Final = 52
_RIGHT: Final = 8
_BAR_WIDTH: Final = 0.72
_HEADROOM: Final = 1.18  # room for the label above the highest bar


def draw(spec: ChartSpec, layout: Layout) -> str:
    """Return the drawing as matplotlib's SVG: same specification, same text, in any process."""
    with _drawing, override(spec.language):
        figure = _figure(spec, layout)
        buffer = StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        return buffer.getvalue()


def _figure(spec: ChartSpec, layout: Layout) -> Figure:
    """Return the figure with its panels and key, measured in CSS pixels from the top."""
    key = _key_states(spec)
    panel_height = _TITLE_HEIGHT + _PLOT_HEIGHT[layout] + _YEARS_HEIGHT
    height = len(spec.series) * (panel_height + _GAP) + _key_height(key, layout)
    width = _WIDTH[layout]
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=PAPER)
    FigureCanvasSVG(figure)
    for index, (series, ceiling) in enumerate(zip(spec.series, ceilings_of(spec), strict=True)):
        top = index * (panel_height + _GAP) + _TITLE_HEIGHT
        bounds = (
            _LEFT / width,
            1 - (top + _PLOT_HEIGHT[layout]) / height,
            (width - _LEFT - _RIGHT) / width,
            _PLOT_HEIGHT[layout] / height,
        )
        _draw_panel(figure.add_axes(bounds), series, layout, ceiling)
    _draw_key(figure, key, layout, height)
    return figure


def _draw_panel(axes: Axes, series: Series, layout: Layout, ceiling_kg: Decimal) -> None:
    """Draw one medium: bars for quantities, a mark for every absence, labels on the highest and the newest bar."""
    unit = unit_for(ceiling_kg)
    style = MEDIA[series.medium]
    font = _FONT[layout]
    top = float(ceiling_kg / unit.kilograms) * _HEADROOM or 1.0
    axes.set_facecolor("none")
    axes.annotate(
        f"{style.label}, {unit.a_year}",
        (0, 1),
        xycoords="axes fraction",
        xytext=(-_LEFT + 2, 10),
        textcoords="offset points",
        fontsize=font,
        fontweight="bold",
        color=INK,
        annotation_clip=False,
    )
    values = [(point.year, float(point.quantity_kg / unit.kilograms)) for point in series.points if point.quantity_kg]
    axes.bar(
        [year for year, _amount in values],
        [amount for _year, amount in values],
        width=_BAR_WIDTH,
        color=style.colour,
        hatch=style.hatch,
        hatchcolor=style.hatch_colour,
        edgecolor=INK,
        linewidth=0.8,
        zorder=2,
    )
    _draw_breaks(axes, series, font)
    _draw_marks(axes, series, unit, top)
    _label_bars(axes, series, unit, top, font)
    _dress(axes, [point.year for point in series.points], top, layout)


def _draw_breaks(axes: Axes, series: Series, font: int) -> None:
    """Draw a line before each year from which another reporting rule holds."""
    for year in series.breaks:
        axes.axvline(year - 0.5, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), zorder=3)
        axes.annotate(
            _("new rule"),
            (year - 0.5, 1),
            xycoords=("data", "axes fraction"),
            xytext=(3, 0),
            textcoords="offset points",
            va="top",
            fontsize=font - 1,
            color=INK,
            zorder=5,
            annotation_clip=False,
        )


def _draw_marks(axes: Axes, series: Series, unit: Unit, top: float) -> None:
    """Mark each absence on the baseline, and a withheld part on top of its bar."""
    for point in series.points:
        if point.quantity_kg is None or point.state is State.ZERO:
            _mark(axes, point.year, top * 0.06, point.state)
        if point.quantity_kg is not None and point.withheld:
            _mark(axes, point.year, float(point.quantity_kg / unit.kilograms) + top * 0.06, State.CONFIDENTIAL)


def _mark(axes: Any, x: float, y: float, state: State) -> None:
    """Draw the mark of an absence."""
    mark = MARKS[state]
    axes.plot(
        [x],
        [y],
        marker=mark.marker,
        markersize=7,
        markerfacecolor=INK if mark.filled else PAPER,
        markeredgecolor=INK,
        markeredgewidth=1.6 if mark.marker == "_" else 1.2,
        linestyle="none",
        clip_on=False,
        zorder=4,
    )


def _label_bars(axes: Axes, series: Series, unit: Unit, top: float, font: int) -> None:
    """Write the number above the highest and above the newest bar, where both fit."""
    points = [point for point in series.with_value if point.quantity_kg]
    if not points:
        return
    highest = max(points, key=lambda point: point.quantity_kg or Decimal(0))
    newest = points[-1]
    years = len(series.points)
    chosen: list[Point] = [highest]
    # A label is about a seventh of the axis wide: it needs that room to the other label, and no taller bar beside it.
    reach = years / 7
    beside = [point.quantity_kg or Decimal(0) for point in points if newest.year - point.year < reach]
    if newest.year - highest.year > reach and newest.quantity_kg == max(beside):
        chosen.append(newest)
    for point in chosen:
        amount = point.quantity_kg or Decimal(0)
        place = (point.year - series.points[0].year + 0.5) / years
        axes.annotate(
            format_number(unit.amount(amount)),
            (point.year, float(amount / unit.kilograms)),
            xytext=(0, 10 if point.withheld else 3),
            textcoords="offset points",
            ha="right" if place > 0.9 else "left" if place < 0.1 else "center",
            va="bottom",
            fontsize=font - 1,
            color=INK,
            zorder=5,
            annotation_clip=False,
        )
    axes.set_ylim(0, top)


def _dress(axes: Axes, years: list[int], top: float, layout: Layout) -> None:
    """Give a panel its axes: a baseline of years, few grid lines, numbers in the chart's language."""
    font = _FONT[layout]
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    axes.set_ylim(0, top)
    step = -(-len(years) // _YEARS_LABELLED[layout])
    axes.xaxis.set_major_locator(FixedLocator(years[::-1][::step]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda year, _position: str(int(year))))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, min_n_ticks=2, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda amount, _position: format_number(Decimal(f"{amount:.6g}"))))
    axes.tick_params(axis="x", length=3, color=SOFT_INK, labelcolor=INK, labelsize=font - 1, pad=3)
    axes.tick_params(axis="y", length=0, labelcolor=SOFT_INK, labelsize=font - 1, pad=4)
    axes.yaxis.grid(visible=True, color=GRID, linewidth=1, zorder=0)
    axes.set_axisbelow(True)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(SOFT_INK)


def _key_states(spec: ChartSpec) -> list[State]:
    """Return the absences that the drawing marks, in their fixed order."""
    points = [point for series in spec.series for point in series.points]
    used = {point.state for point in points} | (
        {State.CONFIDENTIAL} if any(point.withheld for point in points) else set()
    )
    return [state for state in MARKS if state in used]


def _key_height(states: list[State], layout: Layout) -> int:
    """Return the height of the key in CSS pixels."""
    return -(-len(states) // _KEY_COLUMNS[layout]) * _KEY_LINE


def _draw_key(figure: Figure, states: list[State], layout: Layout, height: int) -> None:
    """Write what each mark means below the panels."""
    if not states:
        return
    width = _WIDTH[layout]
    columns = _KEY_COLUMNS[layout]
    block = _key_height(states, layout)
    axes = figure.add_axes((0, 0, 1, block / height))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(block, 0)
    for position, state in enumerate(states):
        left = position % columns * width / columns
        middle = position // columns * _KEY_LINE + _KEY_LINE / 2
        _mark(axes, left + 10, middle, state)
        axes.text(
            left + 22, middle, str(MARKS[state].label), va="center_baseline", fontsize=_FONT[layout] - 1, color=INK
        )
