"""Browser walks: the real product (web, worker, beat) and the system's Chromium.

`page` is 1440 px wide; a walk marked `@pytest.mark.parametrize("width", BOTH)` runs at 375 px too. `page_nojs` has
no JavaScript. Each of them fails the test on what tests/support/watch.py calls a problem. A failed walk leaves its
last picture in test-results/.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.support import browser as chromium
from tests.support.product import own_database, running_product
from tests.support.watch import Watch

ROOT = Path(__file__).resolve().parent.parent.parent
HEIGHTS = {1440: 900, 375: 812}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is marked e2e; without a browser it is skipped, and says how to get one."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            if chromium.executable() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    setattr(item, f"report_{report.when}", report)  # type: ignore[attr-defined]
    return report  # type: ignore[return-value]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the running product, on a database of its own."""
    with (
        own_database(os.environ.get("ZHIZE_DATABASE_URL", "")) as url,
        running_product(database_url=url) as address,
    ):
        yield address


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    # The sync driver keeps an event loop in this thread; other tests of the same run still use the database.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.executable(), args=chromium.FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def width() -> int:
    return 1440


@pytest.fixture
def watch(server: str) -> Watch:
    return Watch(server)


@pytest.fixture
def page(
    chrome: Browser, server: str, watch: Watch, width: int, request: pytest.FixtureRequest
) -> Iterator[Page]:
    yield from _page(chrome, server, watch, width, request, scripts=True)


@pytest.fixture
def page_nojs(
    chrome: Browser, server: str, watch: Watch, width: int, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """The plain-form path: the browser runs no script at all."""
    yield from _page(chrome, server, watch, width, request, scripts=False)


def _page(
    chrome: Browser, server: str, watch: Watch, width: int, request: pytest.FixtureRequest, *, scripts: bool
) -> Iterator[Page]:
    context = chrome.new_context(
        base_url=server,
        viewport={"width": width, "height": HEIGHTS.get(width, 900)},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    watch.listen(page)
    yield page
    report = getattr(request.node, "report_call", None)
    if (report is not None and report.failed) or watch.problems:
        folder = ROOT / "test-results"
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / f"{request.node.name}.png", full_page=True)
    context.close()
    assert not watch.problems, "\n".join(watch.problems)
