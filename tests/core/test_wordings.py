"""What a unit proposes for its part of a paper, put into the line where it can be read for certain, and nothing else."""

from __future__ import annotations

import pytest

from zhize.core.papers.wordings import number_named, proposed_line

LINE = "查建材、农资。由省质监局牵头，9月30日前完成。"
TEXT = "查建材、农资"


@pytest.mark.parametrize(
    ("present", "proposed", "after"),
    [
        ("", "改为“查水泥”。", "查水泥。由省质监局牵头，9月30日前完成。"),
        ("建材", "建议修改为“水泥”", "查水泥、农资。由省质监局牵头，9月30日前完成。"),
        ("", "将“9月30日”改为“10月15日”。", "查建材、农资。由省质监局牵头，10月15日前完成。"),
        ("", "删去“、农资”", "查建材。由省质监局牵头，9月30日前完成。"),
        ("", "在“农资”后增加“、燃气”", "查建材、农资、燃气。由省质监局牵头，9月30日前完成。"),
        ("农药", "改为“化肥”", ""),  # words that do not stand there
        ("、", "改为“和”", "查建材和农资。由省质监局牵头，9月30日前完成。"),
        ("，", "改为“；”", "查建材、农资。由省质监局牵头；9月30日前完成。"),
        ("月", "改为“月份”", "查建材、农资。由省质监局牵头，9月份30日前完成。"),
        ("。", "改为“；”", ""),  # they stand there twice
        ("", "完成时限改为12月底前。", ""),
        ("", "建议再斟酌", ""),
        ("", "", ""),
    ],
)
def test_only_what_is_certain_is_carried(present: str, proposed: str, after: str) -> None:
    assert proposed_line(LINE, TEXT, present, proposed) == after


def test_the_place_names_the_item() -> None:
    assert [number_named(words) for words in ("议定事项第2项", "第 12 项末句", "全文")] == [2, 12, None]
