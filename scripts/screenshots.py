"""`make screenshots`: the product with its demonstration, each page of docs/screenshots.yaml as PNG.

A file is written only where its picture changed, so that a commit holds no noise.
`make screenshots ARGS="inbox sign-in"` makes only these.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from tests.support import browser as chromium
from tests.support.product import running_product
from tests.support.walking import sign_in

from zhize.kit.yaml_text import yaml_of

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
HEIGHTS = {1440: 900, 375: 812}


@dataclass(frozen=True)
class Shot:
    """One entry of docs/screenshots.yaml."""

    name: str
    page: str
    user: str = ""
    args: dict[str, Any] = field(default_factory=dict)
    widths: tuple[int, ...] = (1440, 375)
    height: int = 0
    click: tuple[str, ...] = ()


def shots(only: list[str]) -> list[Shot]:
    """The list, or those named; an unknown name is an error."""
    found = [Shot(**entry) for entry in yaml_of((ROOT / "docs" / "screenshots.yaml").read_text())]
    if unknown := set(only) - {shot.name for shot in found}:
        sys.exit(f"docs/screenshots.yaml 中没有：{'、'.join(sorted(unknown))}")
    return [shot for shot in found if not only or shot.name in only]


def address(shot: Shot) -> str:
    """An address as it stands, or the one that the product gives to the name."""
    if shot.page.startswith("/"):
        return shot.page
    from django.urls import reverse

    return reverse(shot.page, kwargs=shot.args or None)


def take(browser: Browser, server: str, shot: Shot, width: int) -> bytes:
    context = browser.new_context(
        base_url=server,
        viewport={"width": width, "height": shot.height or HEIGHTS.get(width, 900)},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if shot.user:
        sign_in(page, shot.user)
    answer = page.goto(address(shot))
    if answer is None or not answer.ok:
        sys.exit(f"{shot.name}：{page.url} 返回 {answer.status if answer else '空'}，没有生成图片")
    _click(page, shot)
    page.wait_for_load_state("networkidle")
    picture = page.screenshot(full_page=not shot.height, animations="disabled", caret="hide")
    context.close()
    return picture


def _click(page: Page, shot: Shot) -> None:
    for words in shot.click:
        page.get_by_role("link", name=words).or_(page.get_by_role("button", name=words)).first.click()


def main() -> None:
    executable = chromium.executable()
    if executable is None:
        sys.exit("没有找到 Chromium，无法截图。安装：apt-get install chromium fonts-noto-cjk")
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"ZHIZE_HOME": home, "DJANGO_SETTINGS_MODULE": "zhize.config.settings"}
        import django

        django.setup()  # only for the names of addresses
        FOLDER.mkdir(parents=True, exist_ok=True)
        with running_product(stage="year", day="2012-12-20") as server, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=executable, args=chromium.FLAGS)
            for shot in shots(sys.argv[1:]):
                for width in shot.widths:
                    target = FOLDER / f"{shot.name}-{width}.png"
                    picture = take(browser, server, shot, width)
                    if not target.exists() or target.read_bytes() != picture:
                        target.write_bytes(picture)
                        print(f"{target.relative_to(ROOT)}  {len(picture) / 1000:.0f} KB")
            browser.close()


if __name__ == "__main__":
    main()
