"""四（四） 建立工作机制: what a prefecture reports of its mechanism by the template discharges the duty once it is accepted."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.work.plans.conftest import Desk, on, owe

from zhize.apps.regulations.models import Obligation
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.selectors.templates import templates
from zhize.apps.requests.services import (
    call_create,
    call_issue,
    request_accept,
    request_save,
    request_submit,
)

ANSWERS = {
    "document": "兰州市人民政府办公厅关于成立质量振兴领导小组的通知（演示）", "founded_on": "2011-09-20", "head": "副市长",
    "members": "市质监局\n市工商局", "office": "市质监局", "rules": "联席会议制度、联络员制度",
}  # fmt: skip


def test_a_prefectures_mechanism_is_asked_for_by_template_and_discharges_the_duty(desk: Desk) -> None:
    city = desk.world.unit["lz_gov"]
    owed = owe(desk.world, desk.year, "4.4#2", city, sources=["requests.mechanism.accepted"])
    offered = templates(desk.year, date(2012, 1, 10), desk.year.jurisdiction.code)
    values: dict[str, Any] = dict(next(one for one in offered if one.key == "mechanism").values)
    assert values["source_code"] == "requests.mechanism.accepted"
    period = (values.pop("period_start"), values.pop("period_end"))
    call = call_create(
        jurisdiction=desk.year.jurisdiction, year=desk.year, unit_ids=[city.pk], period=period,
        actor=desk.actor("office"), now=on(1, 10), **values | {"stamp_needed": False},
    )  # fmt: skip
    call_issue(call=call, version=None, actor=desk.actor("office"), now=on(1, 10))
    request = UnitRequest.objects.system("test").get(call=call)
    office = desk.actor("sibling")
    saved = request_save(request=request, answers=ANSWERS, version=None, actor=office, now=on(1, 20))
    sent = request_submit(request=saved, version=None, actor=office, now=on(1, 20))
    assert Obligation.objects.system("test").get(pk=owed.pk).status == "open"
    request_accept(request=sent, version=None, actor=desk.actor("office"), now=on(1, 25))
    done = Obligation.objects.system("test").get(pk=owed.pk)
    assert (done.status, done.done_on) == ("done", date(2012, 1, 20))
