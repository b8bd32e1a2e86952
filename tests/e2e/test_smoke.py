"""The shortest walks: they also run on SQLite."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.support.walking import assert_accessible, assert_fits, sign_in
from tests.support.watch import Watch

pytestmark = pytest.mark.smoke
BOTH = [1440, 375]
OFFICE = "gs-office"


@pytest.mark.parametrize("width", BOTH)
def test_the_office_signs_in_and_sees_what_awaits_it(page: Page, width: int) -> None:
    sign_in(page, OFFICE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("待办")
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", BOTH)
def test_the_sign_in_page_shuts_nobody_out(page: Page, width: int) -> None:
    page.goto("/account/login/")
    assert_fits(page)
    assert_accessible(page)


def test_signing_in_needs_no_script(page_nojs: Page) -> None:
    sign_in(page_nojs, OFFICE)
    expect(page_nojs.get_by_role("heading", level=1)).to_contain_text("待办")


def test_a_wrong_password_is_answered_in_words(page: Page) -> None:
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(OFFICE)
    page.locator("input[name=password]").fill("wrong")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_load_state()
    assert "/account/login/" in page.url
    expect(page.locator("body")).to_contain_text("口令")


def test_the_watch_notices_what_it_is_there_for(page: Page, watch: Watch) -> None:
    """Proof that a walk can fail: an inline script under the strict CSP, an address of another host."""
    page.goto("/account/login/")
    page.evaluate("""() => {
        const s = document.createElement('script'); s.textContent = 'window.bad = 1'; document.body.append(s);
        const i = new Image(); i.src = 'http://127.0.0.2:9/x.png'; document.body.append(i);
    }""")
    page.wait_for_timeout(300)
    assert any("CSP violation" in problem for problem in watch.problems)
    assert page.evaluate("window.bad") is None
    watch.findings.clear()
