"""Pages of the plan: from a draft to the notice in the browser; refusals on the page; constant statements."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.inspection.conftest import Plan, announce, fresh
from tests.work.tasks.conftest import year_of
from tests.world import World

from zhize.apps.inspection.models import GroupPerson, Inspection, InspectionGroup
from zhize.apps.inspection.selectors.inspections import items_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
FORM = {
    "title": "年中核查", "kind": "special", "basis": "甘政办发〔2012〕1号", "year": "2012年度", "period_start": "2012-01-01",
    "period_end": "2012.6.30", "starts_on": "2012年7月2日", "ends_on": "2012-07-06", "units": ["兰州市人民政府", "天水市人民政府"],
}  # fmt: skip


def test_the_office_plans_lists_groups_and_announces(world: World, sign_in: SignIn) -> None:
    year_of(world.jurisdiction["gs"])
    office = sign_in("office")
    assert "拟订核查" in office.get(reverse("inspection:inspections")).content.decode()
    new = reverse("inspection:create")
    assert office.get(new).status_code == 200
    assert office.post(new, FORM | {"basis": ""}).status_code == 400
    assert office.post(new, FORM).status_code == 302
    inspection = Inspection.objects.system("test").get()
    page = reverse("inspection:inspection", args=[inspection.pk])
    bad = office.post(
        f"{page}items/", {"version": 1, "items": "会议\n台账 | 核对 | | 拍照\n"}
    ).content.decode()
    assert "第1行缺核查项目或核查要求" in bad and "第2行的记录方式" in bad
    pasted = (
        "核查项目\t核查要求\t对应条款或职责\t记录方式\n会议\t有纪要\t一（二）\t\n批次\t核对台账\t\t数字\n"
    )
    assert office.post(f"{page}items/", {"version": 1, "items": pasted}).status_code == 302
    assert [(one.name, one.clause, one.how) for one in items_of(inspection)] == [
        ("会议", "一（二）", "judge"),
        ("批次", "", "number"),
    ]
    assert "会议 | 有纪要 | 一（二） | 判定" in office.get(f"{page}items/").content.decode()
    group = {"name": "第一核查组", "units": ["兰州市人民政府", "天水市人民政府"]}
    assert office.post(f"{page}groups/", group).status_code == 302
    at = reverse("inspection:group", args=[InspectionGroup.objects.system("test").get().pk])
    refused = office.post(f"{at}people/", {"part": "head", "name": "某某", "workplace": "兰州市质监局"})
    assert refused.status_code == 400 and "不能核查兰州市人民政府" in refused.content.decode()
    chosen = {"part": "head", "person": world.user["clerk"].pk}
    assert office.post(f"{at}people/", chosen).status_code == 302
    assert GroupPerson.objects.system("test").get().workplace == "省质监局"
    assert "批准并通知" in office.get(page).content.decode()
    given = {"version": fresh(inspection).version, "by_name": "演示主任", "on": "2012-03-05"}
    assert office.post(f"{page}announce/", given).status_code == 302
    assert fresh(inspection).state == "announced"
    assert "关于开展年中核查的通知" in office.get(f"{page}notice/").content.decode()
    unit = sign_in("sibling").get(page).content.decode()
    assert "核查清单" in unit and "取消核查" not in unit


def test_the_list_can_be_filtered_and_taken_away(ready: Plan, world: World, sign_in: SignIn) -> None:
    announce(world, ready())
    office, at = sign_in("office"), reverse("inspection:inspections")
    assert "2012年度质量工作实地核查" in office.get(at, {"state": "announced"}).content.decode()
    assert "没有符合条件的记录" in office.get(at, {"state": "closed"}).content.decode()
    file = office.get(at, {"export": "csv", "all": "1"})
    assert "甘政办发〔2012〕1号" in b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]


def test_statements_of_list_and_page_do_not_grow(ready: Plan, sign_in: SignIn) -> None:
    office, first = sign_in("office"), ready()
    urls = reverse("inspection:inspections"), reverse("inspection:inspection", args=[first.pk])

    def statements(url: str) -> int:
        office.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert office.get(url).status_code == 200
        return len(captured)

    few = [statements(url) for url in urls]
    for number in range(5):
        ready(title=f"核查 {number}")
    assert [statements(url) for url in urls] == few
