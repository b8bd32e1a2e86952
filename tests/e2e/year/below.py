"""Step 8: a prefecture at home: its own register, year, plan and task; the province sees what was handed up, and no more."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.e2e.year import plan
from tests.e2e.year.people import CITY_DIRECTOR, CITY_OFFICE, OFFICE, People
from tests.e2e.year.plan import Head, Item, Planning
from tests.support.walking import a_paper, said, to_do

UNIT, TASK = "兰州市质监局", "排查电梯等特种设备隐患"
WRITER = "lz-zjj"
HOME = Planning(
    CITY_OFFICE,
    "兰州市2012年度质量工作计划",
    "2012-03-01",
    "2012-03-20",
    {UNIT: Item(WRITER, TASK, "在用电梯检验率达到100%", "按季排查，公布结果")},
)
HEAD = Head(CITY_DIRECTOR, "兰州市质量振兴办", "兰州市质量振兴领导小组办公室", "兰质振办")


def director_opens_the_year(people: People) -> None:
    """The register starts from the province's, in the city's own units; then the year."""
    page = people(CITY_DIRECTOR)
    page.goto("/duties/")
    page.get_by_role("button", name="由上级制度建立本辖区职责").click()
    said(page, "已")
    people.look(page, "register taken from above")
    page.goto("/years/")
    page.get_by_label("开始日期").fill("2012-01-01")
    page.get_by_role("button", name="建立年度").click()
    page.get_by_role("button", name="开启", exact=True).click()
    said(page, "已开启2012年")


def city_plans(people: People) -> None:
    plan.director_registers_the_issuer(people, HEAD)
    plan.office_calls(people, HOME)
    plan.unit_writes(people, UNIT, HOME)
    plan.office_accepts(people, UNIT, HOME)
    plan.office_consolidates(people, HOME)
    plan.office_records_the_approval(people, HOME)
    plan.office_issues_the_plan(people, HOME, HEAD)


def city_works(people: People) -> None:
    """The task of the plan: taken on, done, checked, closed."""
    page = people(WRITER)
    to_do(page, TASK).get_by_role("button").first.click()
    page.get_by_role("button", name="确认承办").click()
    said(page, "承办")
    page.get_by_label("进展情况").fill("在用电梯全部检验，隐患整改完毕")
    page.get_by_label("进度（%）").fill("100")
    page.get_by_label("佐证材料").set_input_files(a_paper("电梯检验汇总.txt", "演示数据 检验汇总"))
    page.get_by_role("button", name="申请办结").click()
    said(page, "办结")
    page = people(CITY_OFFICE)
    to_do(page, TASK).get_by_role("button").first.click()
    page.get_by_role("button", name="办结销号").click()
    said(page, "办结")


def province_sees_what_came_up(people: People) -> None:
    """The city's item of step 2 stands in the province's plan; the task it set itself at home does not show."""
    home = people(CITY_OFFICE)
    home.goto("/work/tasks/")
    home.get_by_role("link", name=TASK, exact=True).click()
    its_page = home.url
    page = people(OFFICE)
    page.goto("/work/tasks/?q=" + TASK)
    expect(page.locator("main")).not_to_contain_text(UNIT)
    answer = page.request.get(its_page)
    assert answer.status == 404, f"{its_page} answers the province with {answer.status}"
    page.goto("/work/plans/")
    expect(page.locator("main")).to_contain_text("兰州市政府")
