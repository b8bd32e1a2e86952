"""Step 3: a task of the plan is taken on, reported with evidence, reminded, put off, done, checked and closed."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.e2e.year.people import DEPARTMENTS, OFFICE, People
from tests.support.walking import a_paper, folded, said, to_do

TASK, UNIT = "开展重点工业产品监督抽查", "省质监局"


def of_unit(people: People) -> Page:
    page = people(DEPARTMENTS[UNIT])
    page.goto("/work/tasks/mine/")
    page.get_by_role("link", name=TASK).first.click()
    return page


def of_office(people: People) -> Page:
    page = people(OFFICE)
    page.goto("/work/tasks/")
    page.get_by_role("link", name=TASK, exact=True).click()
    return page


def unit_takes_it_on(people: People) -> None:
    page = people(DEPARTMENTS[UNIT])
    to_do(page, TASK).get_by_role("button").first.click()
    people.look(page, "task to take on")
    page.get_by_role("button", name="确认承办").click()
    said(page, "承办")


def unit_reports(people: People) -> None:
    page = of_unit(people)
    page.get_by_label("进展情况").fill("一季度抽查312批次，合格287批次")
    page.get_by_label("进度（%）").fill("25")
    page.get_by_label("佐证材料").set_input_files(a_paper("一季度抽查汇总.txt", "演示数据 一季度抽查汇总"))
    page.get_by_role("button", name="报告进展").click()
    said(page, "报告")
    expect(page.locator("main")).to_contain_text("一季度抽查汇总")
    people.look(page, "task under way")


def office_reminds(people: People) -> None:
    page = of_office(people)
    folded(page, "督办").get_by_role("button", name="发出").click()
    said(page, "已")


def unit_asks_for_more_time(people: People) -> None:
    page = of_unit(people)
    box = folded(page, "申请延期")
    box.get_by_label("申请延至").fill("2012-12-10")
    box.locator("textarea").fill("四季度抽查样品检验要到十二月上旬出齐")
    box.get_by_role("button", name="申请延期").click()
    said(page, "延期")


def office_grants_it(people: People) -> None:
    page = people(OFFICE)
    to_do(page, TASK).get_by_role("button").first.click()
    people.look(page, "extension asked")
    page.get_by_role("button", name="同意延期", exact=True).click()
    said(page, "延期")
    expect(page.locator("main")).to_contain_text("2012年12月10日")


def unit_asks_to_close(people: People) -> None:
    page = of_unit(people)
    page.get_by_label("进展情况").fill("全年抽查1305批次，结果已公布，后处理完毕")
    page.get_by_label("进度（%）").fill("100")
    page.get_by_label("佐证材料").set_input_files(a_paper("全年抽查总结.txt", "演示数据 全年抽查总结"))
    page.get_by_role("button", name="申请办结").click()
    said(page, "办结")


def office_closes(people: People) -> None:
    page = people(OFFICE)
    to_do(page, TASK).get_by_role("button").first.click()
    people.look(page, "task to check")
    page.get_by_role("button", name="办结销号").click()
    said(page, "办结")
    people.look(page, "task closed")
    expect(page.locator("main")).to_contain_text("销号日期")
