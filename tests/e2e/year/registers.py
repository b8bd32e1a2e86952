"""Step 6: a department's own register: an entry by hand, another system's export, the page of an enterprise.
Step 7: the half-year summary, filled from what the department has done."""

from __future__ import annotations

import io
import re

import xlsxwriter
from playwright.sync_api import FilePayload, expect
from tests.e2e.year.people import DEPARTMENTS, OFFICE, People
from tests.support.walking import a_paper, said, to_do

UNIT, PUPIL = "省质监局", "省农牧厅"
FIRM = "演示乳品有限公司"
SUMMARY = "2012年上半年质量振兴工作总结"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_of_another_system() -> FilePayload:
    """Heads as that system has them: one of them (评价) nobody could know."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["检验报告编号", "受检企业", "抽样日期", "产品名称", "评价"])
        for n in range(1, 13):
            verdict = "不合格" if n == 5 else "合格"
            sheet.write_row(
                n, 0, [f"YS-2012-{n:03}", f"演示食品{n % 4}厂", f"2012-05-{n:02}", "灭菌乳", verdict]
            )
    return {"name": "检验系统导出.xlsx", "mimeType": XLSX, "buffer": out.getvalue()}


def unit_enters_one(people: People) -> None:
    page = people(DEPARTMENTS[UNIT])
    page.goto("/registers/sampling/")
    people.look(page, "register, empty")
    page.get_by_role("link", name="登记", exact=True).click()
    people.look(page, "record form")
    page.get_by_label("检验报告编号").fill("YS-2012-900")
    page.get_by_label("受检企业").fill(FIRM)
    page.get_by_label("抽样日期").fill("2012-06-12")
    page.get_by_label("产品名称").fill("巴氏杀菌乳")
    page.get_by_label("检验结论").select_option(label="合格")
    page.get_by_role("button", name="登记", exact=True).click()
    said(page, "已新增")


def unit_brings_in_an_export(people: People) -> None:
    page = people(DEPARTMENTS[UNIT])
    page.goto("/imports/registers.sampling/")
    page.get_by_label("表格文件").set_input_files(export_of_another_system())
    page.get_by_role("button", name="上传并预览").click()
    people.look(page, "import with an unknown head")
    page.get_by_role("link", name="改对应列").click()
    people.look(page, "columns to name")
    page.get_by_label("检验结论").select_option(label="第 E 列：评价")
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".page-number")).to_contain_text("12", timeout=15_000)  # the worker has read it
    people.look(page, "import to confirm")
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator("main")).to_contain_text("新增 12 行", timeout=15_000)


def unit_opens_an_enterprise(people: People) -> None:
    page = people(DEPARTMENTS[UNIT])
    page.goto("/registers/subjects/")
    page.get_by_role("link", name=FIRM).first.click()
    people.look(page, "enterprise")
    expect(page.locator("main")).to_contain_text("YS-2012-900")


def office_asks_for_summaries(people: People) -> None:
    page = people(OFFICE)
    page.goto("/requests/new/")
    page.get_by_role("link", name="半年总结").click()
    page.get_by_label("标题").fill(SUMMARY)
    page.get_by_label("报送期限").fill("2012-07-15")
    page.get_by_label("下面勾选的单位").check()
    page.get_by_label(PUPIL, exact=True).check()
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="发出", exact=True).click()
    said(page, "发出")


def unit_sums_up(people: People) -> None:
    """The first field stands filled from the unit's own tasks; the rest it writes."""
    page = people(DEPARTMENTS[PUPIL])
    to_do(page, SUMMARY).get_by_role("button").first.click()
    people.look(page, "summary to write")
    done = page.get_by_label("主要工作及成效")
    if not done.input_value():
        page.get_by_role("button", name="预填").first.click()
    expect(page.get_by_label("主要工作及成效")).to_have_value(
        re.compile("创建农业标准化示范基地|农业投入品专项整治")
    )
    page.get_by_label("存在问题").fill("基层检测力量不足（演示）")
    page.get_by_label("下一步打算").fill("三季度完成投入品专项整治（演示）")
    page.get_by_role("button", name="保存").first.click()
    page.get_by_label("审签人").fill("分管负责人（演示）")
    page.get_by_label("审签日期").fill("2012-07-10")
    page.get_by_label("审签件扫描").set_input_files(a_paper("总结审签件.txt", "演示数据 审签"))
    page.get_by_role("button", name="登记审签").click()
    page.get_by_role("button", name="报送", exact=True).click()
    said(page, "已报送")


def office_accepts_it(people: People) -> None:
    page = people(OFFICE)
    to_do(page, PUPIL).filter(has_text="总结").get_by_role("button").first.click()
    page.get_by_role("button", name="接收").first.click()
    said(page, "接收")
