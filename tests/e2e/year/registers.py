"""Step 6, so far: an entry by hand in a department's own register."""

from __future__ import annotations

from tests.e2e.year.people import DEPARTMENTS, People
from tests.support.walking import said

UNIT = "省质监局"


def unit_enters_one(people: People) -> None:
    page = people(DEPARTMENTS[UNIT])
    page.goto("/registers/sampling/")
    people.look(page, "register, empty")
    page.get_by_role("link", name="登记", exact=True).click()
    people.look(page, "record form")
    page.get_by_label("检验报告编号").fill("YS-2012-900")
    page.get_by_label("受检企业").fill("演示乳品有限公司")
    page.get_by_label("抽样日期").fill("2012-06-12")
    page.get_by_label("产品名称").fill("巴氏杀菌乳")
    page.get_by_label("检验结论").select_option(label="合格")
    page.get_by_role("button", name="登记", exact=True).click()
    said(page, "已新增")
