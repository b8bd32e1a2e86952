"""An on-site check: the office plans, a member records on a phone, the unit signs, the problem is a task, a second look."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.e2e.conftest import Doors
from tests.support.walking import folded, looked_at, said

UNIT, TITLE, ITEM = "兰州市政府", "第一季度专项督查", "领导小组会议"


def _planned(page: Page) -> str:
    """From 拟订核查 to 批准并通知; gives the address of the check."""
    page.goto("/inspection/")
    page.get_by_role("link", name="拟订核查").click()
    looked_at(page)
    page.get_by_label("核查名称").fill(TITLE)
    page.get_by_label("核查依据").fill("领导小组会议纪要（演示）")
    page.get_by_label("核查开始").fill("2012年4月16日")
    page.get_by_label("核查结束").fill("2012-04-20")
    page.get_by_label(UNIT, exact=True).check()
    page.get_by_role("button", name="保存").click()
    said(page, "已拟订")
    address = page.url
    page.get_by_role("link", name="编辑清单").click()
    page.get_by_label("核查清单").fill(f"{ITEM} | 有签到和纪要 | 一（二）\n抽查批次 | 核对台账 | | 数字")
    page.get_by_role("button", name="保存").click()
    said(page, "核查清单已保存")
    page.get_by_role("button", name="加入").click()
    said(page, "已设组")
    page.get_by_label("人员", exact=True).select_option(label="省质监局联络员（演示）（省质监局）")
    page.get_by_role("button", name="加入").click()
    said(page, "已加入")
    looked_at(page)
    page.goto(address)
    page.get_by_label("批准人", exact=False).last.fill("省质量办主任（演示）")
    page.get_by_label("批准日期").fill("2012-04-16")
    page.get_by_role("button", name="批准并通知").click()
    said(page, "已通知被查单位和核查组")
    looked_at(page)
    return address


def _recorded(page: Page, address: str) -> str:
    """On a phone: a place named, both items, handed over, signed for the group; gives the place's address."""
    page.goto(address)
    part = folded(page, "指定核查点")
    part.get_by_label("核查点", exact=False).first.fill("市质监局")
    part.get_by_label("为什么指定").fill("查阅台账")
    part.get_by_role("button", name="加入").click()
    said(page, "已列入核查点")
    place = page.url
    looked_at(page)
    item = page.locator("section", has=page.get_by_role("heading", name=ITEM))
    item.get_by_label("不符合").check()
    item.get_by_label("情况").fill("没有纪要")
    item.get_by_role("button", name="保存这一项").click()
    said(page, "已保存")
    item = page.locator("section", has=page.get_by_role("heading", name="抽查批次"))
    item.get_by_label("数值").fill("46")
    item.get_by_role("button", name="保存这一项").click()
    said(page, "已保存")
    page.get_by_role("button", name="提交签字").click()
    said(page, "已提交")
    page.get_by_role("button", name="签字", exact=True).click()
    said(page, "已签字")
    looked_at(page)
    return place


def test_from_the_plan_to_the_second_look(doors: Doors) -> None:
    office = doors.enter("gs-office")
    address = _planned(office)
    member = doors.enter("gs-zjj", width=375)
    place = _recorded(member, address)
    unit = doors.enter("lz-office")
    unit.goto(place)
    looked_at(unit)
    expect(unit.locator("main")).to_contain_text("没有纪要")
    unit.get_by_role("button", name="签字", exact=True).click()
    said(unit, "已签字")
    office.goto(address)
    folded(office, f"{UNIT}的问题清单").get_by_role("button", name="由签字记录生成").click()
    said(office, "由核查记录列入 1 个问题")
    part = folded(office, f"{UNIT}的问题清单")
    part.get_by_label("整改期限").last.fill("2012-05-31")
    part.get_by_role("button", name="下发整改").click()
    said(office, "已下发")
    looked_at(office)
    unit.goto("/work/tasks/mine/")
    unit.get_by_role("link", name="整改：市质监局：没有纪要").first.click()
    unit.get_by_role("link", name=TITLE, exact=False).first.click()
    expect(unit.get_by_role("heading", level=1)).to_contain_text("没有纪要")
    member.goto(address)
    member.get_by_role("link", name="市质监局：没有纪要").first.click()
    member.get_by_label("已整改到位", exact=True).check()
    member.get_by_label("回头看情况").fill("纪要已补齐")
    member.get_by_role("button", name="登记", exact=True).click()
    said(member, "已登记回头看")
    looked_at(member)
    office.goto(address)
    office.get_by_role("button", name="办结这次核查").click()
    said(office, "这次核查已办结")
