"""The list page: the same statements for 20 rows and 2,000, plain links, and words instead of failures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def test_the_list_shows_words_not_codes(client: Client) -> None:
    page = client.get("/t/units/").content.decode()
    assert "省质监局" in page
    assert "政府部门" in page and "department" not in page.split("<tbody")[1]
    assert "甘肃省" in page


@pytest.mark.parametrize(
    "address", ["/t/units/", "/t/units/?sort=-region&kind=department", "/t/units/?q=演示"]
)
def test_a_list_costs_the_same_statements_for_20_rows_and_2000(
    client: Client, many_units: Callable[[int], None], address: str
) -> None:
    def statements() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        return [q["sql"] for q in seen.captured_queries]

    many_units(60)  # more than a page, so that the total is counted both times
    few = statements()
    many_units_more = 2000
    from zhize.apps.orgs.models import Region, Unit

    region = Region.objects.system("test").get(code="620500")
    Unit.objects.bulk_create(
        Unit(code=f"more-{i}", region=region, name=f"演示更多{i}", order=i) for i in range(many_units_more)
    )
    many = statements()
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= 3 + 6, "\n".join(many)
