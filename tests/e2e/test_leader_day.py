"""A vice-governor's day: one A4 that comes by mail, a plan approved on the phone, a word on a hard matter, one on paper, one region."""

from __future__ import annotations

import io
from unicodedata import normalize

import pypdf
from playwright.sync_api import Page, expect
from tests.e2e.year.people import LEADER, OFFICE, People
from tests.kit.bad_files import pdf_file
from tests.support.leader_acts import HARD, PAPER, play
from tests.support.mailbox import a_mailbox
from tests.support.product import PASSWORD, Product
from tests.support.walking import looked_at, said

DAY = "2012-04-16"
BRIEF, CITY = "/situation/brief/", "兰州市"


def test_one_page_two_decisions_one_region(people: People, own_product: Product) -> None:
    title, plan = play(own_product, "morning").split("\t")
    arrives_without_signing_in(own_product, title)
    approved_on_the_phone(people, plan)
    page = read_and_instructed(people, title)
    on_paper(people)
    everything_is_decided(page)
    one_region(people)


def sheets(content: bytes) -> list[str]:
    """The words of each page, which must be A4."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    for page in pages:
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) in (
            (595, 842),
            (596, 842),
        )
    # some fonts give 水 back as the radical ⽔
    return ["".join(normalize("NFKC", page.extract_text()).split()) for page in pages]


def printed(page: Page) -> str:
    """The page as the browser prints it, on one sheet."""
    made = sheets(page.pdf(prefer_css_page_size=True, print_background=True))
    assert len(made) == 1, f"{page.url} prints on {len(made)} sheets"
    return made[0]


def arrives_without_signing_in(product: Product, title: str) -> None:
    """The page in the leader's mail, before anybody has signed in."""
    with a_mailbox() as (address, letters):
        sent = play(product, "send", ZHIZE_MAIL_URL=address, ZHIZE_MAIL_FROM="zhize@example.invalid")
        assert sent == "1"
        (letter,) = letters
    assert letter["To"] == "gs-leader@example.invalid"
    (paper,) = letter.iter_attachments()
    (words,) = sheets(paper.get_content())
    for told in (f"审定《{title}》", HARD[:10], PAPER, "请决定", "卡在哪里"):
        assert told in words, told


def approved_on_the_phone(people: People, plan: str) -> None:
    """By the link, through signing in, to the plan; approved in the own name and today."""
    phone = people.doors.page(width=375)
    phone.goto(plan)
    phone.locator("input[name=login]").fill(LEADER)
    phone.locator("input[name=password]").fill(PASSWORD)
    phone.locator("input[name=password]").press("Enter")
    phone.get_by_role("link", name="审定", exact=True).click()
    looked_at(phone)
    phone.get_by_label("审定意见").fill("同意。请抓紧印发（演示）")
    phone.get_by_role("button", name="审定", exact=True).click()
    said(phone, "已审定")
    expect(phone.locator("main")).to_contain_text("领导小组领导（演示）")
    phone.goto(BRIEF)
    looked_at(phone)
    phone.locator("nav").get_by_role("link", name=CITY, exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(CITY)
    looked_at(phone)


def read_and_instructed(people: People, title: str) -> Page:
    """At the desk: the page is one sheet; what was approved is off it; a word on the hard matter from its line."""
    page = people(LEADER)
    page.goto(BRIEF)
    people.look(page, "leader's page")
    words = printed(page)
    assert f"审定《{title}》" not in words and HARD in words
    page.get_by_role("link", name=HARD).first.click()
    expect(page.get_by_label("批示人", exact=False).last).to_have_value("领导小组领导（演示）")
    page.get_by_label("批示日期").fill(DAY)
    page.get_by_label("批示内容").fill("请省编办、省财政厅商省水利厅提出办法（演示）")
    page.get_by_role("button", name="登记批示").click()
    said(page, "已登记批示")
    people.look(page, "matter with an instruction")
    return page


def on_paper(people: People) -> None:
    """The other matter came back from the leader's desk with words on it: the office writes down who, when, what."""
    page = people(OFFICE)
    page.goto("/work/matters/")
    page.get_by_role("link", name=PAPER).first.click()
    page.get_by_label("批示人职务").fill("副省长")
    page.get_by_label("批示人", exact=False).last.fill("分管副省长（演示）")
    page.get_by_label("批示日期").fill(DAY)
    page.get_by_label("批示内容").fill("同意协调（演示）")
    page.get_by_label("扫描件").set_input_files(
        {"name": "批示件.pdf", "mimeType": "application/pdf", "buffer": pdf_file()}
    )
    page.get_by_role("button", name="登记批示").click()
    said(page, "已登记批示")
    expect(page.get_by_role("table", name="领导批示")).to_contain_text("分管副省长（演示）")


def everything_is_decided(page: Page) -> None:
    page.goto(BRIEF)
    expect(page.locator("main")).to_contain_text("没有等待决定的事项")
    for address in ("/situation/", "/situation/?by=region"):
        page.goto(address)
        assert "减负" in printed(page), "the burden stands beside what was done"


def one_region(people: People) -> None:
    page = people(LEADER)
    page.goto(BRIEF)
    page.locator("nav").get_by_role("link", name=CITY, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(CITY)
    assert CITY in printed(page)
