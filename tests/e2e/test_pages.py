"""Every page a person can come to from the navigation opens, fits, shuts nobody out and says what it is.

The browser draws an address once on each sort of screen; of whoever else comes there it is only asked that it answers.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Doors
from tests.support.walking import assert_accessible, assert_fits, looked_at

looked: set[tuple[str, str]] = set()
ERRORS = {
    "/nowhere/": (404, "没有找到这个页面"),
    "/audit/": (403, "不能查看审计记录"),
    "/obligations/999999/": (404, "没有找到这个页面"),
    "/obligations/?light=nonsense&due_on_from=yesterday": (200, "条件未采用"),
    "/imports/nothing/": (404, "没有找到这个页面"),
}


def addresses(page: Page) -> list[str]:
    return page.eval_on_selector_all(".sidenav a", "links => links.map(a => a.getAttribute('href'))")


def visit(page: Page, address: str, look: str) -> None:
    key = (address, look)
    if key in looked:
        got = page.request.get(address)
        assert got.ok and got.text().count("<h1") == 1, f"{address}: {got.status}"
        return
    looked.add(key)
    answer = page.goto(address)
    assert answer is not None and answer.ok, f"{address}: {answer and answer.status}"
    looked_at(page)


@pytest.mark.parametrize(
    "username",
    [
        "gs-office",
        "gs-leader",
        "gs-zjj",
        "lz-office",
        "yz-office",
        "gs-sysadmin",
        "gs-secadmin",
        "gs-auditadmin",
    ],
)
def test_every_page_of_the_navigation_opens(doors: Doors, username: str) -> None:
    page = doors.enter(username)
    for address in addresses(page):
        visit(page, address, "desk")


def test_every_page_of_the_navigation_fits_a_phone_in_the_dark(doors: Doors) -> None:
    page = doors.enter("gs-office", width=375, scheme="dark")
    for address in [
        *addresses(page),
        "/regulations/4/",
        "/duties/1/",
        "/duties/units/5/",
        "/obligations/87/",
    ]:
        visit(page, address, "phone in the dark")


def test_the_inner_pages_open(doors: Doors) -> None:
    page = doors.enter("gs-office")
    for address in (
        "/done/",
        "/notices/",
        "/search/?q=%E8%AE%A1%E9%87%8F",
        "/regulations/new/",
        "/duties/1/edit/",
        "/directory/account/",
        "/directory/contacts/text/",
        "/directory/members/table/",
        "/directory/group/replace/",
        "/directory/delegations/new/",
        "/directory/tokens/new/",
        "/files/evidence/new/",
        "/jobs/",
    ):
        visit(page, address, "desk")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_showcase_of_components_shuts_nobody_out(doors: Doors, scheme: str) -> None:
    page = doors.enter("gs-office", scheme=scheme)
    page.goto("/design/")
    assert_fits(page)
    assert_accessible(page)


def test_a_page_that_is_not_there_or_not_allowed_says_so(doors: Doors) -> None:
    doors.watch.expect("status of 40")
    page = doors.enter("gs-zjj")
    for address, (status, words) in ERRORS.items():
        answer = page.goto(address)
        assert answer is not None and answer.status == status, address
        expect(page.locator("main")).to_contain_text(words)
        assert_fits(page)
        assert_accessible(page)


def test_a_form_that_has_grown_stale_says_that_nothing_was_saved(doors: Doors) -> None:
    doors.watch.expect("status of 403")
    page = doors.enter("gs-office")
    page.goto("/years/")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_label("开始日期").fill("2014-01-01")
    page.get_by_role("button", name="建立年度").click()
    expect(page.locator("main")).to_contain_text("没有保存")
    assert_accessible(page)
