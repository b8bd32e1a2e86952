"""书面报告: a demand to be answered in writing becomes a request of its object; the answer taken in settles it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.assessment import log_types
from zhize.apps.assessment.models import FollowUp, Round
from zhize.apps.assessment.services.common import checked, log, ref_of, step_of
from zhize.apps.orgs.selectors import taking_part
from zhize.apps.requests.models import UnitRequest
from zhize.apps.requests.selectors.templates import template_values
from zhize.apps.requests.services import call_create, call_issue
from zhize.apps.years.models import WorkYear
from zhize.core.workflow.follow_up import TABLE
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.versioned import snapshot

TEMPLATE = "result_report"
ASKED = ("template", "body", "form", "nil_allowed", "stamp_needed")


def askable(round_: Round, rows: Sequence[FollowUp], now: datetime) -> list[FollowUp]:
    """Those to be answered in writing whose units still take part: who left is sent a task like any other. One statement."""
    reports = [row for row in rows if row.by == FollowUp.By.REPORT]
    if not reports:
        return []
    units = taking_part(round_.jurisdiction_id, local_day(now), "who may be asked for a report")
    known = set(units.values_list("unit_id", flat=True))
    return [row for row in reports if row.assessed.unit_id in known]


def reports_ask(round_: Round, year: WorkYear, rows: Sequence[FollowUp], actor: Actor, now: datetime) -> None:
    """One call a demand and day, sent at once to all it is about; each row gets its request."""
    asked: dict[tuple[str, date], list[FollowUp]] = {}
    for row in rows:
        asked.setdefault((row.says, row.due_on), []).append(row)
    for (says, due_on), group in asked.items():
        units = [row.assessed.unit_id for row in group]
        call = call_create(
            jurisdiction=round_.jurisdiction,
            year=year,
            title=f"{says}（{round_.title}）"[:100],
            due_on=due_on,
            unit_ids=units,
            source=ref_of(round_),
            actor=actor,
            now=now,
            **_form(round_, year, now),
        )
        call_issue(
            call=call, version=call.version, actor=actor, now=now, despite=f"{round_.scheme_title}的后续要求"
        )
        made = UnitRequest.objects.system("the requests just sent").filter(call=call)
        requests = {one.unit_id: one for one in made.select_related("call")}
        for row in group:
            row.request, row.task = requests[row.assessed.unit_id], None


def _form(round_: Round, year: WorkYear, now: datetime) -> dict[str, Any]:
    """What a report answers: the template of the jurisdiction, or in free words where it keeps none."""
    found = template_values(year, local_day(now), round_.jurisdiction.code, TEMPLATE)
    if found is None:
        return {"body": "请书面报告整改情况。", "nil_allowed": False}
    return {name: found[name] for name in ASKED}


@transaction.atomic
def follow_up_reported(*, request: UnitRequest, actor: Actor, now: datetime) -> FollowUp | None:
    """The office took the report in: what asked for it is done. Called by the handler of `RequestAccepted`, inside its
    transaction: the policy was that of accepting. None where no result asked for this answer."""
    rows = FollowUp.objects.system("whose report was taken in").select_for_update(of=("self",))
    row = rows.filter(request=request, state=FollowUp.State.SENT).first()
    if row is None:
        return None
    current = FollowUp.objects.system("with its round").select_related(
        "assessed__round__jurisdiction", "assessed__round__year", "assessed__unit"
    ).get(pk=row.pk)  # fmt: skip
    before = snapshot(current)
    current.state = step_of(TABLE, current.state, "reported", current.says).next_state
    current.version += 1
    checked(current, "后续要求")
    current.save()
    log(
        log_types.FOLLOW_UP_REPORTED, current.assessed, actor, now, before=before, after=snapshot(current),
        note=f"{current.assessed.name}：{current.says}",
    )  # fmt: skip
    return current
