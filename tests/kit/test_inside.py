"""A field inside a JSON column is filtered, sorted, paged, searched, saved in bulk and exported like a column."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import models, transaction
from django.http import QueryDict
from tests.world import World

from zhize.kit.actor import Actor
from zhize.kit.bulk import bulk_upsert
from zhize.kit.columns import columns_of
from zhize.kit.exports import csv_lines
from zhize.kit.fields import FieldSpec, Filter, Kind, Outcome, ThingSpec
from zhize.kit.forms import form_class, initial_of
from zhize.kit.inside import put, read, with_inside
from zhize.kit.keyset import slice_of
from zhize.kit.lists import Listing
from zhize.kit.models import Job
from zhize.kit.schemas import sent

pytestmark = pytest.mark.django_db


class Grade(models.TextChoices):
    GOOD = "good", "好"
    POOR = "poor", "差"


def inside(name: str, label: str, kind: Kind = Kind.TEXT, **more: Any) -> FieldSpec:
    return FieldSpec(name, label, kind, inside="payload", sortable=True, **more)


FIELDS = (
    inside("no", "编号", Kind.CODE, natural_key=True, required=True, filter=Filter.EXACT),
    inside("words", "说明", filter=Filter.CONTAINS),
    inside("batches", "批次", Kind.INTEGER, filter=Filter.RANGE),
    inside("amount", "金额", Kind.DECIMAL, filter=Filter.RANGE),
    inside("tested_on", "检验日期", Kind.DATE, filter=Filter.RANGE),
    inside("is_open", "公开", Kind.BOOL, filter=Filter.EXACT),
    inside("grade", "等级", Kind.CHOICE, choices=Grade, filter=Filter.EXACT),
)
SPEC = ThingSpec(
    kind="test.inside",
    label="JSON 里的记录",
    model=Job,
    fields=FIELDS,
    rows=lambda actor: Job.objects.visible_to(actor).filter(kind="inside"),
    may_view=lambda actor: True,
    may_edit=lambda actor: True,
    ordering=("pk",),
    search=("no", "words"),
)
ROWS: list[dict[str, Any]] = [
    {"no": "A1", "words": "水泥", "batches": 9, "amount": Decimal("10.50"), "tested_on": date(2012, 3, 5), "is_open": True, "grade": "good"},
    {"no": "A2", "words": "Cement", "batches": 10, "amount": Decimal("9.75"), "tested_on": date(2012, 11, 5), "is_open": False, "grade": "poor"},
    {"no": "A3", "words": "", "batches": None, "amount": None, "tested_on": None, "is_open": False, "grade": ""},
    {"no": "A4", "words": "'=1+1", "batches": -3, "amount": Decimal("-0.05"), "tested_on": date(2011, 12, 31), "is_open": True, "grade": "good"},
]  # fmt: skip


@pytest.fixture
def rows(office: Actor, now: datetime) -> list[Job]:
    made = []
    for row in ROWS:
        job = Job(user_id=office.user_id, kind="inside", title=row["no"], created_at=now)
        for field in FIELDS:
            put(field, job, row[field.name])
        made.append(job)
    return Job.objects.bulk_create(made)


def listed(actor: Actor, query: str) -> list[str]:
    listing = Listing(SPEC, actor, QueryDict(query))
    assert listing.notices == []
    return [read(FIELDS[0], row) for row in listing.slice().rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("no=A2", ["A2"]),
        ("words=cem", ["A2"]),
        ("batches_from=9", ["A1", "A2"]),
        ("batches_from=10", ["A2"]),
        ("batches_to=0", ["A4"]),
        ("amount_from=9.8", ["A1"]),
        ("amount_to=-0.05", ["A4"]),
        ("tested_on_from=2012-03-05&tested_on_to=2012-11-04", ["A1"]),
        ("is_open=1", ["A1", "A4"]),
        ("is_open=0", ["A2", "A3"]),
        ("grade=poor", ["A2"]),
        ("q=水泥", ["A1"]),
        ("q=a3", ["A3"]),
    ],
)
def test_it_is_filtered_by_its_kind(rows: list[Job], office: Actor, query: str, found: list[str]) -> None:
    assert listed(office, query) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("batches", ["A4", "A1", "A2", "A3"]),
        ("-batches", ["A2", "A1", "A4", "A3"]),
        ("amount", ["A4", "A2", "A1", "A3"]),
        ("-tested_on", ["A2", "A1", "A4", "A3"]),
        ("tested_on", ["A4", "A1", "A2", "A3"]),
        ("grade", ["A1", "A4", "A2", "A3"]),
    ],
)
def test_it_is_sorted_as_what_it_is_and_paged_without_loss(
    rows: list[Job], office: Actor, sort: str, order: list[str]
) -> None:
    assert listed(office, f"sort={sort}") == order
    listing = Listing(SPEC, office, QueryDict(f"sort={sort}"))
    walked, cursor = [], ""
    while True:
        page = slice_of(listing.joined_rows, listing.terms, cursor, 1)
        walked += [read(FIELDS[0], row) for row in page.rows]
        if not page.next:
            break
        cursor = page.next
    assert walked == order
    back = slice_of(listing.joined_rows, listing.terms, page.previous, 2)
    assert [read(FIELDS[0], row) for row in back.rows] == order[1:3]


def test_every_kind_comes_back_as_it_went_in(rows: list[Job], office: Actor) -> None:
    for job, row in zip(
        Job.objects.visible_to(office).filter(kind="inside").order_by("pk"), ROWS, strict=True
    ):
        assert {f.name: read(f, job) for f in FIELDS} == row
        assert None not in job.payload.values(), "nothing is kept for an empty value"


def test_the_form_and_the_api_know_it(rows: list[Job], office: Actor) -> None:
    job = rows[0]
    form = form_class(SPEC, office)(initial=initial_of(SPEC, job))
    assert form["tested_on"].value() == date(2012, 3, 5)
    told = sent(SPEC, job)
    assert (told["amount"], told["grade"], told["grade_label"]) == (Decimal("10.50"), "good", "好")


def test_its_words_never_start_a_formula_in_a_file(rows: list[Job], office: Actor) -> None:
    job = rows[0]
    put(FIELDS[1], job, "=1+1")
    line = b"".join(csv_lines(columns_of(FIELDS), [job])).decode().splitlines()[1]
    assert line.split(",")[1] == "'=1+1"


def test_bulk_saving_recognises_it_by_a_key_inside_and_writes_only_what_differs(
    rows: list[Job], office: Actor, now: datetime, world: World
) -> None:
    given = [ROWS[0], ROWS[1] | {"batches": 11}, ROWS[0] | {"no": "A5"}]
    with transaction.atomic():
        outcome = bulk_upsert(
            SPEC, given, actor=office, defaults=lambda row: {"user_id": office.user_id, "kind": "inside", "title": row["no"], "created_at": now},
        )  # fmt: skip
    assert outcome == Outcome(1, 1, 1)
    kept = with_inside(SPEC, SPEC.rows(office)).get(inside_no="A2")
    assert kept.payload["batches"] == 11 and kept.payload["words"] == "Cement"
