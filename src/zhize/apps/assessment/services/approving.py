"""审定: the approval on paper is recorded, and the result sealed in the same step."""

from __future__ import annotations

from datetime import date, datetime
from typing import BinaryIO

from django.core.files.base import File
from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.models import Appeal, Freeze, Round
from zhize.apps.assessment.services.bundles import write_bundle
from zhize.apps.assessment.services.common import (
    LOGGED,
    TODO_FEEDBACK,
    checked,
    demand,
    demand_deciding,
    demand_open_year,
    log,
    ref_of,
    round_locked,
    round_step,
    save,
)
from zhize.apps.assessment.services.computing import compute, objects_data
from zhize.apps.documents.services import approval_record
from zhize.apps.orgs.services.todos import todo_close, todos_close
from zhize.core.scoring.scheme import ALGORITHM
from zhize.core.scoring.seal import digest
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict
from zhize.kit.versioned import check_version, snapshot

STEP = "领导小组审定"


@transaction.atomic
def round_approve(
    *,
    round_: Round,
    by_name: str,
    on: date,
    by_title: str = "",
    opinion: str = "",
    scan: File[bytes] | None = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Freeze:
    """Records who approved the result on paper, works it out once more and seals it: from here on nothing changes.

    Raises `StateConflict` while an objection waits for its answer, or the sum is not of what is there now.
    """
    current = round_locked(round_)
    demand_deciding(policies.may_decide(actor, current))
    check_version(current, version, mine={"by_name": by_name})
    demand_open_year(current.year)
    before = snapshot(current, LOGGED)
    round_step(current, "approve")
    objects = selectors.objects_of(current)
    if waiting := _waiting(current):
        raise StateConflict(
            f"还有 {waiting} 件申辩没有答复",
            where=current.title,
            why="申辩未了不能审定",
            remedy="请先答复申辩",
        )
    if current.stale_since is not None:
        raise StateConflict(
            "数据有变动，得分还没有重新计算", where=current.title, remedy="请重新计算得分后再提请审定"
        )
    approval_record(
        ref=ref_of(current),
        jurisdiction=current.jurisdiction,
        step=STEP,
        by_name=by_name,
        by_title=by_title,
        on=on,
        opinion=opinion,
        scan=scan,
        actor=actor,
        now=now,
    )
    current.approved_on = on
    compute(current, now)
    freeze = _seal(current, actor, now)
    save(current, "考核")
    todo_close(ref=ref_of(current), actor=actor, now=now)
    todos_close(refs=[ref_of(row) for row in objects], actor=actor, now=now, kind=TODO_FEEDBACK)
    log(log_types.ROUND_APPROVED, current, actor, now, before=before, note=f"{by_name} {on}")
    return freeze


def _waiting(round_: Round) -> int:
    rows = Appeal.objects.system("no result while an objection waits")
    return rows.filter(assessed__round=round_, state=Appeal.State.FILED).count()


def _seal(round_: Round, actor: Actor, now: datetime) -> Freeze:
    payload = mapping.payload_of(round_, objects_data(selectors.objects_of(round_)))
    earlier = Freeze.objects.system("the next number").filter(round=round_).count()
    freeze = Freeze(
        round=round_,
        number=earlier + 1,
        algorithm=ALGORITHM,
        scheme_sha256=round_.scheme_sha256,
        payload=payload,
        sha256=digest(payload),
        sealed_at=now,
        sealed_by=actor.name,
    )
    checked(freeze, "封存")
    freeze.save()
    log(log_types.ROUND_SEALED, round_, actor, now, after={"sha256": freeze.sha256, "number": freeze.number, "algorithm": ALGORITHM})  # fmt: skip
    return freeze


@transaction.atomic
def bundle_export(*, round_: Round, target: BinaryIO, actor: Actor, now: datetime) -> str:
    """Writes the sealed round as a zip that anybody can check without us, and logs who took it; gives its seal."""
    demand(
        policies.may_export_bundle(actor, round_),
        "您的身份不能导出核验包",
        "请由办公室、审计员或外部审计导出",
    )
    freeze = selectors.freeze_last(round_)
    if freeze is None:
        raise StateConflict("结果还没有封存", where=round_.title, why="审定时封存", remedy="请在审定之后导出")
    write_bundle(target, round_, freeze)
    log(log_types.BUNDLE_EXPORTED, round_, actor, now, after={"sha256": freeze.sha256})
    return freeze.sha256
