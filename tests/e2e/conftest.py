"""Browser walks: the real product (web, worker, beat) and the system's Chromium.

`page` is 1440 px wide; a walk marked `@pytest.mark.parametrize("width", BOTH)` runs at 375 px too. `page_nojs` has
no JavaScript; `doors` opens the pages of several people in one walk. Each of them fails the test on what tests/support/watch.py calls a problem. A failed walk leaves its
last picture in test-results/.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.e2e.year.people import People
from tests.support import browser as chromium
from tests.support.product import CLOCK, Product, a_product
from tests.support.walking import sign_in
from tests.support.watch import Watch

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = os.environ.get("ZHIZE_DATABASE_URL", "")
HEIGHTS = {1440: 900, 375: 812}


# They take minutes each: begun last they would keep one core waiting for the other.
FIRST = ("test_year", "test_inner_pages", "test_round", "test_quarter", "test_instruction")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is marked e2e; without a browser it is skipped, and says how to get one."""
    here = Path(__file__).parent
    items.sort(key=lambda item: FIRST.index(item.path.stem) if item.path.stem in FIRST else len(FIRST))
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
def product() -> Iterator[Product]:
    """The running product, on a database of its own."""
    with a_product(stage="quarter", day=CLOCK, server=SERVER) as running:
        yield running


@pytest.fixture
def own_product(request: pytest.FixtureRequest) -> Iterator[Product]:
    """A product for one walk alone, on its module's DAY: the register and the open year, nothing done yet."""
    with a_product(stage="start", day=request.module.DAY, server=SERVER) as running:
        yield running


@pytest.fixture(scope="session")
def server(product: Product) -> str:
    return product.address


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
    yield from _watched(Doors(chrome, server, watch), request, width=width, scripts=scripts)


class Doors:
    """Browsers of several people at once, each watched; a walk says which screen, and whether scripts run."""

    def __init__(self, chrome: Browser, server: str, watch: Watch) -> None:
        self.chrome, self.server, self.watch = chrome, server, watch
        self.open: list[Page] = []

    def page(self, *, width: int = 1440, scripts: bool = True, scheme: str = "light") -> Page:
        context = self.chrome.new_context(
            base_url=self.server,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            color_scheme="dark" if scheme == "dark" else "light",
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        self.watch.listen(page)
        self.open.append(page)
        return page

    def enter(self, username: str, *, width: int = 1440, scripts: bool = True, scheme: str = "light") -> Page:
        """A page of this person, signed in through the form."""
        page = self.page(width=width, scripts=scripts, scheme=scheme)
        sign_in(page, username)
        return page


@pytest.fixture
def doors(chrome: Browser, server: str, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Doors]:
    doors = Doors(chrome, server, watch)
    yield doors
    _close(doors, request)


@pytest.fixture
def people(chrome: Browser, own_product: Product, request: pytest.FixtureRequest) -> Iterator[People]:
    """Everybody on a product of the walk's own."""
    address = own_product.address
    doors = Doors(chrome, address, Watch(address))
    yield People(doors)
    _close(doors, request)


def _watched(doors: Doors, request: pytest.FixtureRequest, *, width: int, scripts: bool) -> Iterator[Page]:
    yield doors.page(width=width, scripts=scripts)
    _close(doors, request)


def _close(doors: Doors, request: pytest.FixtureRequest) -> None:
    """The last pictures of a failed walk, and the end of every browser window; then what the watch saw."""
    report = getattr(request.node, "report_call", None)
    failed = (report is not None and report.failed) or bool(doors.watch.problems)
    for number, page in enumerate(doors.open):
        if failed:
            folder = ROOT / "test-results"
            folder.mkdir(exist_ok=True)
            page.screenshot(path=folder / f"{request.node.name}-{number}.png", full_page=True)
        page.context.close()
    assert not doors.watch.problems, "\n".join(doors.watch.problems)
