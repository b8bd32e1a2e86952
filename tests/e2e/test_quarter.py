"""A quarter of reports: twelve departments in the browser, seven by workbook, one sent back and mended, one that never answers."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Doors
from tests.support.product import CLOCK, Product
from tests.support.walking import looked_at, said, to_do

TITLE = "2012年第一季度质量振兴工作进展情况"
CITY_TITLE = "兰州市第一季度质量工作进展"
DUE, AFTER = "2012-04-20", "2012-04-25"
ON_LINE, BY_PACK = 12, 7
RETURNED = "请写明抽查批次和合格率"


def called(page: Page, title: str, who: str, *units: str) -> str:
    """A call from the template, checked, sent; gives its address."""
    page.goto("/requests/new/")
    page.get_by_role("link", name="工作进展情况").click()
    page.get_by_label("标题").fill(title)
    page.get_by_label("报送期限").fill(DUE)
    page.get_by_label(who).check()
    for unit in units:
        page.get_by_label(unit, exact=True).check()
    page.get_by_role("button", name="保存草稿").click()
    looked_at(page)
    page.get_by_role("button", name="发出").click()
    said(page, "发出")
    return page.url


def answered(page: Page, title: str, words: str) -> None:
    """From the inbox to the submission."""
    to_do(page, title).get_by_role("button").first.click()
    page.get_by_label("工作进展").first.fill(words)
    page.get_by_role("button", name="报送", exact=True).click()
    said(page, "已报送")


def filled(raw: bytes, words: str) -> bytes:
    """A workbook of a unit that does not sign in, filled in as Excel would."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    for row in book["填报表"].iter_rows(min_row=6):
        if str(row[0].value or "").startswith("工作进展"):
            row[1].value = words
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def members(page: Page, call: str) -> list[str]:
    page.goto(call)
    rows = page.locator("tbody tr", has=page.locator("input[name=units]"))
    return [cell.strip() for cell in rows.locator("th").all_inner_texts()]


def accounts(product: Product, names: list[str]) -> dict[str, str]:
    """The liaison's account of each unit, in the order of the list."""
    return dict(line.split("\t") for line in product.act("liaisons", *names).splitlines())


def test_twenty_one_departments_report_in_every_way_there_is(
    doors: Doors, product: Product, tmp_path: Path
) -> None:
    office = doors.enter("gs-office")
    office.on("dialog", lambda dialog: dialog.accept())
    call = called(office, TITLE, "全部成员单位")
    names = members(office, call)
    assert len(names) == ON_LINE + BY_PACK + 2
    people = accounts(product, names)
    on_line, by_pack = names[:ON_LINE], names[ON_LINE : ON_LINE + BY_PACK]
    mended, silent = names[-2:]
    for number, name in enumerate([*on_line, mended]):
        # Every fourth one reports from a phone.
        page = doors.enter(people[name], width=375 if number % 4 == 3 else 1440)
        answered(page, TITLE, f"{name}本季度各项工作按计划推进。")
        if number in (0, 3):
            looked_at(page)

    office.goto(call)
    office.get_by_role("link", name="报送包").click()
    looked_at(office)
    with office.expect_download() as caught:
        office.get_by_role("link", name="导出 8 份（zip）").click()
    returned = tmp_path / "收回.zip"
    with zipfile.ZipFile(caught.value.path()) as out, zipfile.ZipFile(returned, "w") as back:
        for entry in out.namelist():
            name = entry.split("-")[1]
            if name in by_pack:
                back.writestr(f"改了名-{entry}", filled(out.read(entry), f"{name}线下填报：工作按计划推进。"))
    office.locator("input[type=file]").set_input_files(returned)
    office.get_by_role("button", name="读取").click()
    expect(office.get_by_role("button", name=f"收取 {BY_PACK} 份")).to_be_visible()
    looked_at(office)
    office.get_by_role("button", name=f"收取 {BY_PACK} 份").click()
    expect(office.locator("tbody tr", has_text="已收取")).to_have_count(BY_PACK)
    office.goto(call)
    expect(office.locator("main")).to_contain_text(re.compile(r"20\s*/ 21 个单位已报送"))

    to_do(office, mended).filter(has_text=TITLE).get_by_role("button", name="审核").click()
    office.get_by_label("对此项的意见").first.fill(RETURNED)
    looked_at(office)
    office.get_by_role("button", name="退回补正").click()
    said(office, "已退回")
    unit = doors.enter(people[mended])
    to_do(unit, TITLE).get_by_role("button", name="补正").click()
    expect(unit.locator("main")).to_contain_text(RETURNED)
    looked_at(unit)
    unit.get_by_label("工作进展").first.fill("抽查 320 批次，合格率 96.3%。")
    unit.get_by_role("button", name="报送", exact=True).click()
    said(unit, "已报送")
    to_do(office, mended).filter(has_text=TITLE).get_by_role("button", name="审核").click()
    office.get_by_role("button", name="接收").click()
    said(office, "已接收")

    product.on(AFTER)
    office.goto(call)
    missing = office.locator("#missing-text")
    expect(missing).to_have_value(re.compile(re.escape(silent)))
    office.get_by_role("button", name="一键催报 1 个单位").click()
    said(office, "已催报")
    expect(office.locator("tbody tr", has_text=silent)).to_contain_text("逾期未报")
    expect(office.locator("tbody tr", has_text=silent)).to_contain_text("1 次")
    looked_at(office)
    late = doors.enter(people[silent], width=375)
    expect(to_do(late, TITLE)).to_contain_text("逾期")
    looked_at(late)
    office.get_by_role("link", name="汇总表").click()
    office.get_by_role("link", name="全部已报送").click()
    table = office.locator("main")
    for name in (*on_line[:2], *by_pack[:2]):
        expect(table).to_contain_text(name)
    expect(table).to_contain_text("线下填报")
    expect(table).to_contain_text("抽查 320 批次")
    looked_at(office)
    product.on(CLOCK)


def test_a_prefecture_asks_its_own_and_a_county_of_two_has_nothing_to_report(
    doors: Doors, product: Product
) -> None:
    office = doors.enter("lz-office")
    office.on("dialog", lambda dialog: dialog.accept())
    product.act("city_year")
    call = called(office, CITY_TITLE, "下面勾选的单位", "榆中县政府")
    assert accounts(product, ["榆中县政府"]), "somebody of the county answers"
    county = doors.enter(accounts(product, ["榆中县政府"])["榆中县政府"], width=375)
    to_do(county, CITY_TITLE).get_by_role("button").first.click()
    looked_at(county)
    county.get_by_label("零报告").check()
    county.get_by_role("button", name="报送", exact=True).click()
    said(county, "已报送")
    office.goto(call)
    expect(office.locator("main")).to_contain_text(re.compile(r"1\s*/ 1 个单位已报送"))
    province = doors.enter("gs-office")
    province.goto("/requests/")
    expect(province.locator("main")).not_to_contain_text(CITY_TITLE)
