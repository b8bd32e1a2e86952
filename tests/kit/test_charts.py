"""What a grey print keeps: every line of a chart has a dash, a marker and a lightness of its own."""

from __future__ import annotations

import re
from decimal import Decimal

from zhize.kit.charts import Line, Point, Series, Shape, svg
from zhize.kit.charts.style import DASHES, HUES, MARKERS, WANTED

# Sample: stroke-dasharray="15.4,4.4" on the path of a line; grid lines and frames have none.
DASHED = re.compile(r'stroke-dasharray="([0-9., ]+)"')


def chart(lines: int) -> Series:
    points = tuple(Point(Decimal(n)) for n in (90, 91, 92))
    measured = tuple(Line(f"地区{n}", points) for n in range(lines))
    wanted = Line("目标", points, dashed=True)
    return Series("合格率", "%", ("一季度", "二季度", "三季度"), (*measured, wanted))


def dashes(drawn: bytes) -> set[str]:
    return {found.replace(" ", "") for found in DASHED.findall(drawn.decode())}


def test_lines_are_told_apart_without_colour() -> None:
    assert len(set(DASHES)) == len(set(MARKERS)) == len(HUES) == len(DASHES)
    assert WANTED not in DASHES
    for shape in Shape:
        one, four = (dashes(svg(chart(n), shape)) for n in (1, 4))
        assert len(one) == 1, "the first line is solid, the target dashed"
        assert len(four) == 4, "three more lines, each dashed its own way, and the target"


def test_hues_stand_apart_by_lightness() -> None:
    def grey(hue: str) -> float:
        red, green, blue = (int(hue[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    first, second, *_rest = sorted(grey(hue) for hue in HUES[:3])
    assert second - first > 25


def test_the_target_has_a_dash_nobody_else_has() -> None:
    alone = dashes(svg(chart(1)))
    others = dashes(svg(Series("合格率", "%", ("一季度", "二季度", "三季度"), chart(4).lines[:4])))
    assert alone.isdisjoint(others)
