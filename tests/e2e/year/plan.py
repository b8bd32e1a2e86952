"""Step 2: the office calls for plans, three departments write, one is returned and corrected, the whole is approved and issued."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import expect
from tests.e2e.year import papers
from tests.e2e.year.people import CITY_OFFICE, DEPARTMENTS, DIRECTOR, OFFICE, People
from tests.support.walking import a_paper, said, to_do

RETURNED = "目标没有写到可以核对，请写明数量"


@dataclass(frozen=True)
class Item:
    """What a unit writes into its plan."""

    writer: str
    title: str
    goal: str
    measure: str
    duty: str = ""


@dataclass(frozen=True)
class Planning:
    """A call for plans of one jurisdiction, on one day."""

    office: str
    title: str
    day: str
    due: str
    items: dict[str, Item]


ITEMS = {
    "省质监局": Item(
        DEPARTMENTS["省质监局"],
        "开展重点工业产品监督抽查",
        "全年抽查不少于1200批次",
        "按季制定抽查方案，公布结果并做好后处理",
        "产品质量监督抽查",
    ),
    "省农牧厅": Item(
        DEPARTMENTS["省农牧厅"],
        "创建农业标准化示范基地",
        "提高农产品质量",
        "新建示范基地，开展培训和检测",
        "农业标准化示范基地",
    ),
    "省教育厅": Item(
        DEPARTMENTS["省教育厅"],
        "开展质量知识进校园活动",
        "覆盖全省80所中小学",
        "编写读本，组织质量教育公开课",
        "质量知识普及与人才培养",
    ),
    "兰州市政府": Item(CITY_OFFICE, "建设质量强市示范区", "建成示范区1个", "制定方案，分季推进"),
}
PROVINCE = Planning(OFFICE, "2012年度工作计划", "2012-02-06", "2012-02-24", ITEMS)


def office_calls(people: People, planning: Planning = PROVINCE) -> None:
    page = people(planning.office)
    page.goto("/requests/new/")
    page.get_by_role("link", name="年度计划征集").click()
    people.look(page, "call form")
    page.get_by_label("标题").fill(planning.title)
    page.get_by_label("报送期限").fill(planning.due)
    page.get_by_label("下面勾选的单位").check()
    for unit in planning.items:
        page.get_by_label(unit, exact=True).check()
    page.get_by_role("button", name="保存草稿").click()
    people.look(page, "call draft")
    page.get_by_role("button", name="发出").click()
    said(page, "发出")
    people.look(page, "call issued")


def unit_writes(people: People, unit: str, planning: Planning = PROVINCE) -> None:
    """One item, served by a duty; signed on paper within the unit, and handed in."""
    item = planning.items[unit]
    page = people(item.writer)
    to_do(page, planning.title).get_by_role("button", name="报送").click()
    people.look(page, "request")
    page.get_by_role("link", name="计划事项").click()
    people.look(page, "plan start")
    page.get_by_role("button", name="开始编写").click()
    page.get_by_role("link", name="新增事项").click()
    people.look(page, "plan item form")
    page.get_by_label("工作事项").fill(item.title)
    page.get_by_label("板块").select_option(index=1)
    page.get_by_label("目标", exact=False).first.fill(item.goal)
    page.get_by_label("措施").fill(item.measure)
    page.get_by_label("完成时限").fill("2012-11-30")
    page.get_by_label("牵头单位").select_option(label=unit)
    if item.duty:
        page.get_by_label(item.duty).check()
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main")).to_contain_text(item.title)
    people.look(page, "plan")
    to_do(page, planning.title).get_by_role("button").first.click()
    page.get_by_label("审签人").fill("分管负责人（演示）")
    page.get_by_label("审签日期").fill(planning.day)
    page.get_by_label("审签件扫描").set_input_files(a_paper("审签件.txt", "演示数据 审签"))
    page.get_by_role("button", name="登记审签").click()
    page.get_by_role("button", name="报送", exact=True).click()
    said(page, "已报送")


def office_returns_one(people: People, unit: str) -> None:
    page = people(OFFICE)
    to_do(page, unit).filter(has_text="计划").get_by_role("button", name="审核").click()
    people.look(page, "request to review")
    page.get_by_role("link", name="计划事项").click()
    page.get_by_role("link", name="审核", exact=True).click()
    people.look(page, "plan review")
    page.get_by_label("要修改的写在这里").first.fill(RETURNED)
    page.get_by_role("button", name="退回修改").click()
    said(page, "已退回")


def unit_corrects(people: People, unit: str) -> None:
    page = people(DEPARTMENTS[unit])
    to_do(page, PROVINCE.title).get_by_role("button", name="补正").click()
    expect(page.locator("main")).to_contain_text(RETURNED)
    people.look(page, "request returned")
    page.get_by_role("link", name="计划事项").click()
    page.get_by_role("link", name=ITEMS[unit].title).first.click()
    page.get_by_role("link", name="修改").click()
    page.get_by_label("目标", exact=False).first.fill("新建省级农业标准化示范基地12个")
    page.get_by_role("button", name="保存", exact=True).click()
    page.goto("/requests/mine/")
    page.get_by_role("link", name=PROVINCE.title).click()
    page.get_by_role("button", name="报送", exact=True).click()
    said(page, "已报送")


def office_accepts(people: People, unit: str, planning: Planning = PROVINCE) -> None:
    page = people(planning.office)
    to_do(page, unit).filter(has_text="计划").get_by_role("button", name="审核").click()
    page.get_by_role("link", name="计划事项").click()
    page.get_by_role("link", name="审核", exact=True).click()
    page.get_by_role("button", name="接收").click()
    said(page, "接收")


def office_consolidates(people: People, planning: Planning = PROVINCE) -> None:
    page = people(planning.office)
    page.goto("/work/plans/")
    people.look(page, "plans")
    page.get_by_role("button", name="汇总为总计划").click()
    people.look(page, "plan pool")
    page.get_by_role("button", name="全部取入").click()
    page.get_by_role("link", name="查看总计划").click()
    own = [item for item in planning.items.values() if item.writer != CITY_OFFICE]  # a city's stays its own
    for item in own:
        expect(page.locator("main")).to_contain_text(item.title)
    page.get_by_role("button", name="报领导小组审定").click()
    people.look(page, "whole plan presented")


def office_records_the_approval(people: People, planning: Planning = PROVINCE) -> None:
    page = people(planning.office)
    page.get_by_role("link", name="登记审定").click()
    people.look(page, "approval form")
    page.get_by_label("审定人").fill("领导小组组长（演示）")
    page.get_by_label("审定日期").fill(planning.day)
    page.get_by_label("审定意见").fill("同意，请抓紧印发（演示）")
    page.get_by_role("button", name="登记审定").click()
    expect(page.locator("main")).to_contain_text("同意，请抓紧印发")
    page.get_by_role("button", name="起草印发通知").click()
    said(page, "已起草")


@dataclass(frozen=True)
class Head:
    """The printed head of an office's papers, as its director registers it."""

    director: str
    unit: str
    printed: str
    code: str

    @property
    def number(self) -> str:
        return f"{self.code}〔2012〕"


PROVINCE_HEAD = Head(DIRECTOR, "省推进质量振兴工作领导小组办公室", "甘肃省质量振兴领导小组办公室", "甘质振办")


def director_registers_the_issuer(people: People, head: Head = PROVINCE_HEAD) -> None:
    page = people(head.director)
    page.goto("/papers/issuers/new/")
    people.look(page, "issuer form")
    page.get_by_label("单位").select_option(label=head.unit)
    page.get_by_label("名称").fill(head.printed)
    page.get_by_label("机关代字").fill(head.code)
    page.locator(".form-actions .btn--primary").click()
    said(page, "已")


def office_issues_the_plan(people: People, planning: Planning = PROVINCE, head: Head = PROVINCE_HEAD) -> None:
    """The draft is opened from the approved plan's page."""
    page = people(planning.office)
    draft = page.locator("main").get_by_role("link", name="关于印发").first
    words = draft.inner_text()
    draft.click()
    page.get_by_role("link", name="修改", exact=True).click()
    people.look(page, "paper form")
    page.get_by_role("button", name="保存").first.click()
    papers.issue(people, "plan", words, office=planning.office, number=head.number)


def unit_receives(people: People, unit: str) -> None:
    papers.receive(people, DEPARTMENTS[unit], "工作计划")
