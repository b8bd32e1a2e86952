"""The year, walked once by hand (issue 3): so far the plan, from the call to the receipt of the issued document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.e2e.conftest import Doors
from tests.e2e.year import plan
from tests.e2e.year.people import People
from tests.support.product import a_product
from tests.support.watch import Watch


@pytest.fixture
def people(chrome: Browser) -> Iterator[People]:
    """Everybody on a product of their own: the register and the open year, nothing done yet."""
    with a_product(stage="start", day="2012-02-06") as product:
        watch = Watch(product.address)
        doors = Doors(chrome, product.address, watch)
        yield People(doors)
        for page in doors.open:
            page.context.close()
        assert not watch.problems, "\n".join(watch.problems)


def test_the_plan_from_the_call_to_the_receipt(people: People) -> None:
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
