"""What is brought to a conference and prepared for it: papers, items of the checklist."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.services import file_store
from zhize.apps.orgs.services.saving import checked
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.models import Conference, ConferenceCheck, ConferencePaper, ConferenceUnit
from zhize.apps.work.policies import conferences as policies
from zhize.apps.work.services.conference_common import demand_state, locked_conference, ref_of
from zhize.apps.work.services.conferences import STATE, rows_of
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import NotAllowed


@transaction.atomic
def paper_add(
    *, conference: Conference, upload: File[bytes], title: str = "", actor: Actor, now: datetime
) -> ConferencePaper:
    """提交会议材料: from the office, or a unit that is called."""
    own = own_row(conference, actor)
    if not policies.may_bring_paper(actor, conference, own):
        raise NotAllowed("只有办公室和参会单位可以提交会议材料", remedy="请切换到参会单位的身份")
    demand_state(conference, (STATE.PREPARING, STATE.CALLED, STATE.HELD), "提交材料", "请另行报送办公室")
    file = file_store(upload=upload, actor=actor, now=now, jurisdiction=conference.jurisdiction)
    name = (upload.name or "").rsplit(".", 1)[0]
    paper = ConferencePaper(
        conference=conference,
        unit_id=own.unit_id if own else actor.unit_id or 0,
        title=(title.strip() or name)[:120],
        file=file,
        at=now,
        by=actor.name,
    )
    checked(paper)
    paper.save()
    record(
        log_types.PAPER_ADDED,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        after={"title": paper.title, "sha256": file.sha256},
        jurisdiction_code=conference.jurisdiction.code,
    )
    return paper


@transaction.atomic
def check_tick(*, check: ConferenceCheck, done: bool, actor: Actor, now: datetime) -> ConferenceCheck:
    """勾选 or un-ticks an item of the checklist."""
    conference = locked_conference(check.conference, actor)
    rows = ConferenceCheck.objects.system("ticked by the office").select_for_update()
    current: ConferenceCheck = rows.get(pk=check.pk)
    current.done_at, current.done_by = (now, actor.name) if done else (None, "")
    current.save()
    record(
        log_types.CHECK_TICKED,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        after={"item": current.name, "done": done},
        jurisdiction_code=conference.jurisdiction.code,
    )
    return current


def own_row(conference: Conference, actor: Actor) -> ConferenceUnit | None:
    """The place of the acting unit, or of one it answers for."""
    return next((row for row in rows_of(conference) if policies.is_own(actor, row)), None)
