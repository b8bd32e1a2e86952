"""Step 4: a conference is called, answered, held; what it decides becomes a task, what was said a document."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.e2e.year import papers
from tests.e2e.year.people import DEPARTMENTS, OFFICE, People
from tests.support.walking import folded, said, to_do

TITLE = "2012年质量振兴工作联席会议"
DECIDED = "开展农业投入品专项整治"


def office_calls(people: People) -> None:
    page = people(OFFICE)
    page.goto("/work/conferences/")
    page.get_by_role("link", name="登记会议").click()
    people.look(page, "conference form")
    page.get_by_label("会议名称").fill(TITLE)
    page.get_by_label("会期").fill("2012-06-20")
    page.get_by_label("开始时间").fill("9:00")
    page.get_by_label("地点").fill("省政府第二会议室")
    page.get_by_label("主持人").fill("分管副省长")
    page.get_by_label("议程").fill("上半年质量状况\n农产品质量\n下半年工作")
    for unit in DEPARTMENTS:
        page.get_by_label(unit, exact=True).check()
    page.get_by_role("button", name="登记", exact=True).click()
    people.look(page, "conference being prepared")
    page.get_by_role("button", name="发出会议通知", exact=True).click()
    said(page, "通知")


def unit_answers(people: People, unit: str) -> None:
    page = people(DEPARTMENTS[unit])
    to_do(page, TITLE).get_by_role("button").first.click()
    people.look(page, "conference to answer")
    page.get_by_role("radio", name="参会").first.check()
    page.get_by_label("参会人").fill("分管负责人（演示）")
    page.get_by_role("button", name="回执").click()
    said(page, "回执")


def of_office(people: People) -> Page:
    page = people(OFFICE)
    page.goto("/work/conferences/")
    page.get_by_role("link", name=TITLE).first.click()
    return page


def office_holds_it(people: People) -> None:
    page = of_office(people)
    part = folded(page, "填写四个方面的质量状况和主要问题")
    part.locator("textarea").first.fill("农产品抽检合格率下降，投入品管理不严")
    part.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="登记召开").click()
    people.look(page, "attendance")
    page.get_by_role("button", name="登记召开", exact=True).click()
    said(page, "召开")
    part = page.locator("details", has=page.locator("summary", has_text="记录一项决定")).last
    part.get_by_label("决定事项").fill(DECIDED)
    part.get_by_label("牵头单位").select_option(label="省农牧厅")
    part.get_by_label("完成期限").fill("2012-09-30")
    part.get_by_role("button", name="记录", exact=True).click()
    page.get_by_role("button", name="转为任务", exact=True).click()
    expect(page.get_by_role("table", name="会议决定")).to_contain_text("待承办确认")
    people.look(page, "conference held")


def office_writes_the_minutes(people: People) -> None:
    page = of_office(people)
    page.get_by_role("button", name="起草纪要", exact=True).click()
    people.look(page, "minutes drafted")
    expect(page.locator("main")).to_contain_text(DECIDED)
    papers.issue(people, "minutes", "纪要", number="第1期")


def unit_takes_the_task_on(people: People) -> None:
    page = people(DEPARTMENTS["省农牧厅"])
    to_do(page, DECIDED).get_by_role("button").first.click()
    page.get_by_role("button", name="确认承办").click()
    said(page, "承办")
