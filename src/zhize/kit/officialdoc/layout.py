"""What the standard says of the page, typed: `documents/layout` of the rule editions, chosen by the document's date."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, PositiveFloat, PositiveInt

from zhize.core.papers.days import DateStyle
from zhize.kit.rules import register_schema, rule_as


class Layout(BaseModel):
    """rules/documents/layout.yaml. Lengths in millimetres, sizes in points; fonts as officials' computers name them."""

    model_config = ConfigDict(frozen=True)
    page_width: PositiveFloat
    page_height: PositiveFloat
    margin_top: PositiveFloat
    margin_bottom: PositiveFloat
    margin_left: PositiveFloat
    margin_right: PositiveFloat
    lines_per_page: PositiveInt
    chars_per_line: PositiveInt
    line_pitch: PositiveFloat
    char_spacing: float
    body_size: PositiveFloat
    title_size: PositiveFloat
    letterhead_size: PositiveFloat
    small_size: PositiveFloat
    letterhead_drop: float
    letter_top: PositiveFloat
    red: str
    date_style: DateStyle
    body_font: str
    first_font: str
    second_font: str
    title_font: str
    page_number_font: str
    local_fonts: tuple[str, ...]
    title_words: tuple[str, ...]

    @property
    def text_width(self) -> float:
        """Of the 版心, in millimetres."""
        return self.page_width - self.margin_left - self.margin_right


register_schema("documents/layout", Layout)


def layout_on(day: date, jurisdiction: str = "") -> Layout:
    """The layout in force on a day. One query at most."""
    return rule_as(Layout, on=day, jurisdiction=jurisdiction)
