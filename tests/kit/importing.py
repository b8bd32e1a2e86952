"""A thing made for import tests: units under a spec of their own, saved through the kit's bulk helper."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from tests.kit.bad_files import xlsx_file

from zhize.apps.orgs.models import Region, Unit
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record, register_log_types
from zhize.kit.bulk import bulk_upsert
from zhize.kit.fields import FieldSpec, Kind, Outcome, Ref, ThingSpec, register_spec
from zhize.kit.imports.services import import_upload
from zhize.kit.models import ImportRow, ImportRun

SAVED = LogType("test.unit.imported", "导入测试单位")
register_log_types(SAVED)
HEAD = ["代码 *", "单位名称 *", "地区", "类别", "建制顺序", "设立日期", "已核对"]
hooks: dict[str, Any] = {}
"""A test may put "after" here: called inside the transaction once all rows are written."""


@transaction.atomic
def save(*, rows: Sequence[Mapping[str, Any]], actor: Actor, now: datetime, digest: str) -> Outcome:
    outcome = bulk_upsert(SPEC, rows, actor=actor)
    record(SAVED, actor=actor, thing=None, now=now, after={"added": outcome.added}, rows_digest=digest)
    hooks.get("after", lambda: None)()
    return outcome


REGIONS = Ref(
    load=lambda actor: Region.objects.visible_to(actor),
    aliases=lambda actor: {"金城": Region.objects.visible_to(actor).get(code="620100").pk},
)
SPEC = register_spec(
    ThingSpec(
        kind="test.unit",
        label="测试单位",
        model=Unit,
        fields=(
            FieldSpec(
                "code", "代码", Kind.CODE, required=True, natural_key=True, max_length=40, example="620000-x"
            ),
            FieldSpec("name", "单位名称", required=True, max_length=80, synonyms=("部门名称",)),
            FieldSpec("region", "地区", Kind.REF, required=True, ref=REGIONS),
            FieldSpec("kind", "类别", Kind.CHOICE, required=True, choices=Unit.Kind),
            FieldSpec("order", "建制顺序", Kind.INTEGER, minimum=0, maximum=9999),
            FieldSpec("valid_from", "设立日期", Kind.DATE),
            FieldSpec("confirmed", "已核对", Kind.BOOL),
        ),
        rows=lambda actor: Unit.objects.visible_to(actor),
        may_view=lambda actor: actor.jurisdiction_id is not None,
        may_edit=lambda actor: actor.has("office_staff"),
        bulk_save=save,
    )
)


def row(n: int, **change: Any) -> list[Any]:
    """A sound row."""
    cells = {"code": f"u{n}", "name": f"演示单位{n}", "region": "甘肃省", "kind": "政府部门", "order": n,
             "valid_from": "2011-01-01", "confirmed": "是"}  # fmt: skip
    return list((cells | change).values())


def workbook(*rows: list[Any], head: list[str] | None = None) -> bytes:
    return xlsx_file([head or HEAD, *rows], sheet="名册")


def upload(raw: bytes, actor: Actor, now: datetime, name: str = "名册.xlsx") -> ImportRun:
    run = import_upload(spec=SPEC, upload=io.BytesIO(raw), name=name, size=len(raw), actor=actor, now=now)
    return fresh(run)


def fresh(run: ImportRun) -> ImportRun:
    return ImportRun.objects.system("test").get(pk=run.pk)


def problems(run: ImportRun) -> list[str]:
    return [p["text"] for r in ImportRow.objects.filter(run=run).order_by("line") for p in r.problems]
