"""A paper from draft to receipt: checked, signed as on the slip, numbered, sent, taken out as Word and PDF."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.e2e.year.people import OFFICE, People
from tests.support.walking import said, to_do

SIGNED_BY = "办公室主任（演示）"


def issue(
    people: People, what: str, words: str, *, office: str = OFFICE, number: str = "甘质振办〔2012〕"
) -> None:
    """The draft named by `words` on the office's screen, through every step to sending; it bears `number` then."""
    page = people(office)
    page.goto("/papers/")
    page.get_by_role("link", name=words).first.click()
    page.get_by_role("button", name="核稿通过").click()
    page.get_by_label("签发人").fill(SIGNED_BY)
    page.get_by_role("button", name="签发并编号").click()
    people.look(page, f"paper signed: {what}")
    page.get_by_role("button", name="印发", exact=True).click()
    expect(page.locator("main")).to_contain_text(number)
    people.look(page, f"paper issued: {what}")
    for kind in ("Word 文件", "PDF 文件"):
        with page.expect_download() as caught:
            page.get_by_role("link", name=kind).click()
        assert caught.value.path().stat().st_size > 4000, kind


def receive(people: People, who: str, words: str) -> Page:
    page = people(who)
    to_do(page, words).get_by_role("button", name="签收").click()
    people.look(page, "paper received")
    page.get_by_role("button", name="签收").click()
    said(page, "签收")
    return page
