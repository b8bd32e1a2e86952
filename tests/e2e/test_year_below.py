"""The year below: a prefecture whose county answers its call, confers, checks its minutes with the units, and has the decision done;
and the county of two people, who wear several hats, from its register to its own minutes."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect
from tests.e2e.year import papers, plan
from tests.e2e.year.handing import its_page, takes, wears
from tests.e2e.year.people import CITY_OFFICE, People
from tests.e2e.year.plan import Head, Item, Planning
from tests.support import city_acts
from tests.support.product import Product
from tests.support.walking import a_paper, assert_fits, said, to_do

DAY = "2012-03-01"
COUNTY, COUNTY_OFFICE, COUNTY_LIAISON = "榆中县政府", "yz-office", "yz-zjj"
CITY_PLAN = Planning(
    CITY_OFFICE, "兰州市2012年度质量工作计划", DAY, "2012-03-20",
    {COUNTY: Item(COUNTY_OFFICE, "百合产地质量追溯", "建成追溯点20个", "按乡镇布点，年底验收")},
)  # fmt: skip
COUNTY_PLAN = Planning(
    COUNTY_OFFICE, "榆中县2012年度质量工作计划", DAY, "2012-03-20",
    {"榆中县质监局": Item(COUNTY_LIAISON, "乡镇农资抽查", "抽查不少于40批次", "春耕前查农资，结果在乡镇公布")},
)  # fmt: skip
COUNTY_HEAD = Head(COUNTY_OFFICE, "榆中县质量振兴办", "榆中县质量振兴领导小组办公室", "榆质振办")


@dataclass(frozen=True)
class Meeting:
    """A conference of one place: who calls it, who comes and answers, what it decides and who does it."""

    office: str
    title: str
    units: dict[str, str]
    decided: str
    lead: str

    @property
    def doer(self) -> str:
        return self.units[self.lead]


CITY_MEETING = Meeting(
    CITY_OFFICE, "2012年兰州市质量联席会议", {"兰州市质监局": "lz-zjj", COUNTY: COUNTY_OFFICE}, "整治建材市场", "兰州市质监局"
)  # fmt: skip
COUNTY_MEETING = Meeting(
    COUNTY_OFFICE, "2012年榆中县质量联席会议", {"榆中县质监局": COUNTY_LIAISON}, "集贸市场公平秤全覆盖", "榆中县质监局"
)  # fmt: skip


def test_a_prefecture_and_its_county_of_two_people_have_their_year(
    people: People, own_product: Product
) -> None:
    people.look = fits  # type: ignore[method-assign]  # axe judges these sorts of pages in other walks
    city_acts.play(own_product, CITY_PLAN.title, "排查电梯安全隐患")
    plan.unit_writes(
        people, COUNTY, CITY_PLAN
    )  # under the second hat; a prefecture's own plan is walked in test_year.py
    plan.office_accepts(people, COUNTY, CITY_PLAN)
    opens(people, COUNTY_OFFICE)
    county_plans(people)
    does(people, COUNTY_PLAN.items["榆中县质监局"].title, COUNTY_LIAISON, COUNTY_OFFICE)
    own_product.on("2012-06-11")
    for meeting in (CITY_MEETING, COUNTY_MEETING):
        called(people, meeting)
    own_product.on("2012-06-20")
    held(people, CITY_MEETING)
    checked_with_the_units(people, CITY_MEETING)
    held(people, COUNTY_MEETING)
    people(COUNTY_OFFICE).get_by_role("button", name="起草纪要", exact=True).click()
    for meeting in (CITY_MEETING, COUNTY_MEETING):
        papers.issue(people, "minutes", "纪要", office=meeting.office, number="第1期")
        expect(its_conference(people, meeting).locator("main")).to_contain_text("已印发纪要")
    does(people, CITY_MEETING.decided, CITY_MEETING.doer, CITY_OFFICE)
    seen_from_above(people)


def fits(page: Page, what: str) -> None:
    page.get_by_role("heading", level=1).first.wait_for()
    assert_fits(page)


def opens(people: People, who: str) -> None:
    """The register is taken from the level above, then the year is opened: by the one who is the whole office."""
    page = people(who)
    wears(page, "办公室主任")
    page.goto("/duties/")
    page.get_by_role("button", name="由上级制度建立本辖区职责").click()
    said(page, "已")
    page.goto("/years/")
    page.get_by_label("开始日期").fill("2012-01-01")
    page.get_by_role("button", name="建立年度").click()
    page.get_by_role("button", name="开启", exact=True).click()
    said(page, "已开启2012年")


def county_plans(people: People) -> None:
    """One person calls, takes in, consolidates, records the approval and issues; the other writes."""
    plan.director_registers_the_issuer(people, COUNTY_HEAD)
    plan.office_calls(people, COUNTY_PLAN)
    for step in (plan.unit_writes, plan.office_accepts):
        step(people, "榆中县质监局", COUNTY_PLAN)
    plan.office_consolidates(people, COUNTY_PLAN)
    plan.office_records_the_approval(people, COUNTY_PLAN)
    plan.office_issues_the_plan(people, COUNTY_PLAN, COUNTY_HEAD)


def does(people: People, title: str, doer: str, office: str) -> None:
    """Taken on, done with its paper, closed by the office."""
    page = people(doer)
    takes(page, title)
    its_page(page, title)
    page.get_by_label("进展情况").fill("已全部完成，结果已公布")
    page.get_by_label("进度（%）").fill("100")
    page.get_by_label("佐证材料").set_input_files(a_paper("完成情况.txt", "演示数据 完成情况"))
    page.get_by_role("button", name="申请办结").click()
    said(page, "办结")
    page = people(office)
    to_do(page, title).get_by_role("button").first.click()
    page.get_by_role("button", name="办结销号").click()
    said(page, "办结")


def called(people: People, meeting: Meeting) -> None:
    """Registered, called, answered by each unit; who answers for the county wears that hat for it."""
    page = people(meeting.office)
    if meeting.office == COUNTY_OFFICE:
        wears(page, "办公室主任")
    page.goto("/work/conferences/")
    page.get_by_role("link", name="登记会议").click()
    page.get_by_label("会议名称").fill(meeting.title)
    page.get_by_label("会期").fill("2012-06-20")
    page.get_by_label("主持人").fill("分管负责人")
    page.get_by_label("议程").fill("上半年质量状况")
    for unit in meeting.units:
        page.get_by_label(unit, exact=True).check()
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_role("button", name="发出会议通知", exact=True).click()
    said(page, "通知")
    for who in meeting.units.values():
        page = people(who)
        to_do(page, meeting.title).get_by_role("button").first.click()
        page.get_by_role("radio", name="参会").first.check()
        page.get_by_label("参会人").fill("分管负责人（演示）")
        page.get_by_role("button", name="回执").click()
        said(page, "回执")


def its_conference(people: People, meeting: Meeting) -> Page:
    page = people(meeting.office)
    if meeting.office == COUNTY_OFFICE:
        wears(page, "办公室主任")
    page.goto("/work/conferences/")
    page.get_by_role("link", name=meeting.title).first.click()
    return page


def held(people: People, meeting: Meeting) -> None:
    page = its_conference(people, meeting)
    page.get_by_role("link", name="登记召开").click()
    page.get_by_role("button", name="登记召开", exact=True).click()
    said(page, "召开")
    part = page.locator("details", has=page.locator("summary", has_text="记录一项决定")).last
    part.get_by_label("决定事项").fill(meeting.decided)
    part.get_by_label("牵头单位").select_option(label=meeting.lead)
    part.get_by_label("完成期限").fill("2012-09-30")
    part.get_by_role("button", name="记录", exact=True).click()
    page.get_by_role("button", name="转为任务", exact=True).click()
    expect(page.get_by_role("table", name="会议决定")).to_contain_text("待承办确认")


def checked_with_the_units(people: People, meeting: Meeting) -> None:
    """The lead unit proposes a date of its own for its part; the draft of the minutes takes it, once the office has."""
    page = people(meeting.office)
    page.get_by_role("button", name="征求有关单位意见").click()
    page.get_by_role("button", name="发出").click()
    said(page, "发出")
    round_page = page.url
    unit = people(meeting.doer)
    to_do(unit, "征求对").get_by_role("button").first.click()
    unit.get_by_role("link", name="写修改意见").click()
    unit.get_by_label("条款或段落").first.fill("议定事项第1项")
    unit.get_by_label("原文").first.fill("9月30日")
    unit.get_by_label("修改意见").first.fill("改为“10月31日”")
    unit.get_by_role("button", name="报送", exact=True).click()
    said(unit, "已报送")
    page = its_conference(people, meeting)
    page.get_by_role("button", name="起草纪要", exact=True).click()
    expect(page.locator("main")).to_contain_text("2012年9月30日前完成")
    page.goto(round_page + "adoption/")
    page.locator("tbody input[type=checkbox]").first.check()
    page.get_by_label("采纳", exact=True).check()
    page.get_by_role("button", name="答复所选").last.click()
    said(page, "已答复")
    page = its_conference(people, meeting)
    expect(page.locator("main")).to_contain_text("2012年10月31日前完成")


def seen_from_above(people: People) -> None:
    """The city sees what its county handed up, not the county's own plan, tasks and conference."""
    page = people(CITY_OFFICE)
    page.goto("/work/plans/")
    expect(page.locator("main")).to_contain_text(COUNTY)
    page.goto("/work/tasks/?q=" + COUNTY_MEETING.decided)
    expect(page.locator("main")).not_to_contain_text("榆中县质监局")
    page.goto("/work/conferences/")
    expect(page.locator("main")).not_to_contain_text(COUNTY_MEETING.title)
