"""Small steps every walk takes: sign in, look for what shuts people out, look for pages wider than the screen."""

from __future__ import annotations

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.support.product import PASSWORD

GRAVE = {"serious", "critical"}
_judged: set[tuple[str, int]] = set()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """As a person does it: the form, the name, the password, Enter."""
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    expect(page).not_to_have_url("**/account/login/**")
    assert "/account/login/" not in page.url, (
        f"{username} could not sign in: {page.locator('main, body').first.inner_text()[:300]}"
    )


def assert_accessible(page: Page) -> None:
    """axe finds nothing serious or critical. The message names rule, element and remedy."""
    result = Axe().run(
        page, options={"resultTypes": ["violations"]}
    )  # to list what is well takes three times as long
    grave = [v for v in result.response["violations"] if v["impact"] in GRAVE]
    lines = [
        f"{v['id']} ({v['impact']}): {v['help']} — {n['html'][:160]}" for v in grave for n in v["nodes"][:3]
    ]
    assert not grave, f"{page.url}\n" + "\n".join(lines)


def assert_fits(page: Page) -> None:
    """The page as a whole does not scroll sideways (a wide table scrolls inside its own frame)."""
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen, f"{page.url} is {wide}px wide on a screen of {seen}px"


def sort_of(address: str) -> str:
    """The name of the page at an address (`work:task` for /work/tasks/12/?tab=x); the path where nothing is there."""
    path = urlsplit(address).path
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def looked_at(page: Page) -> None:
    """What is asked of every page a walk comes to: it fits, it shuts nobody out, it has a title and one heading.

    axe takes a second a page: it judges a sort of page once on each width of screen; tests/e2e/test_inner_pages.py and
    test_pages.py come to all sorts.
    """
    page.locator("h1").first.wait_for()  # a click returns before the next page stands
    assert_fits(page)
    sort = (sort_of(page.url), (page.viewport_size or {"width": 0})["width"])
    if sort not in _judged:
        assert_accessible(page)
        _judged.add(sort)
    assert "质责" in page.title() or "Zhize" in page.title(), f"{page.url} has the title {page.title()!r}"
    assert page.locator("h1").count() == 1, f"{page.url} has {page.locator('h1').count()} main headings"


def to_do(page: Page, words: str) -> Locator:
    """The line of the inbox that holds these words."""
    page.goto("/")
    return page.locator("li.todo", has_text=words)


def folded(page: Page, title: str) -> Locator:
    """The folded part of a page with this title, opened."""
    part = page.locator("details", has=page.locator("summary", has_text=title)).last
    part.locator("summary").first.click()
    return part


def said(page: Page, words: str) -> None:
    """The product answered with this message."""
    expect(page.locator("#messages")).to_contain_text(words)


def a_paper(name: str, words: str) -> FilePayload:
    """A text file as a clerk would hand it in."""
    return {"name": name, "mimeType": "text/plain", "buffer": words.encode()}
