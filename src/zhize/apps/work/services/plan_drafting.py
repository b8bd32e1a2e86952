"""The official document that issues the plan, drafted from it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import official_standing, recipients_of
from zhize.apps.documents.services import official_draft
from zhize.apps.orgs.selectors import taking_part
from zhize.apps.work.log_types import plans as log_types
from zhize.apps.work.mapping.plan_paper import blocks_of, title_of
from zhize.apps.work.models import Plan
from zhize.apps.work.selectors.plans import items_of
from zhize.apps.work.services.plan_common import KIND, locked_whole, log
from zhize.kit.actor import Actor
from zhize.kit.chinese import in_chinese
from zhize.kit.clock import local_day
from zhize.kit.errors import StateConflict
from zhize.kit.things import ThingRef


@transaction.atomic
@in_chinese
def plan_draft_document(*, plan: Plan, actor: Actor, now: datetime) -> OfficialDocument:
    """Drafts the 通知 that issues an approved plan, to all members and the regions below; one at a time.

    Its signing and sending are the document's own steps; once issued, the plan is.
    """
    current = locked_whole(plan, actor)
    if current.state != Plan.State.APPROVED:
        raise StateConflict(
            f"计划{current.get_state_display()}，不能起草印发文件",
            where=current.title,
            why="先报领导小组审定并登记意见",
            remedy="请先报审、登记审定",
        )
    ref = ThingRef(KIND, current.pk)
    if official_standing(actor, ref):
        raise StateConflict("印发文件已经起草", where=current.title, remedy="请打开已有的文件继续办理")
    members = taking_part(current.jurisdiction_id, local_day(now), "to whom the plan is issued").values_list(
        "unit_id", flat=True
    )
    to = recipients_of(list(members))
    document = official_draft(
        jurisdiction=current.jurisdiction,
        kind=OfficialDocument.Kind.NOTICE,
        title=title_of(current),
        addressee_ids=to.main,
        copy_ids=to.copies,
        blocks=blocks_of(current, items_of(current)),
        source=ref,
        actor=actor,
        now=now,
    )
    log(log_types.PLAN_DRAFTED, current, actor, now, after={"document": document.pk})
    return document
