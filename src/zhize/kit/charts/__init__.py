"""Charts drawn on the server (ADR 0008): plain data in, an SVG file for pages or a PNG for documents out.

Knows no domain. `chart_response` serves a chart under an address of its own; pages show it by `<img>` beside its table.
"""

from zhize.kit.charts.data import Compared, Line, Point, Series, Shape
from zhize.kit.charts.draw import png, svg
from zhize.kit.charts.serve import chart_response

__all__ = ["Compared", "Line", "Point", "Series", "Shape", "chart_response", "png", "svg"]
