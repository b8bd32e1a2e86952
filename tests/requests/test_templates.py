"""A template proposes the period that people would mean on that day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.world import World

from zhize.apps.requests.selectors import template_values


@pytest.mark.parametrize(
    ("template", "today", "title", "due"),
    [
        ("half_summary", date(2012, 6, 20), "2012年上半年质量振兴工作总结", date(2012, 7, 15)),
        ("half_summary", date(2012, 7, 2), "2012年上半年质量振兴工作总结", date(2012, 7, 15)),
        ("half_summary", date(2012, 7, 16), "2012年下半年质量振兴工作总结", date(2013, 1, 15)),
        ("progress", date(2012, 10, 3), "2012年第三季度质量振兴工作进展情况", date(2012, 10, 5)),
        ("annual_plan", date(2012, 7, 2), "2012年质量振兴工作计划", date(2012, 8, 1)),
    ],
)
def test_what_is_not_yet_due_comes_before_what_has_just_begun(
    world: World, year: Any, template: str, today: date, title: str, due: date
) -> None:
    values = template_values(year, today, year.jurisdiction.code, template)
    assert values and (values["title"].replace("年度", "年"), values["due_on"]) == (title, due)
