"""Units' own plans read into items: golden cases an official can read, real documents, and laws of the reader."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.reading import ROOT, lexicon, real

from zhize.apps.regulations.selectors.lexicon import lexicon_mapping_on
from zhize.apps.work.mapping.plan_words import words_on
from zhize.core.kernel.errors import BadRule
from zhize.core.methods import METHODS
from zhize.core.plans.found import Reading, Words, Year
from zhize.core.plans.read_days import days_in
from zhize.core.plans.reading import plan_read
from zhize.kit.yaml_text import yaml_of

YEAR = Year(date(2012, 1, 1), date(2012, 12, 31))
CASES = [
    case
    for path in sorted((ROOT / "tests" / "cases" / "plan_reading").glob("*.yaml"))
    for case in yaml_of(path.read_text("utf-8"))
]


def words() -> Words:
    return words_on(date(2012, 1, 1))


def read(text: str, year: Year = YEAR) -> Reading:
    return plan_read(text, year, words(), lexicon())


def door(text: str, **more: Any) -> Any:
    """As `zhize calc plans.read` runs it."""
    from zhize.apps.work.mapping.plan_words import PlanReadingWords
    from zhize.kit.rules import rule_as

    shipped = rule_as(PlanReadingWords, on=date(2012, 1, 1)).root
    data = {"text": text, "year": {"start": "2012-01-01", "end": "2012-12-31"}, "words": shipped}
    return METHODS["plans.read"].run({**data, "lexicon": lexicon_mapping_on(date.max), **more})


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_plan_is_read_as_written(case: dict[str, Any]) -> None:
    out = door(case["text"].replace("LONG", "开展培训，" * 480))
    assert len(out["items"]) == len(case["items"]), [one["title"] for one in out["items"]]
    for found, wanted in zip(out["items"], case["items"], strict=True):
        assert {name: found[name] for name in wanted} == wanted
    for name in ("left", "notes"):
        if name in case:
            assert out[name] == case[name]


def test_a_real_division_of_tasks_gives_each_numbered_row_with_its_units() -> None:
    found = [one for one in read(real("12"), Year(date(2023, 1, 1), date(2023, 12, 31))).found if one.sure]
    assert len(found) == 24
    first = found[0]
    assert (first.title, first.lead) == ("有序扩大家庭医生来源", "各区政府")
    assert first.supports == ("市卫生健康委", "市人社局")
    assert all(one.lead for one in found)


def test_a_real_opinion_gives_the_tasks_under_its_sections_with_the_units_in_brackets() -> None:
    made = read(real("04"), Year(date(2019, 1, 1), date(2019, 12, 31)))
    assert [one.place for one in made.found] == [f"{han}（{n}）" for han, n in PLACES]
    assert made.left == ("一、总体要求", "八、强化组织领导")
    assert made.found[0].lead == "工业和信息化部"
    assert made.found[0].supports == ("发展改革委", "科技部", "农业农村部")
    assert "农业农村部等负责" not in made.found[0].measure


PLACES = [
    ("二", "三"), ("二", "四"), ("二", "五"), ("二", "六"), ("三", "七"), ("三", "八"), ("四", "九"), ("四", "十"), ("四", "十一"),
    ("五", "十二"), ("五", "十三"), ("六", "十四"), ("六", "十五"), ("七", "十六"), ("七", "十七"),
]  # fmt: skip


@pytest.mark.parametrize("name", ["26", "27"])
def test_real_assessment_tables_hold_no_items_and_say_so(name: str) -> None:
    made = read(real(name))
    assert made.found == ()
    assert made.notes[-1].startswith("没有读出事项")


def test_a_regulation_in_articles_is_told_to_be_no_plan() -> None:
    assert "不像工作计划" in read(real("18")).notes[0]


def test_dates_are_the_last_day_the_words_allow() -> None:
    text = (
        "3月底前；4月上旬；5月；2月；上半年；第三季度；2012年10月8日；十一月十五日；2013年底；13月；6月31日"
    )
    assert [day.isoformat() for day in days_in(text, YEAR)] == [
        "2012-03-31", "2012-04-10", "2012-05-31", "2012-02-29", "2012-06-30", "2012-09-30", "2012-10-08", "2012-11-15", "2013-12-31",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "money"),
    [
        ("120万元", "120.00"),
        ("1.2亿元", "12000.00"),
        ("30", "30.00"),
        ("30万", "30.00"),
        ("5000元", "0.50"),
        ("3千元", "0.30"),
        ("1,200万元", "1200.00"),
    ],
)
def test_money_is_read_in_units_of_ten_thousand_whatever_it_is_written_in(cell: str, money: str) -> None:
    table = f"| 重点任务 | 完成时限 | 所需经费 |\n| --- | :---: | --- |\n| 建设检测中心 | 9月底 | {cell} |"
    (found,) = read(table).found
    assert (found.title, str(found.money)) == ("建设检测中心", money)


@pytest.mark.parametrize("words", ["0000年底", "0000年上半年", "9999年下半年"])
def test_a_year_that_is_none_is_passed_over(words: str) -> None:
    assert days_in(words, YEAR) == []


def test_halves_and_quarters_of_a_year_across_two_calendar_years_lie_in_it() -> None:
    split = Year(date(2011, 7, 1), date(2012, 6, 30))
    assert days_in("上半年；第一季度；下半年", split) == [
        date(2012, 6, 30),
        date(2012, 3, 31),
        date(2011, 12, 31),
    ]


def test_a_month_of_a_year_across_two_calendar_years_lies_in_the_one_that_holds_it() -> None:
    across = Year(date(2012, 7, 1), date(2013, 6, 30))
    assert days_in("9月底；3月底", across) == [date(2012, 9, 30), date(2013, 3, 31)]


@given(
    st.lists(
        st.sampled_from(
            [
                "一、（一）1.",
                "|",
                "〃",
                "|",
                "任务",
                "|",
                "措施",
                "|",
                "完成时限",
                "\n",
                "目标：",
                "3月底前",
                "省质监局",
                "（负责）",
                "。；,",
                "x",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_what_comes_out_fits_the_fields(parts: list[str]) -> None:
    for one in read("\n".join(parts)).found + read("".join(parts)).found:
        assert len(one.title) <= 60 and len(one.goal) <= 500 and len(one.measure) <= 2000
        assert len(one.target) <= 200 and len(one.person) <= 40
        assert one.due is None or one.due in YEAR


@pytest.mark.parametrize(
    "data", [None, {}, {"text": "x", "year": {"start": "2012-01-01", "end": "2012-12-31"}}]
)
def test_input_that_is_none_is_answered_in_words(data: object) -> None:
    with pytest.raises(BadRule) as caught:
        METHODS["plans.read"].run(data)
    assert caught.value.remedy


def test_words_that_lack_a_group_are_refused_with_its_name() -> None:
    with pytest.raises(BadRule, match=r"words\.goal"):
        door("x", words={"parts.a": ["b"], "columns.title": ["c"], "not_items": ["d"], "whole_year": ["e"]})
