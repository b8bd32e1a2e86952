"""Step 10: the situation page, whose numbers lead to what they count, and the clause with what was done about it."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from tests.e2e.year.people import LEADER, People

COUNTED = ("/obligations/", "/work/tasks/", "/work/plans/?", "/registers/sampling/")
CONFERENCE = "召开联席会议"


def leader_follows_the_numbers(people: People) -> None:
    """A number of the head or of a unit's row opens a list of exactly so many."""
    page = people(LEADER)
    page.goto("/situation/")
    people.look(page, "situation by unit")
    links = [
        (link.inner_text().strip(), link.get_attribute("href") or "")
        for link in page.locator("main").get_by_role("link", name=re.compile(r"^\d+$")).all()
    ]
    counted = [(words, url) for words, url in links if url.startswith(COUNTED)]
    assert len(counted) > 12, links
    for words, url in [*counted[:10], *counted[-2:]]:
        page.goto(url)
        expect(page.locator(".page-number"), f"{url} counts otherwise than {words}").to_have_text(
            re.compile(rf"^{words}\s*条")
        )


def leader_looks_by_region(people: People) -> None:
    page = people(LEADER)
    page.goto("/situation/?by=region")
    people.look(page, "situation by region")
    row = page.locator("tr", has_text="兰州市").first
    expect(row).to_contain_text("B级")
    row.get_by_role("link", name="兰州市").click()
    people.look(page, "region")
    expect(page.locator("main")).to_contain_text("B级")


def leader_reads_a_clause(people: People) -> None:
    """What was done about it this year, by whom, with which evidence."""
    page = people(LEADER)
    page.goto("/situation/?by=clause")
    people.look(page, "situation by clause")
    page.locator("main").get_by_role("link", name=CONFERENCE, exact=True).first.click()
    people.look(page, "duty")
    page.locator("main").get_by_role("link", name=re.compile("一（二）")).first.click()
    people.look(page, "clause")
    expect(page.locator("main")).to_contain_text("联席会议")


def leader_on_the_phone(people: People) -> None:
    page = people(LEADER, width=375)
    page.goto("/situation/")
    people.look(page, "situation on the phone")
