"""Tasks in the states that pages act on: 兰州市's own, what its office leads itself, and what 甘肃省 handed to the city."""

from __future__ import annotations

from datetime import date

from django.db.models import Model
from tests.permissions.people import HOME
from tests.permissions.things import NOW, Things

from zhize.apps.orgs.models import Unit
from zhize.apps.requests.models import Call, CallUnit, UnitRequest
from zhize.apps.work.models import (
    Talk,
    Task,
    TaskChange,
    TaskDigest,
    TaskReminder,
    TaskReply,
    TaskSlip,
    TaskUnit,
)


def make(things: Things) -> dict[str, Model]:
    w = things.world
    city = Unit.objects.system("test").select_related("answers_through").get(pk=w.unit["lz_gov"].pk)
    made: dict[str, Model] = {}
    for prefix, place, unit in (
        ("", HOME, w.unit["lz_zjj"]),
        ("own_", HOME, w.unit["lz_office"]),
        ("above_", "gs", w.unit["zjj"]),
        ("above_city_", "gs", city),
    ):
        for state in ("assigned", "running", "asked", "suspended", "handed_back"):
            task = Task.objects.create(
                jurisdiction=w.jurisdiction[place], year=things[f"{'above_' if place == 'gs' else ''}year"],
                code=f"{prefix}{state}", title="开展监督抽查", lead_unit=unit, due_on=date(2012, 6, 30), state=state,
                created_at=NOW,
            )  # fmt: skip
            TaskUnit.objects.create(task=task, unit=unit, role="lead")
            made[f"{prefix}task_{state}"] = task
        TaskChange.objects.create(
            task=made[f"{prefix}task_running"], kind="extension", unit=unit, reason="样品未齐", at=NOW, by="演示",
            old_due_on=date(2012, 6, 30), new_due_on=date(2012, 7, 31),
        )  # fmt: skip
    for prefix, place, unit, task in (
        ("", HOME, w.unit["lz_zjj"], made["task_running"]),
        ("above_", "gs", city, made["above_city_task_running"]),
    ):
        call = Call.objects.create(
            jurisdiction=w.jurisdiction[place], year=things[f"{prefix}year"], title="任务进展", content="work.task_progress",
            due_on=date(2012, 4, 5), state="issued", issued_at=NOW,
        )  # fmt: skip
        CallUnit.objects.create(call=call, unit=unit)
        request = UnitRequest.objects.create(
            call=call, jurisdiction=call.jurisdiction, unit=unit, due_on=call.due_on
        )
        TaskReply.objects.create(request=request, task=task, words="已抽样")
        made[f"{prefix}progress_request"] = request
    made["task_reminder"] = TaskReminder.objects.create(
        task=made["task_running"], jurisdiction=w.jurisdiction[HOME], unit=w.unit["lz_zjj"], step="remind", name="提醒",
        text="请报告进展", at=NOW, by="演示",
    )  # fmt: skip
    made["slip"] = TaskSlip.objects.create(
        jurisdiction=w.jurisdiction[HOME], unit=w.unit["lz_zjj"], name="提请督办", title="关于督办“开展监督抽查”任务的通知",
        made_at=NOW, by="演示",
    )  # fmt: skip
    made["talk"] = Talk.objects.create(
        jurisdiction=w.jurisdiction[HOME], year=things["year"], unit=w.unit["lz_zjj"], held_on=date(2012, 3, 1),
        leader="副组长", words="请抓紧", at=NOW, by="演示",
    )  # fmt: skip
    made["task_digest"] = TaskDigest.objects.create(
        jurisdiction=w.jurisdiction[HOME], year=things["year"], starts_on=date(2012, 1, 1), ends_on=date(2012, 6, 30),
        label="2012年上半年", made_at=NOW, by="演示",
    )  # fmt: skip
    return made
