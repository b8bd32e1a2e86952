"""A document of one's own: read, checked with the doubtful first, split, assigned, a name mapped, confirmed; then its next
version, compared and carried over. By keyboard where there are scripts, by plain forms where there are none."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Doors
from tests.support.walking import looked_at, said

TITLE = "粮食质量安全责任制度（演示数据）"
TEXT = """粮食质量安全责任制度
一、成员单位职责
（一）省质监局：每季度组织开展粮油产品质量监督抽查，公布抽查结果；建立粮油企业质量档案。
（二）省粮食局：每年开展收购粮食质量监测。
（三）省农牧厅、省林业厅：负责木本油料造林质量监督检查。
（四）省工商局：做好粮油市场监督管理。
"""
NEXT = TEXT.replace("每年开展收购粮食质量监测", "每年开展收购和储存粮食质量监测").replace(
    "（四）省工商局：做好粮油市场监督管理。\n",
    "（四）省工商局：做好粮油市场监督管理。\n（五）省卫生厅：开展粮油食品安全风险监测。\n",
)


def register(page: Page, title: str, text: str) -> None:
    page.goto("/regulations/new/")
    page.get_by_label("标题").fill(title)
    page.get_by_label("施行日期").fill("2012-01-01")
    page.get_by_label("正文", exact=True).fill(text)
    page.get_by_role("button", name="识别正文").click()
    said(page, "已识别正文")


def test_a_document_becomes_duties_by_keyboard_and_its_next_version_carries_them_over(doors: Doors) -> None:
    page = doors.enter("gs-office")
    register(page, TITLE, TEXT)
    looked_at(page)
    expect(page.locator(".check-row").first).to_contain_text("省林业厅")  # in doubt: stands first
    expect(page.locator("#check-progress")).to_contain_text("已核对 0 / 共 5")

    # one name the directory does not know
    row = page.locator("#names tr").filter(has_text="省粮食局")
    row.get_by_role("combobox").fill("省农牧厅")
    page.get_by_role("button", name="保存对应").click()
    said(page, "已认定 1 个名称")

    # j to the first row, u to give it to one unit alone
    page.keyboard.press("j")
    page.keyboard.press("u")
    editor = page.locator("[data-editing]")
    expect(editor).to_contain_text("省林业厅")
    editor.locator(".check-holder").filter(has_text="省农牧厅").get_by_label("去掉").check()
    editor.get_by_role("button", name="保存并通过").click()
    expect(page.locator("#check-progress")).to_contain_text("已核对 1 / 共 5")

    # s splits a row at a pause
    first = page.locator(".check-row").filter(has_text="每季度组织开展").first
    first.get_by_role("link", name="修改").click()
    editor.get_by_text("拆分为几项").click()
    editor.get_by_role("button", name=re.compile("公布抽查结果")).click()
    expect(page.locator("#check-progress")).to_contain_text("已核对 1 / 共 6")
    looked_at(page)

    # what is left above a confidence, the rest by a
    page.get_by_label("批量通过").select_option(index=page.locator("#check-least option").count() - 1)
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator(".check-bulk").get_by_role("button", name="通过").click()
    expect(page.locator("#messages")).to_contain_text("已通过")
    page.goto(page.url.split("?")[0])
    for _row in range(page.locator('.check-row[data-state="open"]').count()):
        page.locator('.check-row[data-state="open"]').first.focus()
        page.keyboard.press("a")
        page.wait_for_timeout(300)
    page.reload()
    expect(page.locator("#check-progress")).to_contain_text("已核对 6 / 共 6")
    looked_at(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="确认并登记职责").click()
    said(page, "已确认 6 项职责")
    looked_at(page)

    # the next version
    page.get_by_role("link", name="登记新版").click()
    page.get_by_label("本版施行日期").fill("2012-07-01")
    page.get_by_label("正文", exact=True).fill(NEXT)
    page.get_by_role("button", name=re.compile("识别")).click()
    said(page, "已识别新版正文")
    looked_at(page)
    page.get_by_role("link", name="两版对照").click()
    expect(page.locator("main")).to_contain_text("储存")
    looked_at(page)
    page.go_back()
    page.get_by_role("button", name="确认新版并承接职责").click()
    said(page, "沿用 6 项，终止 0 项，新增 1 项")
    page.goto("/obligations/?q=" + "收购和储存")
    looked_at(page)


@pytest.mark.parametrize("width", [1440, 375])
def test_checking_works_without_scripts_and_on_a_phone(doors: Doors, width: int) -> None:
    page = doors.enter("gs-office", width=width, scripts=False)
    text = TEXT.replace("（二）省粮食局：每年开展收购粮食质量监测。\n", "")
    register(page, f"{TITLE} {width}", text)
    row = page.get_by_role("listitem", name="一（一） 建立粮油企业质量档案")
    row.get_by_role("button", name="通过", exact=True).click()
    expect(page.locator("#check-progress")).to_contain_text("已核对 1 / 共 4")
    page.locator(".check-row").first.get_by_role("link", name="修改").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对职责")
    page.get_by_label("短标题").fill("木本油料林质量监督检查")
    page.get_by_role("button", name="保存并通过").click()
    expect(page.locator("#check-progress")).to_contain_text("已核对 2 / 共 4")
