"""Accounts, units and members come in by Excel through the one import page, and a repeat adds nothing."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.kit.bad_files import xlsx_file
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs import services
from zhize.apps.orgs.models import Membership, Post, Unit, User
from zhize.kit.errors import NotAllowed, StateConflict
from zhize.kit.fields import Outcome, specs
from zhize.kit.imports.publish import import_publish
from zhize.kit.imports.services import import_upload
from zhize.kit.models import ImportRow, ImportRun


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def bring(world: World, now: datetime, kind: str, by: str, table: list[list[object]]) -> Outcome | list[str]:
    """The outcome of publishing the table, or the problems its rows have."""
    raw, spec, actor = xlsx_file(table), specs()[kind], world.actor(by)
    run = import_upload(
        spec=spec, upload=io.BytesIO(raw), name="名册.xlsx", size=len(raw), actor=actor, now=now
    )
    run = ImportRun.objects.system("test").get(pk=run.pk)
    wrong = [p["text"] for row in ImportRow.objects.filter(run=run) for p in row.problems]
    return wrong or import_publish(run=run, spec=spec, only_good=False, actor=actor, now=now)


PEOPLE: list[list[object]] = [
    ["姓名", "账号", "单位", "角色", "岗位名称", "电话"],
    ["甲（演示）", "jia", "省工商局", "联络员", "联络员", "0931-0000101"],
    ["乙（演示）", "yi", "省质监局", "经办人", "经办人", ""],
    ["乙（演示）", "yi", "省工商局", "经办人", "经办人", ""],
]


def test_people_and_posts_come_from_one_file_and_a_repeat_adds_nothing(world: World, now: datetime) -> None:
    assert bring(world, now, "orgs.person", "sysadmin", PEOPLE) == Outcome(3, 0, 0)
    assert User.objects.get(username="jia").phone == "0931-0000101"
    assert Post.objects.system("test").filter(user__username="yi").count() == 2
    assert Entry.objects.system("test").get(type="orgs.user.imported").rows_digest
    with pytest.raises(StateConflict, match="一致"):
        bring(world, now, "orgs.person", "sysadmin", PEOPLE)
    assert Post.objects.system("test").filter(user__username__in=["jia", "yi"]).count() == 3
    issued = services.passwords_issue(actor=world.actor("sysadmin"), now=now)
    assert {user.username for user, _ in issued} == {"jia", "yi"}


def test_a_unit_of_another_region_is_refused_with_its_place(world: World, now: datetime) -> None:
    row: list[object] = ["丙（演示）", "bing", "兰州市领导小组办公室", "联络员", "联络员", ""]
    wrong = bring(world, now, "orgs.person", "sysadmin", [PEOPLE[0], row])
    assert isinstance(wrong, list) and "第 2 行" in wrong[0]


def test_an_administrator_is_not_made_by_import(world: World, now: datetime) -> None:
    row: list[object] = ["丙（演示）", "bing", "省质监局", "安全审计员", "审计员", ""]
    with pytest.raises(NotAllowed):
        bring(world, now, "orgs.person", "sysadmin", [PEOPLE[0], row])
    assert not User.objects.filter(username="bing").exists()


def test_units_come_by_code(world: World, now: datetime) -> None:
    table: list[list[object]] = [
        ["代码", "名称", "地区", "类别", "管理体制"],
        ["gs-new", "省卫生厅", "甘肃省", "政府部门", "地方管理"],
        ["test-zjj", "省质监局", "甘肃省", "政府部门", "省以下垂直管理"],
    ]
    assert bring(world, now, "orgs.unit", "sysadmin", table) == Outcome(1, 1, 0)
    assert Unit.objects.system("test").get(code="test-zjj").governance == "vertical_below_province"


def test_members_come_by_unit_capacity_and_day(world: World, now: datetime) -> None:
    table: list[list[object]] = [
        ["单位", "身份", "顺序", "自", "依据文件"],
        ["省质监局", "成员单位", 7, "2011-01-01", "甘政办发〔2011〕24号"],
        ["省工商局", "被考核地区", 8, "2012-01-01", ""],
    ]
    assert bring(world, now, "orgs.membership", "office", table) == Outcome(1, 1, 0)
    rows = Membership.objects.system("test").filter(unit=world.unit["zjj"])
    assert [(row.order, row.version) for row in rows] == [(7, 2)]
