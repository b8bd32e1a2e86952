"""The year, walked by hand (issue 3): the plan, a task of it, a conference, figures, a department's register."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.e2e.conftest import Doors
from tests.e2e.year import conference, figures, plan, registers, tasks
from tests.e2e.year.people import People
from tests.support.product import Product, a_product
from tests.support.watch import Watch


@pytest.fixture
def product() -> Iterator[Product]:
    """The register and the open year of the demonstration, nothing done yet."""
    with a_product(stage="start", day="2012-02-06") as product:
        yield product


@pytest.fixture
def people(chrome: Browser, product: Product) -> Iterator[People]:
    """Everybody on this product."""
    watch = Watch(product.address)
    doors = Doors(chrome, product.address, watch)
    yield People(doors)
    for page in doors.open:
        page.context.close()
    assert not watch.problems, "\n".join(watch.problems)


def test_the_first_half_of_the_year(people: People, product: Product) -> None:
    """From the call for plans to the figures of the second quarter, everybody at the own screen."""
    plan.director_registers_the_issuer(people)
    plan.office_calls(people)
    for unit in plan.ITEMS:
        plan.unit_writes(people, unit)
    plan.office_returns_one(people, "省农牧厅")
    plan.unit_corrects(people, "省农牧厅")
    for unit in plan.ITEMS:
        plan.office_accepts(people, unit)
    plan.office_consolidates(people)
    plan.office_records_the_approval(people)
    plan.office_issues_the_plan(people)
    plan.unit_receives(people, "省农牧厅")

    tasks.unit_takes_it_on(people)
    product.on("2012-04-05")
    tasks.unit_reports(people)
    tasks.office_reminds(people)
    tasks.unit_asks_for_more_time(people)
    tasks.office_grants_it(people)

    product.on("2012-06-11")
    conference.office_calls(people)
    for unit in ("省农牧厅", "省质监局"):
        conference.unit_answers(people, unit)
    product.on("2012-06-20")
    conference.office_holds_it(people)
    conference.office_writes_the_minutes(people)
    conference.unit_takes_the_task_on(people)

    product.on("2012-07-02")
    figures.office_asks(people)
    for city in figures.CITIES:
        figures.city_fills_in(people, city)
    figures.office_takes_them_in(people)
    figures.office_sets_a_target(people)
    figures.everybody_sees_the_series(people)
    registers.unit_enters_one(people)

    product.on("2012-12-07")
    tasks.unit_asks_to_close(people)
    tasks.office_closes(people)
