"""Who walks: a browser window for each person, opened when first needed and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page
from tests.support.walking import looked_at

if TYPE_CHECKING:
    from tests.e2e.conftest import Doors

OFFICE, DIRECTOR = "gs-office", "gs-office-director"
DEPARTMENTS = {"省质监局": "gs-zjj", "省农牧厅": "gs-nmt", "省教育厅": "gs-jyt"}
LEADER = "gs-leader"
CITY_OFFICE, CITY_DIRECTOR = "lz-office", "lz-office-director"


class People:
    """`people("gs-office")` is that person's page; `look(page)` is asked of a page once (axe, width, one heading)."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self._pages: dict[tuple[str, int], Page] = {}
        self._looked: set[str] = set()

    def __call__(self, username: str, *, width: int = 1440) -> Page:
        key = (username, width)
        if key not in self._pages:
            page = self.doors.enter(username, width=width)
            page.on("dialog", lambda dialog: dialog.accept())  # "sure?" is answered: yes
            self._pages[key] = page
        return self._pages[key]

    def look(self, page: Page, what: str) -> None:
        if what not in self._looked:
            self._looked.add(what)
            looked_at(page)
