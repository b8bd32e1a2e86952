"""Every sort of page that can be reached by following links, over the whole demonstrated year: it opens, fits both screens,
shuts nobody out and says what it is. One address of each page is looked at; a few more of each are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError
from tests.e2e.conftest import SERVER, Doors
from tests.support.product import a_product
from tests.support.walking import assert_fits, looked_at, sort_of
from tests.support.watch import Watch

DAY = "2012-12-20"
FILES = re.compile(
    r"/(docx|pdf|zip|file|files|download|template|export|scan|bundle|calendar\.ics)(/|$)|\.(ics|zip|svg|png)$"
)
MORE = 3
looked: set[str] = set()
PEOPLE = ("gs-office-director", "gs-nmt")
"""Who sees nearly every sort of page; the second looks only at what the first had not come to."""


@pytest.fixture(scope="module")
def year() -> Iterator[str]:
    with a_product(stage="year", day=DAY, server=SERVER) as product:
        yield product.address


def links(page: Page) -> list[str]:
    found = page.eval_on_selector_all(
        "main a[href], .sidenav a[href]",
        "all => all.filter(a => a.origin === location.origin && !a.hasAttribute('download')).map(a => a.pathname)",
    )
    return [one for one in found if not FILES.search(one)]


@pytest.mark.parametrize("username", PEOPLE)
def test_every_sort_of_page_opens_fits_and_shuts_nobody_out(
    chrome: Browser, year: str, username: str
) -> None:
    watch = Watch(year)
    page = Doors(chrome, year, watch).enter(username)
    queue, seen, wrong = ["/"], {"/"}, []
    others: dict[str, dict[str, None]] = {}
    while queue:
        address = queue.pop(0)
        try:
            answer = page.goto(address)
        except PlaywrightError as error:
            if "Download is starting" not in str(error):
                raise
            continue
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if not answer.ok:
            wrong.append(f"{address}: {answer.status}")
            continue
        known = sort_of(address) in looked
        looked.add(sort_of(address))
        for width in () if known else (375, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            try:
                looked_at(page) if width == 1440 else assert_fits(page)
            except AssertionError as error:
                wrong.append(f"{width}: {error}")
        for one in links(page):
            if sort_of(one) not in seen:
                seen.add(sort_of(one))
                queue.append(one)
            elif one != address:
                others.setdefault(sort_of(one), {})[one] = None
    for addresses in others.values():  # the others of a sort are in other states: they open too
        for one in [*addresses][:MORE]:
            status = page.request.get(one).status
            if status >= 400:
                wrong.append(f"{one}: {status}")
    page.context.close()
    assert len(seen) > 60, f"{username} came to {len(seen)} sorts of pages only"
    assert not wrong + watch.problems, "\n".join(wrong + watch.problems)
