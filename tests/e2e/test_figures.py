"""Figures from hand to hand: a county enters by workbook and mends the one cell its prefecture returns, the prefecture
pastes its own, the province takes them in, locks, and corrects one; series and tile diagram show it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect
from tests.e2e.year.people import CITY_OFFICE, DIRECTOR, OFFICE, People
from tests.support.product import Product
from tests.support.walking import folded, looked_at, said, to_do

from zhize.kit.pack_sheet import TABLE

CALL, COUNTY_CALL = "2012年上半年产品质量数据", "各县区上半年抽查数据"
COUNTY = "yz-office"
BATCHES, PASSED = "产品质量监督抽查批次", "产品质量监督抽查合格批次"
BLOCK = "１,２００批\t1,240\r\n1,150\t—\r\n"
PASTE = """(input, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


DAY = "2012-07-02"


def test_figures_go_up_are_returned_mended_taken_in_locked_and_corrected_again(
    people: People, own_product: Product, tmp_path: Path
) -> None:
    own_product.command(
        "django-admin", "shell", "-c",
        f"from tests.support.county_call import ask; ask('{COUNTY_CALL}', '2012年第一季度', '2012年第二季度')",
    )  # fmt: skip
    office_asks(people)
    county_enters_by_workbook(people, tmp_path)
    prefecture_returns_one_cell_and_takes_in_what_was_mended(people)
    prefecture_pastes(people)
    office_returns_one_cell(people)
    prefecture_corrects(people)
    office_takes_them_in(people)
    director_locks_and_corrects(people)
    everybody_sees_what_it_was(people)


def office_asks(people: People) -> None:
    page = people(OFFICE)
    page.goto("/metrics/figures/collect/")
    page.get_by_label("标题").fill(CALL)
    page.get_by_label("填报期间").fill("2012年第一季度、2012年第二季度")
    page.get_by_label("报送期限").fill("2012-07-10")
    for card in (BATCHES, PASSED):
        page.get_by_role("checkbox", name=card).first.check()
    for box in page.get_by_role("group", name="征集对象").get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("group", name="征集对象").get_by_role("checkbox", name="兰州市").first.check()
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="发出").click()
    said(page, "发出")


def the_grid(page: Page, call: str = CALL) -> None:
    to_do(page, call).get_by_role("button").first.click()
    page.locator("main").get_by_role("link", name="指标数据").click()


def cells(page: Page) -> list[str]:
    return [one.input_value() for one in page.locator("input[data-grid]").all()]


def county_enters_by_workbook(people: People, folder: Path) -> None:
    page = people(COUNTY)
    to_do(page, COUNTY_CALL).get_by_role("button").first.click()
    part = folded(page, "用 Excel 表填报")
    with page.expect_download() as sent:
        part.get_by_role("link", name="导出填报表").click()
    file = folder / "county.xlsx"
    sent.value.save_as(file)
    book = openpyxl.load_workbook(file)
    for place, value in {"C6": 40, "E6": 42, "C7": 38, "E7": 25}.items():
        book[TABLE][place].value = value
    book.save(file)
    part.get_by_label("填好的表").set_input_files(file)
    part.get_by_role("button", name="上传填好的表").click()
    said(page, "已按表填入")
    page.locator("main").get_by_role("link", name="指标数据").click()
    assert cells(page) == ["40", "42", "38", "25"]
    page.get_by_role("button", name="报送", exact=True).click()
    said(page, "已报送")


def prefecture_returns_one_cell_and_takes_in_what_was_mended(people: People) -> None:
    office, county = people(CITY_OFFICE), people(COUNTY)
    the_grid(office, COUNTY_CALL)
    office.get_by_label(f"{PASSED} 2012年第二季度 退回意见").fill("与县质监局台账相差 13 批（演示）")
    office.get_by_role("button", name="退回补正").click()
    said(office, "已退回")
    the_grid(county, COUNTY_CALL)
    expect(county.locator("main")).to_contain_text("相差 13 批")
    county.get_by_label(f"{PASSED} 2012年第二季度", exact=True).fill("38")
    county.get_by_role("button", name="报送", exact=True).click()
    said(county, "已报送")
    the_grid(office, COUNTY_CALL)
    office.get_by_role("button", name="接收入库").click()
    said(office, "已接收")


def prefecture_pastes(people: People) -> None:
    """Four cells at once, one of them no figure; the arrows move, Enter sends nothing; what is wrong is marked."""
    page = people(CITY_OFFICE)
    the_grid(page)
    first = page.locator("input[data-grid]").first
    first.evaluate(PASTE, BLOCK)
    assert cells(page) == ["1200", "1240", "1150", ""]
    expect(page.locator("[data-grid-note]")).to_contain_text("已贴入 3 个数")
    looked_at(page)
    page.get_by_role("button", name="撤销粘贴").click()
    assert cells(page) == ["", "", "", ""]
    first.evaluate(PASTE, "1,200\t约一千\t7\n1,150\t1,100\n")
    expect(page.locator("[data-grid-note]")).to_contain_text("有 1 个数超出表格")
    expect(page.locator("input[aria-invalid=true]")).to_have_value("约一千")
    first.press("ArrowRight")
    expect(page.locator("input[data-grid]").nth(1)).to_be_focused()
    page.keyboard.type("1240")
    page.keyboard.press("Enter")
    expect(page.locator("input[data-grid]").nth(3)).to_be_focused()
    page.get_by_role("button", name="报送", exact=True).click()
    said(page, "已报送")


def office_returns_one_cell(people: People) -> None:
    page = people(OFFICE)
    the_grid(page)
    page.get_by_label(f"{PASSED} 2012年第二季度 退回意见").fill("与省质监局台账相差 20 批（演示）")
    page.get_by_role("button", name="退回补正").click()
    said(page, "已退回")


def prefecture_corrects(people: People) -> None:
    page = people(CITY_OFFICE, width=375)
    the_grid(page)
    expect(page.locator("main")).to_contain_text("相差 20 批")
    looked_at(page)
    page.get_by_label(f"{PASSED} 2012年第二季度", exact=True).fill("1120")
    page.get_by_role("button", name="报送", exact=True).click()
    said(page, "已报送")


def office_takes_them_in(people: People) -> None:
    page = people(OFFICE)
    the_grid(page)
    expect(page.locator("main")).to_contain_text("1,120")
    page.get_by_role("button", name="接收入库").click()
    said(page, "已接收")


def director_locks_and_corrects(people: People) -> None:
    page = people(DIRECTOR)
    page.goto("/metrics/figures/")
    part = folded(page, "取数和锁定")
    part.get_by_label("期间").last.fill("2012年第二季度")
    part.get_by_role("button", name="锁定").click()
    said(page, "已锁定")
    page.goto("/metrics/cards/")
    page.get_by_role("link", name=PASSED, exact=True).click()
    page.get_by_role("row", name="兰州市").get_by_role("link", name="1,120 批").click()
    part = folded(page, "更正这个数")
    part.get_by_label("更正后的数").fill("1118")
    part.get_by_label("更正理由").fill("两批重复计数（演示）")
    part.get_by_label("更正依据").fill("甘质振办〔2012〕9号（演示）")
    part.get_by_role("button", name="更正").click()
    said(page, "已更正")
    expect(page.locator("main")).to_contain_text("1,120 批 → 1,118 批")


def everybody_sees_what_it_was(people: People) -> None:
    page = people(OFFICE)
    page.goto("/metrics/cards/")
    page.get_by_role("link", name=PASSED, exact=True).click()
    page.get_by_role("link", name="兰州市").first.click()
    row = page.get_by_role("row", name="2012年第二季度")
    expect(row).to_contain_text("1,118")
    expect(row).to_contain_text("改过")
    looked_at(page)
    page.goto("/metrics/cards/")
    page.get_by_role("link", name=PASSED, exact=True).click()
    page.goto(f"{page.url}regions/")
    expect(page.locator("main")).to_contain_text("1,118")
    looked_at(page)
