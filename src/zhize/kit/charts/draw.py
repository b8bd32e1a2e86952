"""Drawing. Titles, axes and labels by matplotlib; the file that comes out carries no style attribute and no script."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from threading import Lock
from typing import Any

from zhize.kit.charts.data import Chart, Compared, Line, Series, Shape
from zhize.kit.charts.plain import plain_svg
from zhize.kit.charts.style import DASHES, HUES, INK_2, MARKERS, RULE, SIZES, WANTED, library

_one_at_a_time = Lock()  # matplotlib keeps its settings in one place for the whole process


def svg(chart: Chart, shape: Shape = Shape.WIDE) -> bytes:
    """The chart as an SVG file: fonts as outlines, presentation attributes only, the same bytes for the same data."""
    return plain_svg(_drawn(chart, shape, "svg", 72), chart.title)


def png(chart: Chart, shape: Shape = Shape.PAPER, dpi: int = 200) -> bytes:
    """The chart as a picture for a document."""
    return _drawn(chart, shape, "png", dpi)


def _drawn(chart: Chart, shape: Shape, form: str, dpi: int) -> bytes:
    with _one_at_a_time:
        library()
        from matplotlib.figure import Figure

        width, height, size = SIZES[shape]
        if isinstance(chart, Compared):
            height = max(height * 0.5, 0.27 * len(chart.items) + 1.1)
        figure = Figure(figsize=(width, height), dpi=dpi, layout="constrained")
        axes = figure.add_subplot()
        axes.tick_params(labelsize=size - 1.5, length=3)
        axes.set_title(chart.title, fontsize=size + 1, loc="left", pad=16)
        if isinstance(chart, Compared):
            _compared(axes, chart, size)
        else:
            _lines(axes, chart, shape, size)
        content = BytesIO()
        metadata = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        figure.savefig(content, format=form, metadata=metadata)
        return content.getvalue()


def _lines(axes: Any, chart: Series, shape: Shape, size: float) -> None:
    places = range(len(chart.labels))
    for number, line in enumerate(chart.lines[: len(HUES)]):
        _line(axes, line, number, size)
    axes.set_ylabel(chart.unit, fontsize=size - 1.5, rotation=0, ha="right", va="bottom", y=1.0)
    step = max(1, -(-len(chart.labels) // (12 if shape is Shape.WIDE else 6)))
    axes.set_xticks([p for p in places if (len(chart.labels) - 1 - p) % step == 0])
    axes.set_xticklabels([chart.labels[p] for p in places if (len(chart.labels) - 1 - p) % step == 0])
    axes.margins(x=0.06, y=0.18)
    if len(chart.labels) == 1:
        axes.set_xlim(-0.8, 0.8)
    if len(chart.lines) > 1:
        axes.legend(fontsize=size - 1.5, frameon=False, ncols=2 if shape is Shape.NARROW else 5, loc="upper left", bbox_to_anchor=(0, -0.1))  # fmt: skip
    _say_last(axes, chart, size)


def _line(axes: Any, line: Line, number: int, size: float) -> None:
    hue, marker = HUES[number], MARKERS[number]
    values = [None if p.value is None else float(p.value) for p in line.points]
    xs = [x for x, value in enumerate(values) if value is not None]
    ys = [value for value in values if value is not None]
    if line.dashed:
        axes.step(xs, ys, where="mid", color=INK_2, linestyle=WANTED, linewidth=1.3, label=line.label)
        return
    gapped = [float("nan") if value is None else value for value in values]
    axes.plot(range(len(values)), gapped, color=hue, linewidth=2.2 if number == 0 else 1.5, linestyle=DASHES[number], label=line.label, marker=marker, markersize=5)  # fmt: skip
    hollow = [(x, y) for x, y in zip(xs, ys, strict=True) if line.points[x].open]
    if hollow:
        axes.plot(*zip(*hollow, strict=True), linestyle="", marker=marker, markersize=5, markerfacecolor="#ffffff", color=hue)  # fmt: skip
    ranged = [x for x in xs if line.points[x].low is not None and line.points[x].high is not None]
    if ranged:
        low, high = (
            [abs(float(getattr(line.points[x], name)) - values[x]) for x in ranged]  # type: ignore[operator]
            for name in ("low", "high")
        )
        axes.errorbar(ranged, [values[x] for x in ranged], yerr=[low, high], fmt="none", ecolor=hue, elinewidth=1, capsize=3, alpha=0.7)  # fmt: skip


def _say_last(axes: Any, chart: Series, size: float) -> None:
    """The last value of the first line in figures: what most readers look for."""
    if not chart.lines or chart.lines[0].dashed:
        return
    known = [(x, p.value, p.high) for x, p in enumerate(chart.lines[0].points) if p.value is not None]
    if known:
        x, value, high = known[-1]
        above = value if high is None else high
        axes.annotate(_shown(value, chart.places), (x, float(above)), textcoords="offset points", xytext=(0, 6), ha="center", fontsize=size - 0.5, color=HUES[0])  # fmt: skip


def _compared(axes: Any, chart: Compared, size: float) -> None:
    """A dot for each: its place says the value, so that the axis need not start at nothing."""
    names = [name for name, _value in chart.items]
    known = [(place, value) for place, (_name, value) in enumerate(chart.items) if value is not None]
    axes.hlines(
        range(len(names)), 0, 1, transform=axes.get_yaxis_transform(), color=RULE, linewidth=0.7, zorder=0
    )
    for place, ends in enumerate(chart.ranges):
        if ends is not None:
            axes.hlines(place, float(ends[0]), float(ends[1]), color=HUES[0], linewidth=1.4, alpha=0.6)
    axes.plot(
        [float(v) for _p, v in known],
        [p for p, _v in known],
        linestyle="",
        marker="o",
        markersize=7,
        color=HUES[0],
    )
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.08)
    axes.set_xlabel(chart.unit, fontsize=size - 1.5, loc="right")
    for place, (_name, value) in enumerate(chart.items):
        words = "—" if value is None else _shown(value, chart.places)
        axes.annotate(words, (1.0, place), xycoords=("axes fraction", "data"), textcoords="offset points", xytext=(6, 0), va="center", fontsize=size - 1)  # fmt: skip
    if chart.target is not None:
        axes.axvline(float(chart.target), color=INK_2, linestyle=WANTED, linewidth=1.3, zorder=0)
        words = f"{chart.target_label} {_shown(chart.target, chart.places)}".strip()
        axes.annotate(words, (float(chart.target), 1.0), xycoords=("data", "axes fraction"), textcoords="offset points", xytext=(0, 3), ha="center", fontsize=size - 1.5, color=INK_2)  # fmt: skip


def _shown(value: Decimal, places: int) -> str:
    return f"{value:,.{places}f}"
