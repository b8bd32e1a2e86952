"""Several people, or one person with several hats and languages."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.e2e.conftest import Doors
from tests.support.walking import looked_at, said, to_do


def edited(page: Page, title: str) -> None:
    page.get_by_label("职责", exact=False).first.fill(title)
    page.get_by_role("button", name="保存").click()


def test_two_people_edit_one_duty_and_the_second_sees_both_versions(doors: Doors) -> None:
    first, second = doors.enter("gs-office"), doors.enter("gs-office-director")
    for page in (first, second):
        page.goto("/duties/?q=%E7%A0%94%E7%A9%B6%E9%87%8D%E5%A4%A7%E4%BA%8B%E9%A1%B9")
        page.locator("tbody a.row-link").first.click()
        page.get_by_role("link", name="修改").click()
    looked_at(second)
    edited(first, "研究决定重大事项")
    said(first, "已保存")
    doors.watch.expect("status of 409")
    edited(second, "研究重大质量事项")
    expect(second.get_by_role("heading", level=1)).to_contain_text("刚被他人修改")
    expect(second.locator("main")).to_contain_text("研究决定重大事项")
    expect(second.locator("main")).to_contain_text("研究重大质量事项")
    looked_at(second)
    second.get_by_label("研究重大质量事项").check()
    second.get_by_role("button", name="按所选保存").click()
    said(second, "已保存")
    expect(second.get_by_role("heading", level=1)).to_have_text("研究重大质量事项")


def test_a_person_with_two_hats_sees_all_to_dos_and_works_under_the_right_hat(doors: Doors) -> None:
    page = doors.enter("gs-zjj-office")
    expect(page.locator(".topbar")).to_contain_text("省质监局")
    looked_at(page)
    to_do(page, "审核").first.get_by_role("button", name="审核").click()
    expect(page.locator(".topbar")).to_contain_text("领导小组办公室")
    expect(page.get_by_role("button", name="确认履行")).to_be_visible()
    page.locator(".topbar .menu").first.locator("summary").click()
    page.get_by_role("button", name="省质监局").click()
    expect(page.locator(".topbar .menu summary").first).to_contain_text("省质监局")
    expect(page.get_by_role("button", name="确认履行")).to_have_count(0)


def test_the_language_changes_and_changes_back(doors: Doors) -> None:
    page = doors.enter("gs-office")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
    assert page.locator("html").get_attribute("lang") == "en"
    looked_at(page)
    page.goto("/obligations/")
    looked_at(page)
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("履职事项")


def test_the_keyboard_skips_to_the_matter_and_opens_menus(doors: Doors) -> None:
    page = doors.enter("gs-office")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    menu = page.locator(".topbar .menu").last
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="退出登录")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    page.get_by_role("button", name="审核").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="确认履行")).to_be_visible()
