"""Keyset paging meets every row exactly once, forward and backward, whatever repeats and whatever is empty."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world import World

from zhize.apps.orgs.models import Unit
from zhize.apps.years.models import CalendarDay
from zhize.kit.keyset import BadCursor, slice_of, terms_of

DAYS = st.none() | st.dates(date(2011, 1, 1), date(2011, 1, 3))
ROWS = st.lists(st.tuples(st.integers(0, 2), DAYS, st.sampled_from(["lz", "ts"]), st.booleans()), max_size=14)
PATHS = [
    "order",
    "valid_from",
    "region",
    "located_in",
    "located_in__valid_from",
    "region__parent__order",
    "version",
]
ORDERS = st.lists(
    st.tuples(st.sampled_from(PATHS), st.booleans()), min_size=1, max_size=3, unique_by=lambda step: step[0]
)


def walk(rows: Any, terms: Any, size: int, cursor: str = "", *, back: bool = False) -> list[list[int]]:
    pages = []
    while True:
        found = slice_of(rows, terms, cursor, size)
        pages.append([row.pk for row in found.rows])
        cursor = found.previous if back else found.next
        if not cursor:
            return pages
        assert len(pages) < 100, "the walk goes in circles"


def value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part) if row is not None else None
    return row


def by_hand(rows: list[Any], terms: Any) -> list[int]:
    """Sorted step by step from the last, empty values last in either direction."""
    for term in reversed(terms):
        full = [row for row in rows if value(row, term.path) is not None]
        full.sort(key=lambda row, path=term.path: value(row, path), reverse=term.descending)
        rows = full + [row for row in rows if value(row, term.path) is None]
    return [row.pk for row in rows]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=ROWS, order=ORDERS, size=st.integers(1, 5))
def test_a_walk_meets_every_row_once_in_both_directions(
    world: World, made: list[Any], order: list[tuple[str, bool]], size: int
) -> None:
    with transaction.atomic():
        for number, (place, since, region, located) in enumerate(made):
            Unit.objects.create(
                code=f"w{number:02}",
                region=world.region[region],
                name="演示单位",
                order=place,
                valid_from=since,
                located_in=world.unit["zjj" if number % 2 else "gsj"] if located else None,
            )
        rows = Unit.objects.system("test")
        terms = terms_of(rows, [("-" if down else "") + path for path, down in order])
        expected = by_hand(list(rows.select_related("region__parent", "located_in")), terms)
        forward = walk(rows, terms, size)
        assert [pk for page in forward for pk in page] == expected

        last = ""
        for _page in forward[1:]:
            last = slice_of(rows, terms, last, size).next
        back = walk(rows, terms, size, slice_of(rows, terms, last, size).previous, back=True) if last else []
        met = [pk for page in reversed(back) for pk in page]
        assert met == expected[: (len(forward) - 1) * size]
        transaction.set_rollback(True)


def test_a_true_false_column_can_be_walked(db: None) -> None:
    CalendarDay.objects.bulk_create(
        CalendarDay(date=date(2012, 1, day), is_working=day % 3 == 0, name="演示") for day in range(1, 20)
    )
    rows = CalendarDay.objects.system("test")
    for order in ("is_working", "-is_working"):
        met = [pk for page in walk(rows, terms_of(rows, [order, "date"]), 4) for pk in page]
        assert len(met) == len(set(met)) == 19


def test_rows_added_before_the_place_do_not_shift_the_next_page(world: World) -> None:
    rows = Unit.objects.system("test").filter(region=world.region["gs"])
    terms = terms_of(rows, ["order", "code"])
    first = slice_of(rows, terms, "", 2)
    expected = [row.pk for row in slice_of(rows, terms, first.next, 2).rows]
    Unit.objects.create(code="early", region=world.region["gs"], name="演示单位", order=0)
    assert [row.pk for row in slice_of(rows, terms, first.next, 2).rows] == expected


@pytest.mark.parametrize("cursor", ["x", "a:b", "\x00", "é" * 5000, "W10:", "eyJ4IjoxfQ:abc"])
def test_a_cursor_from_nowhere_is_refused(world: World, cursor: str) -> None:
    rows = Unit.objects.system("test")
    with pytest.raises(BadCursor):
        slice_of(rows, terms_of(rows, ["order"]), cursor, 2)


def test_a_cursor_of_another_order_is_refused(world: World) -> None:
    rows = Unit.objects.system("test")
    cursor = slice_of(rows, terms_of(rows, ["order"]), "", 2).next
    with pytest.raises(BadCursor):
        slice_of(rows, terms_of(rows, ["-order"]), cursor, 2)


def test_an_ordering_over_many_rows_is_a_programming_error(world: World) -> None:
    with pytest.raises(ValueError, match="leads to many rows"):
        terms_of(Unit.objects.system("test"), ["aliases__name"])


def test_a_page_is_one_statement_and_a_plain_column_needs_no_null_order(world: World) -> None:
    rows = Unit.objects.system("test")
    terms = terms_of(rows, ["order", "code"])
    cursor = slice_of(rows, terms, "", 2).next
    with CaptureQueriesContext(
        connection,
    ) as seen:
        slice_of(rows, terms, cursor, 2)
    assert len(seen) == 1
    assert "NULLS" not in seen[0]["sql"]
