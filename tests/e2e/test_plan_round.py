"""A round of plans: called for, answered by five units each in its own way, made one, commented on, approved on paper, issued
through the government's office, become tasks, and amended."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from tests.e2e.year import papers, plan
from tests.e2e.year.handing import its_page, takes
from tests.e2e.year.people import DEPARTMENTS, OFFICE, People
from tests.e2e.year.plan_ways import (
    BASES,
    BROWSER,
    CALL,
    COURSES,
    PACK,
    PLANNING,
    POLICY,
    READER,
    SAME,
    SAMPLING,
    TWO,
    own_plan_is_split,
    scan,
    workbook_comes_back,
)
from tests.support.plan_acts import play
from tests.support.product import Product
from tests.support.walking import folded, said, to_do

DAY = "2012-02-06"
ROUND = "对工作计划征求意见"
MERGED = "落实扶持名优企业的产业政策和措施"
NUMBER, LATER = "甘政办发〔2012〕36号", "甘政办发〔2012〕88号"


def test_five_units_one_plan_its_tasks_and_its_next_version(
    people: People, own_product: Product, tmp_path: Path
) -> None:
    plan.office_calls(people, PLANNING)
    plan.unit_writes(people, BROWSER, PLANNING)
    own_plan_is_split(people)
    workbook_comes_back(people, tmp_path)
    play(own_product, "hand_in", CALL, f"gs-fgw={POLICY}", f"gs-gxw={SAME}")
    one_is_returned_and_corrected(people)
    assert play(own_product, "accept", CALL) == "5"
    own_product.on("2012-02-27")
    address = consolidated(people)
    commented(people, own_product, address)
    own_product.on("2012-03-05")
    approved(people, address)
    issued_by_the_governments_office(people, address, NUMBER)
    became_tasks(people)
    own_product.on("2012-07-02")
    amended(people, address)


def one_is_returned_and_corrected(people: People) -> None:
    """What came by mail goes back with a comment on the item; the unit mends it in the browser."""
    plan.office_returns_one(people, PACK)
    plan.unit_corrects(people, PACK)


def consolidated(people: People) -> str:
    """Taken in; what two units wrote of one matter merged and rewritten; put in order; what duties lack is told."""
    page = people(OFFICE)
    page.goto("/work/plans/")
    page.get_by_role("button", name="汇总为总计划").click()
    page.get_by_role("button", name="全部取入").click()
    said(page, "已取入 5 项")
    people.look(page, "plan pool with a pair")
    pair = page.locator("li.pair", has_text=SAME)
    expect(pair).to_contain_text(POLICY)
    pair.get_by_role("button", name="合并").click()
    expect(page.locator("main")).to_contain_text("省工信委")
    page.get_by_label("工作事项").fill(MERGED)
    page.get_by_label("目标", exact=False).first.fill("出台政策措施清单，年底兑现率100%。")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="调整次序").click()
    page.get_by_label(MERGED).fill("1")
    page.get_by_role("button", name="保存次序").click()
    said(page, "次序已调整")
    address = page.url
    expect(page.locator("tbody tr").first).to_contain_text(MERGED)
    expect(page.locator("main")).to_contain_text("项职责没有事项对应")
    people.look(page, "whole plan ordered")
    page.get_by_role("link", name=MERGED).first.click()
    expect(page.get_by_role("table", name="来自各单位的事项").locator("tbody tr")).to_have_count(2)
    return address


def commented(people: People, product: Product, address: str) -> None:
    """征求意见: one proposes, the rest have none; each proposal is answered, and the draft follows."""
    page = people(OFFICE)
    page.goto(address)
    page.get_by_role("link", name="征求意见").click()
    page.get_by_label("标题").fill(ROUND)
    page.get_by_label("报送期限").fill("2012-03-02")
    page.get_by_label("下面勾选的单位").check()
    for unit in (BROWSER, PACK, READER):
        page.get_by_label(unit, exact=True).check()
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="发出").click()
    said(page, "发出")
    unit = people(DEPARTMENTS[BROWSER])
    to_do(unit, ROUND).get_by_role("button").first.click()
    people.look(unit, "draft plan to comment on")
    unit.get_by_role("link", name="写修改意见").click()
    unit.get_by_label("条款或段落").fill(SAMPLING)
    unit.get_by_label("修改意见").first.fill("完成时限改为2012年12月10日")
    unit.get_by_role("button", name="报送", exact=True).click()
    said(unit, "已报送")
    assert play(product, "no_comment", ROUND) == "2"
    page.goto(address)
    page.get_by_role("link", name=ROUND).click()
    page.get_by_role("link", name="意见采纳情况表").click()
    people.look(page, "adoption of comments")
    page.locator("tbody input[type=checkbox]").first.check()
    page.get_by_label("采纳", exact=True).check()
    page.get_by_role("button", name="答复所选").last.click()
    said(page, "已答复 1 条")
    with page.expect_download() as caught:
        page.get_by_role("link", name="导出 Word").click()
    assert caught.value.path().stat().st_size > 4000
    page.get_by_role("link", name=ROUND).first.click()
    folded(page, "结束或取消")
    page.get_by_role("button", name="结束征集").click()
    page.goto(address)
    page.get_by_role("link", name=SAMPLING).first.click()
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_label("完成时限").fill("2012-12-10")
    page.get_by_role("button", name="保存", exact=True).click()


def approved(people: People, address: str, on: str = "2012-03-05") -> None:
    page = people(OFFICE)
    page.goto(address)
    page.get_by_role("button", name="报领导小组审定").click()
    page.get_by_role("link", name="登记审定").click()
    page.get_by_label("审定人").fill("领导小组组长（演示）")
    page.get_by_label("审定日期").fill(on)
    page.get_by_label("审定意见").fill("同意，由政府办公厅印发（演示）")
    page.get_by_label("批示件扫描").set_input_files(scan("批示件.pdf"))
    page.get_by_role("button", name="登记审定").click()
    expect(page.locator("main")).to_contain_text("同意，由政府办公厅印发")
    people.look(page, "whole plan approved")


def issued_by_the_governments_office(
    people: People, address: str, number: str, on: str = "2012-03-05"
) -> None:
    """Drafted here; numbered, sealed and sent there; its number and final paper registered here."""
    page = people(OFFICE)
    page.goto(address)
    page.get_by_role("button", name="起草印发通知").click()
    page.locator("main").get_by_role("link", name="关于印发").first.click()
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_label("发文主体").select_option(label="甘肃省人民政府办公厅")
    page.get_by_role("button", name="保存").last.click()
    page.get_by_role("button", name="核稿通过").click()
    said(page, "已核稿")
    page.get_by_label("对方文号").fill(number)
    page.get_by_label("签发人").fill("秘书长（演示）")
    page.get_by_label("签发日期").fill(on)
    page.locator("input[type=file]").last.set_input_files(scan("正式文件.pdf"))
    page.get_by_role("button", name="登记", exact=True).click()
    said(page, f"已登记文号 {number}")
    page.get_by_role("button", name="印发", exact=True).click()
    said(page, "已印发")
    people.look(page, "plan issued by the government's office")


def became_tasks(people: People) -> None:
    """Every item is a task of its lead unit by its date; the units have the paper and the task on their desks."""
    page = people(OFFICE)
    page.goto("/work/tasks/")
    expect(page.locator("tbody tr")).to_have_count(4)
    for title, *told in (
        (MERGED, TWO[0], "2012-09-30"),
        (SAMPLING, BROWSER, "2012-12-10"),
        (COURSES, READER, "2012-09-30"),
        (BASES, PACK, "2012-10-31"),
    ):
        for words in told:
            expect(page.locator("tbody tr", has_text=title)).to_contain_text(words)
    papers.receive(people, DEPARTMENTS[PACK], "工作计划")
    page = people(DEPARTMENTS[PACK])
    takes(page, BASES)
    expect(page.locator("main")).to_contain_text("新建省级农业标准化示范基地12个")
    expect(page.locator("main")).to_contain_text("2012年10月31日")


def amended(people: People, address: str) -> None:
    page = people(OFFICE)
    page.goto(address)
    people.look(page, "issued plan")
    part = folded(page, "修订计划")
    part.get_by_label("理由").fill("半年会商：抽查推迟（演示）")
    part.get_by_role("button", name="修订计划").click()
    new = page.url
    page.get_by_role("link", name=SAMPLING).first.click()
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_label("完成时限").fill("2012-12-20")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="与上一版或上年计划对照").click()
    expect(page.locator("main")).to_contain_text("改动 1 项")
    people.look(page, "versions compared")
    approved(people, new, "2012-07-02")
    issued_by_the_governments_office(people, new, LATER, "2012-07-02")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("已被修订后的计划替代")
    unit = people(DEPARTMENTS[BROWSER])
    its_page(unit, SAMPLING)
    expect(unit.locator("main")).to_contain_text("2012年12月20日")
    expect(unit.locator("main")).to_contain_text(LATER)
