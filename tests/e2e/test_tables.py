"""Tables in and out: units from an Excel template with an error put right, rows to Excel, a saved view."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter
from playwright.sync_api import FilePayload, Page, expect
from python_calamine import CalamineWorkbook
from tests.e2e.conftest import Doors
from tests.support.walking import looked_at, said

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = 2  # rows above the head of a template: the note, the examples


def rows_of(path: str | Path) -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def filled(template: list[list[object]], name: str, **values: str) -> FilePayload:
    """The template as it came, with one row filled below its head."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, line in enumerate(template[: HEAD + 1]):
        sheet.write_row(at, 0, [str(cell) for cell in line])
    heads = [str(cell).strip("*＊ ") for cell in template[HEAD]]
    for column, value in values.items():
        sheet.write_string(
            HEAD + 1, next(i for i, head in enumerate(heads) if head.startswith(column)), value
        )
    book.close()
    return {"name": name, "mimeType": XLSX, "buffer": out.getvalue()}


def downloaded(page: Page, words: str) -> list[list[object]]:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=words).first.click()
    return rows_of(waiting.value.path())


def test_a_unit_comes_in_from_the_excel_template_after_one_error_is_put_right(doors: Doors) -> None:
    page = doors.enter("gs-sysadmin")
    page.goto("/directory/units/")
    page.get_by_role("link", name="导入", exact=True).click()
    looked_at(page)
    template = downloaded(page, "下载模板")
    unit = {
        "代码": "gs-walked",
        "名称": "省演示局",
        "地区": "甘肃省",
        "类别": "不存在的类别",
        "管理体制": "地方管理",
    }
    page.get_by_label("表格文件").set_input_files(filled(template, "单位.xlsx", **unit))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("main")).to_contain_text("1 行有错误", timeout=15_000)  # the worker has read it
    page.get_by_role("link", name="有错误").or_(page.get_by_role("link", name="错误")).first.click()
    expect(page.locator(".field-error").first).to_contain_text("类别")
    looked_at(page)
    page.get_by_role("link", name="导入单位").click()
    unit |= {"类别": "政府部门"}
    page.get_by_label("表格文件").set_input_files(filled(template, "单位（改正）.xlsx", **unit))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator(".page-number")).to_contain_text("1", timeout=15_000)
    looked_at(page)
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator("main")).to_contain_text("新增 1", timeout=15_000)
    page.goto("/directory/units/?q=%E7%9C%81%E6%BC%94%E7%A4%BA%E5%B1%80")
    expect(page.locator("tbody")).to_contain_text("省演示局")


def test_a_list_goes_to_excel_as_it_is_filtered_and_a_view_of_it_is_kept(doors: Doors) -> None:
    page = doors.enter("gs-office")
    page.goto("/obligations/")
    page.get_by_role("search", name="筛选").get_by_label("状态").select_option(label="逾期")
    page.wait_for_url("**light=overdue**")
    overdue = int(page.locator(".page-number").inner_text().split("条")[0].strip())
    page.get_by_text("导出", exact=True).click()
    table = downloaded(page, "Excel 文件")
    assert [str(cell) for cell in table[0]][:3] == ["职责", "状态", "责任单位"]
    assert len(table) == overdue + 1
    assert {row[1] for row in table[1:]} == {"逾期"}

    page.get_by_text("常用视图").click()
    page.get_by_label("把当前条件存为视图").fill("逾期的事项")
    page.get_by_role("button", name="保存").click()
    said(page, "已保存视图")
    page.goto("/obligations/")
    page.get_by_text("常用视图").click()
    page.get_by_role("link", name="逾期的事项").click()
    page.wait_for_url("**light=overdue**")
    expect(page.locator(".page-number")).to_contain_text(str(overdue))
    looked_at(page)
    page.get_by_role("link", name="管理视图").click()
    looked_at(page)
    page.get_by_role("row").filter(has_text="逾期的事项").get_by_role("button", name="删除").click(
        no_wait_after=True
    )


def test_what_is_seldom_asked_is_folded_and_stays_open_while_it_is_asked(doors: Doors) -> None:
    page = doors.enter("gs-office")
    page.goto("/obligations/")
    expect(page.get_by_label("期限自")).to_be_hidden()
    page.get_by_text("更多条件").click()
    page.get_by_label("期限自").fill("2012年12月1日")
    page.get_by_label("期限自").press("Enter")
    page.wait_for_url("**due_on_from=**")
    expect(page.get_by_label("期限自")).to_be_visible()
    expect(page.get_by_label("期限自")).to_have_value("2012年12月1日")
    page.get_by_role("button", name="选日期").first.click()  # htmx brought the list: its calendars work again
    page.get_by_role("link", name="清除条件").click()
    expect(page.get_by_label("期限自")).to_be_hidden()
    page.locator("tbody a.row-link").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).not_to_have_text("履职事项")
