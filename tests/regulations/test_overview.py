"""履职矩阵 and 责任空白: every number opens what it counts, and what is missing is named with its remedy."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from tests.regulations.conftest import Owe, SignIn
from tests.world import World

from zhize.apps.regulations import selectors
from zhize.apps.regulations.models import (
    Clause,
    Duty,
    DutyClause,
    DutyHolder,
    Obligation,
    Regulation,
    RegulationVersion,
)
from zhize.apps.years.models import WorkYear


@pytest.fixture
def year(world: World, owe: Owe) -> WorkYear:
    """Two duties: one owed by two departments, one by one of them and done."""
    first = owe("zjj", sources=[])
    Obligation.objects.create(
        jurisdiction=first.jurisdiction, year=first.year, duty=first.duty, unit=world.unit["gsj"],
        period_label="2012年", period_start=date(2012, 1, 1), period_end=date(2012, 12, 31),
        due_on=date(2012, 12, 1),
    )  # fmt: skip
    WorkYear.objects.system("test").filter(pk=first.year.pk).update(label="2012年")
    duty = Duty.objects.create(
        jurisdiction=first.jurisdiction,
        code="1.9#1",
        title="报送总结",
        text="报送总结。",
        nature="once",
        order=9,
    )
    Obligation.objects.create(
        jurisdiction=first.jurisdiction, year=first.year, duty=duty, unit=world.unit["zjj"], status="done",
        period_label="2012年", period_start=date(2012, 1, 1), period_end=date(2012, 12, 31),
        due_on=date(2012, 2, 1), done_on=date(2012, 1, 20), count_done=1,
    )  # fmt: skip
    return WorkYear.objects.system("test").get(pk=first.year.pk)


def _matrix(world: World, year: WorkYear, now: datetime, **asked: object) -> selectors.Matrix:
    return selectors.matrix_of(world.actor("office"), year, selectors.Asked(**asked), now)  # type: ignore[arg-type]


def test_the_cells_of_the_matrix_add_up_over_rows_and_columns(
    world: World, year: WorkYear, now: datetime
) -> None:
    for by in ("unit", "region"):
        found = _matrix(world, year, now, by=by)
        cells = [cell for line in found.lines for cell in line.cells if cell]
        assert sum(c.total for c in cells) == sum(line.total.total for line in found.lines) == 3
        assert sum(column.total.total for column in found.columns) == found.total.total == 3


def test_a_cell_of_one_obligation_opens_it_and_a_sum_opens_its_list(
    world: World, year: WorkYear, now: datetime, sign_in: SignIn
) -> None:
    found = _matrix(world, year, now)
    client = sign_in("office")
    for line in found.lines:
        for cell, url in zip(line.cells, line.urls, strict=True):
            if cell:
                assert url == f"/obligations/{cell.only}/"
        page = client.get(line.url).content.decode()
        assert page.count(line.duty.title) >= line.total.total
    for column in found.columns:
        assert client.get(column.url).status_code == 200


def test_a_list_asked_by_region_and_duty_holds_what_the_cell_counts(
    world: World, year: WorkYear, now: datetime, sign_in: SignIn
) -> None:
    found = _matrix(world, year, now, by="region")
    line = next(one for one in found.lines if one.total.total == 2)
    response = sign_in("office").get(line.urls[0])
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count('class="row-link"') == 2 and page.count(line.duty.title) >= 2


def test_the_matrix_shows_only_what_is_stuck_when_asked(world: World, year: WorkYear, now: datetime) -> None:
    found = _matrix(world, year, now, stuck=True)
    assert [line.duty.title for line in found.lines] == ["制定工作方案"]
    assert found.total.light == "overdue"


def test_the_matrix_goes_to_excel_with_light_and_count_in_each_cell(year: WorkYear, sign_in: SignIn) -> None:
    response = sign_in("office").get("/obligations/matrix/?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active  # type: ignore[attr-defined]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("职责编号", "职责") and rows[0][-1] == "合计"
    assert "逾期 0/1" in rows[1] and rows[-1][-1] == "逾期 1/3"


def test_a_department_of_another_place_sees_an_empty_matrix(year: WorkYear, sign_in: SignIn) -> None:
    assert "制定工作方案" not in sign_in("sibling").get("/obligations/matrix/").content.decode()


def _clause(year: WorkYear, path: str, text: str) -> Clause:
    regulation, _made = Regulation.objects.system("test").get_or_create(
        jurisdiction=year.jurisdiction, code="main", defaults={"title": "责任制度"}
    )
    version, _made = RegulationVersion.objects.system("test").get_or_create(
        regulation=regulation, number=1, defaults={"text": "x", "sha256": "0" * 64, "state": "confirmed"}
    )
    return Clause.objects.create(
        version=version, path=path, label=path, marker="", level=1, text=text, order=int(path)
    )


def test_a_clause_without_a_duty_that_somebody_holds_is_a_gap(
    world: World, year: WorkYear, now: datetime
) -> None:
    owned, bare, orphan = (_clause(year, str(n), "各单位要落实责任。") for n in (1, 2, 3))
    first, second = Duty.objects.system("test").order_by("order")
    DutyHolder.objects.create(duty=first, unit=world.unit["zjj"], printed="省质监局")
    DutyClause.objects.create(duty=first, clause=owned)
    DutyClause.objects.create(duty=second, clause=bare)
    found = selectors.gaps_of(world.actor("office"), year, now.date())
    assert [c.pk for c in found.clauses] == [bare.pk, orphan.pk]
    assert [(g.duty.pk, g.why) for g in found.duties] == [(second.pk, "没有责任主体")]


def test_a_unit_named_after_the_year_opened_is_a_gap_of_its_duty(
    world: World, year: WorkYear, now: datetime
) -> None:
    duty = Duty.objects.system("test").order_by("order").last()
    assert duty is not None
    for key in ("zjj", "gsj"):
        DutyHolder.objects.create(duty=duty, unit=world.unit[key], printed=world.unit[key].name)
    found = selectors.gaps_of(world.actor("office"), year, now.date())
    assert [g.units for g in found.duties if g.duty == duty] == [(world.unit["gsj"].name,)]


def test_an_obligation_overdue_or_settled_with_nothing_behind_it_is_a_gap(
    world: World, year: WorkYear, now: datetime, sign_in: SignIn
) -> None:
    found = selectors.gaps_of(world.actor("office"), year, now.date())
    assert [(o.duty.title, o.status) for o in found.obligations] == [
        ("报送总结", "done"),
        ("制定工作方案", "open"),
    ]
    page = sign_in("office").get("/duties/gaps/").content.decode()
    assert "提醒报送" in page and "补充佐证" in page


def test_the_gaps_go_to_excel_whole(year: WorkYear, sign_in: SignIn) -> None:
    response = sign_in("office").get("/duties/gaps/?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active  # type: ignore[attr-defined]
    kinds = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert kinds.count("履职事项没有佐证") == 2 and kinds.count("职责没有履职事项") == 2
