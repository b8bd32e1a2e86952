"""Walks of official documents: from the draft to the last receipt, to an organ outside, void, as an issue, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect
from tests.e2e.conftest import Doors
from tests.kit.bad_files import pdf_file
from tests.support.product import Product
from tests.support.walking import folded, looked_at, said, to_do

SIGNER = "办公室主任（演示）"
LATE = {"省质监局": "gs-zjj", "省农牧厅": "gs-nmt"}


@pytest.fixture(scope="module", autouse=True)
def issuers(product: Product) -> None:
    """In whose name the office writes: itself, and the government's office, which numbers and seals by itself."""
    product.act("issuers")


@pytest.fixture
def office(doors: Doors) -> Page:
    page = doors.enter("gs-office")
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def drafted(page: Page, kind: str, title: str, *lines: str) -> None:
    """拟稿 by hand: kind, title, one row a paragraph; not saved yet."""
    page.goto("/papers/new/")
    page.get_by_label("文种").select_option(label=kind)
    page.get_by_label("标题", exact=True).fill(title)
    for number, line in enumerate(lines):
        page.locator(f"#text-{number}").fill(line)


def signed(page: Page) -> str:
    """核稿 and 签发 on the page of the document; gives its number."""
    page.get_by_role("button", name="核稿通过").click()
    said(page, "已核稿")
    page.get_by_label("签发人").fill(SIGNER)
    page.get_by_role("button", name="签发并编号").click()
    said(page, "已签发，文号")
    return page.locator("#messages").inner_text().split("文号")[1].split()[0]


def test_a_notice_from_the_draft_to_the_last_receipt_with_two_chased(
    office: Page, doors: Doors, product: Product
) -> None:
    title = "关于报送质量月活动安排的通知"
    drafted(office, "通知", title, "质量月活动定于九月开展。", "请于2012年5月31日前报送本单位活动安排。")
    office.get_by_label("主送机关（印刷用语）").fill("各成员单位")
    office.locator("button[name=everyone][value=members]").click()
    looked_at(office)
    office.get_by_role("button", name="保存").last.click()
    expect(office.locator("main")).to_contain_text("没有发现问题")
    looked_at(office)
    number = signed(office)
    office.get_by_role("button", name="印发", exact=True).click()
    said(office, "已印发")
    looked_at(office)
    paper = office.url
    total = int(office.locator(".paper-facts h2").first.inner_text().split("/")[1])
    assert total == 21, "the member units of the regulation"
    assert int(product.act("sign_for", number, *LATE)) == total - len(LATE)
    office.goto(paper)
    expect(office.locator(".paper-facts")).to_contain_text(f"{total - len(LATE)} / {total}")
    office.get_by_role("link", name="催签").click()
    text = office.get_by_label("催签文字")
    for unit in LATE:
        expect(text).to_have_value(_holds(unit))
    expect(text).to_have_value(_holds("2 个单位未签收"))
    looked_at(office)
    for username in LATE.values():
        unit = doors.enter(username)
        to_do(unit, title).get_by_role("button", name="签收").click()
        unit.get_by_role("button", name="签收").click()
        said(unit, "已签收")
    office.goto(paper)
    expect(office.locator(".paper-facts")).to_contain_text(f"{total} / {total}")
    expect(office.get_by_role("link", name="催签")).to_have_count(0)


def _holds(words: str) -> object:
    import re

    return re.compile(re.escape(words))


def test_a_letter_to_a_central_organ_goes_out_by_the_government_office(office: Page) -> None:
    title = "关于商请支持国家级检测中心建设的函"
    drafted(office, "函", title, "为提升检测能力，拟建设国家级质检中心。", "妥否，请函复。")
    office.get_by_label("发文主体").select_option(label="甘肃省人民政府办公厅")
    office.get_by_label("主送机关（印刷用语）").fill("国家质检总局办公厅")
    office.get_by_role("button", name="保存").last.click()
    expect(office.locator(".paper-place")).to_contain_text("国家质检总局办公厅")
    expect(office.locator("main")).to_contain_text("没有发现问题")
    with office.expect_download() as caught:
        office.get_by_role("link", name="Word 文件").click()
    assert caught.value.path().stat().st_size > 4000, "the draft goes out as a file"
    office.get_by_role("button", name="核稿通过").click()
    said(office, "已核稿")
    expect(office.get_by_role("button", name="签发并编号")).to_have_count(0)
    looked_at(office)
    office.get_by_label("对方文号").fill("甘政办函〔2012〕18号")
    office.get_by_label("签发人").fill("秘书长（演示）")
    office.get_by_label("签发日期").fill("2012-04-13")
    final: FilePayload = {"name": "正式函件.pdf", "mimeType": "application/pdf", "buffer": pdf_file()}
    office.locator("input[type=file]").last.set_input_files(final)
    office.get_by_role("button", name="登记", exact=True).click()
    said(office, "已登记文号 甘政办函〔2012〕18号")
    office.get_by_role("button", name="印发", exact=True).click()
    said(office, "已印发")
    looked_at(office)
    with office.expect_download() as caught:
        office.get_by_role("link", name="PDF 文件").click()
    assert caught.value.path().read_bytes() == pdf_file(), "what is kept is the final paper as it was sealed"
    office.goto("/papers/numbers/")
    expect(office.locator("main")).not_to_contain_text("甘政办函〔2012〕18号")


def test_a_withdrawn_number_is_accounted_for_and_never_given_again(office: Page) -> None:
    drafted(office, "通知", "关于召开碰头会的通知", "定于四月二十日召开。")
    office.locator(".paper-choice", has_text="省质监局").get_by_label("主送").check()
    office.get_by_role("button", name="保存").last.click()
    number = signed(office)
    part = folded(office, "作废")
    part.get_by_label("作废原因").fill("会议改为电话商定")
    part.get_by_role("button", name="作废登记").click()
    said(office, "已作废登记")
    expect(office.locator("main")).to_contain_text("文号不再使用")
    looked_at(office)
    office.goto("/papers/numbers/")
    line = office.locator("tbody tr", has_text=number)
    expect(line).to_contain_text("会议改为电话商定")
    looked_at(office)
    drafted(office, "通知", "关于再次召开碰头会的通知", "定于四月二十五日召开。")
    office.locator(".paper-choice", has_text="省质监局").get_by_label("主送").check()
    office.get_by_role("button", name="保存").last.click()
    assert _serial(signed(office)) == _serial(number) + 1


def _serial(number: str) -> int:
    return int(number.split("〕")[1].rstrip("号"))


def test_minutes_go_out_as_the_third_issue(office: Page, product: Product) -> None:
    last = int(product.act("minutes", "2"))
    drafted(office, "纪要", "2012年第二次联络员会议纪要", "会议听取了各单位汇报。", "会议要求抓好落实。")
    office.get_by_role("button", name="保存").last.click()
    assert signed(office) == f"第{last + 1}期"
    expect(office.locator(".paper-place")).to_contain_text(f"第{last + 1}期")
    office.get_by_role("button", name="印发", exact=True).click()
    said(office, "已印发")
    looked_at(office)
    assert last == 2, "the demonstration has fewer than three minutes by April"


def test_a_phone_shows_a_document_and_signs_for_it(doors: Doors, product: Product) -> None:
    title = "关于开展春季农资打假的通知"
    product.act("notice", title, "省农牧厅", "省质监局")
    phone = doors.enter("gs-nmt", width=375)
    to_do(phone, title).first.get_by_role("button", name="签收").click()
    looked_at(phone)
    expect(phone.locator(".paper-place")).to_contain_text("请抓好落实")
    phone.get_by_role("button", name="签收").click()
    said(phone, "已签收")
    phone.get_by_role("button", name="阅知").click()
    said(phone, "已阅知")
    phone.get_by_label("承办人").fill("质量处张某（演示）")
    phone.get_by_role("button", name="承办确认").click()
    said(phone, "已确认承办")
    looked_at(phone)
    expect(phone.locator(".paper-acts")).to_contain_text("质量处张某（演示）")
    expect(phone.get_by_role("button", name="签收")).to_have_count(0)
