"""A conference from its topics to signed minutes, whose decision is a task done before the next one, whose report tells of it."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.e2e.year import papers, plan
from tests.e2e.year.handing import its_page, takes
from tests.e2e.year.people import DEPARTMENTS, OFFICE, People
from tests.support.product import Product
from tests.support.walking import a_paper, folded, said, to_do

UNIT, OTHER = "省质监局", "省教育厅"
FIRST, SECOND = "2012年质量振兴联席会议", "2012年年终联席会议"
TOPIC, DECIDED = "建材市场整治", "开展建材质量专项整治"


DAY = "2012-05-21"


def test_from_topics_to_the_next_conferences_report(people: People, own_product: Product) -> None:
    plan.director_registers_the_issuer(people)
    address = registered(people, FIRST, "2012-06-20")
    topics_called(people, address)
    called(people, address)
    units_answer(people, address)
    own_product.on("2012-06-20")
    held(people, address)
    minuted(people, address)
    takes(people(DEPARTMENTS[UNIT]), DECIDED)
    own_product.on("2012-09-25")
    done(people)
    own_product.on("2012-12-10")
    reported(people, registered(people, SECOND, "2012-12-20"))


def registered(people: People, title: str, day: str) -> str:
    page = people(OFFICE)
    page.goto("/work/conferences/")
    page.get_by_role("link", name="登记会议").click()
    page.get_by_label("会议名称").fill(title)
    page.get_by_label("会期").fill(day)
    for unit in (UNIT, OTHER):
        page.get_by_label(unit, exact=True).check()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    return page.url


def topics_called(people: People, address: str) -> None:
    """征集议题 goes to the units of the conference; one proposes, and the office puts it on the agenda."""
    page = people(OFFICE)
    page.goto(address)
    page.get_by_role("link", name="征集议题").click()
    page.get_by_label("下面勾选的单位").check()
    page.get_by_label(UNIT, exact=True).check()
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="发出").click()
    said(page, "发出")
    unit = people(DEPARTMENTS[UNIT])
    to_do(unit, "议题征集").get_by_role("button").first.click()
    unit.get_by_label("议题（一行一个）").fill(TOPIC)
    unit.get_by_role("button", name="报送", exact=True).click()
    said(unit, "已报送")
    page.goto(address)
    page.get_by_role("button", name=f"列入议程 {TOPIC}").click()
    expect(page.get_by_role("table", name="会议议题")).to_contain_text("列入议程")


def called(people: People, address: str) -> None:
    page = people(OFFICE)
    page.goto(address)
    expect(page.locator("main")).to_contain_text(f"1. {TOPIC}")
    part = folded(page, "布置会议材料")
    part.get_by_label("材料", exact=False).first.fill("2012-06-15")
    part.get_by_label(UNIT, exact=True).check()
    part.get_by_role("button", name="布置", exact=True).click()
    expect(page.locator("main")).to_contain_text("未交材料 1 个单位")
    page.get_by_role("button", name="发出会议通知", exact=True).click()
    said(page, "通知")
    people.look(page, "conference called")


def units_answer(people: People, address: str) -> None:
    """One comes and hands in its paper; the other asks for leave, which the office grants."""
    page = people(DEPARTMENTS[UNIT])
    page.goto(address)
    _answers(page, "参会", "局长（演示）")
    part = folded(page, "提交会议材料")
    part.locator("input[type=file]").set_input_files(a_paper("发言材料.txt", "演示数据 发言"))
    part.get_by_role("button", name="提交", exact=True).click()
    other = people(DEPARTMENTS[OTHER])
    other.goto(address)
    _answers(other, "请假", "", "与全国会议时间冲突")
    office = people(OFFICE)
    office.goto(address)
    expect(office.locator("main")).not_to_contain_text("未交材料")
    office.get_by_role("button", name=f"同意 {OTHER}", exact=True).click()
    expect(office.get_by_role("table", name="参会单位")).to_contain_text("同意")


def _answers(page: Page, reply: str, attendee: str, note: str = "") -> None:
    page.get_by_role("radio", name=reply, exact=True).check()
    page.get_by_label("参会人").fill(attendee)
    page.get_by_label("说明").fill(note)
    page.get_by_role("button", name="回执").click()
    said(page, "回执")


def held(people: People, address: str) -> None:
    page = people(OFFICE)
    page.goto(address)
    page.get_by_role("link", name="登记召开").click()
    page.get_by_role("button", name="登记召开", exact=True).click()
    said(page, "召开")
    part = page.locator("details", has=page.locator("summary", has_text="记录一项决定")).last
    part.get_by_label("决定事项").fill(DECIDED)
    part.get_by_label("牵头单位").select_option(label=UNIT)
    part.get_by_label("完成期限").fill("2012-09-30")
    part.get_by_role("button", name="记录", exact=True).click()
    page.get_by_role("button", name="转为任务", exact=True).click()
    expect(page.get_by_role("table", name="会议决定")).to_contain_text("待承办确认")


def minuted(people: People, address: str) -> None:
    """Drafted, checked, signed as on the slip, numbered, sent; the conference is minuted then."""
    page = people(OFFICE)
    page.goto(address)
    page.get_by_role("button", name="起草纪要", exact=True).click()
    expect(page.locator("main")).to_contain_text(DECIDED)
    papers.issue(people, "minutes", "纪要", number="第1期")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("已印发纪要")


def done(people: People) -> None:
    unit = people(DEPARTMENTS[UNIT])
    its_page(unit, DECIDED)
    unit.get_by_label("进展情况").fill("检查建材企业120家，查处12起，全部整改")
    unit.get_by_label("进度（%）").fill("100")
    unit.get_by_label("佐证材料").set_input_files(a_paper("整治总结.txt", "演示数据 整治总结"))
    unit.get_by_role("button", name="申请办结").click()
    said(unit, "办结")
    office = people(OFFICE)
    to_do(office, DECIDED).get_by_role("button").first.click()
    office.get_by_role("button", name="办结销号").click()
    said(office, "办结")


def reported(people: People, address: str) -> None:
    """Preparing the next one the office sees what became of the decision; the situation report says it in figures."""
    page = people(OFFICE)
    page.goto(address)
    became = page.get_by_role("table", name="上次会议决定的落实情况")
    expect(became).to_contain_text(DECIDED)
    expect(became).to_contain_text("已办结销号")
    people.look(page, "next conference")
    page.get_by_role("button", name="起草质量状况分析报告").click()
    expect(page.locator("main")).to_contain_text("决定事项1项，转为任务后已落实1项，未落实0项。")
