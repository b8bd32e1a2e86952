"""议题: proposed by units in answer to a call from the conference, chosen for the agenda or left out with the reason (二（四）)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.orgs.services.saving import checked
from zhize.apps.orgs.services.todos import notice_send_to_units
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.models import Conference, Topic
from zhize.apps.work.policies.tasks import UNIT
from zhize.apps.work.services.conference_common import (
    KIND,
    demand_state,
    locked_conference,
    ref_of,
    save,
)
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.versioned import snapshot

STATE = Conference.State
TEMPLATE = "topics"
LONGEST = 120
AGENDA = 2000


@transaction.atomic
def topics_follow(*, request: UnitRequest, actor: Actor, now: datetime) -> list[Topic]:
    """What a unit handed in becomes topics of the conference the call came from, one a line. Handed in again, undecided ones
    are replaced; a decided one stays. Nothing for calls that come from elsewhere."""
    call = request.call
    if call.source_kind != KIND or call.template != TEMPLATE:
        return []
    rows = Conference.objects.system("a unit answered its call for topics").select_for_update(of=("self",))
    conference = rows.select_related("jurisdiction").by_pk(call.source_id or 0)
    if conference is None or conference.state not in (STATE.PREPARING, STATE.CALLED):
        return []
    held = Topic.objects.system("topics of one answer").filter(conference=conference, unit_id=request.unit_id)
    held.filter(verdict="").delete()
    kept = set(held.values_list("title", flat=True))
    answers = (request.handed_in or {}).get("answers", {})
    lines = [line.strip()[:LONGEST] for line in str(answers.get("topics") or "").splitlines() if line.strip()]
    reason = str(answers.get("reason") or "")[:4000]
    made = Topic.objects.bulk_create(
        Topic(conference=conference, unit_id=request.unit_id, request=request, title=line, reason=reason)
        for line in dict.fromkeys(lines)
        if line not in kept
    )
    record(
        log_types.TOPICS_PROPOSED,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        after={"unit": request.unit_id, "topics": [one.title for one in made]},
        jurisdiction_code=conference.jurisdiction.code,
    )
    return made


@transaction.atomic
def topic_decide(*, topic: Topic, chosen: bool, why: str = "", actor: Actor, now: datetime) -> Topic:
    """列入议程: it becomes the last line of the agenda; 不列入, with the reason. The unit is told."""
    conference = locked_conference(topic.conference, actor)
    demand_state(conference, (STATE.PREPARING, STATE.CALLED), "选定议题", "会后的事项请记为会议决定")
    rows = Topic.objects.system("decided by the office").select_for_update(of=("self",))
    current: Topic = rows.select_related("unit").get(pk=topic.pk)
    if current.verdict:
        raise StateConflict(
            f"这个议题已经{current.get_verdict_display()}",
            where=current.title,
            remedy="如需更正，请修改会议议程",
        )
    if not chosen and not why.strip():
        raise BadInput("没有写明不列入的理由", where="理由", remedy="请写明理由，提出单位会看到")
    current.verdict = Topic.Verdict.CHOSEN if chosen else Topic.Verdict.LEFT_OUT
    current.why, current.decided_by, current.decided_at = why.strip(), actor.name, now
    checked(current, exclude=("conference", "unit", "request"))
    current.save()
    if chosen and current.title not in conference.agenda_items:
        agenda = "\n".join([*conference.agenda_items, current.title])
        if len(agenda) > AGENDA:
            raise BadInput("议程已经写满", where="议程", remedy="请先在“修改”中精简议程")
        conference.agenda = agenda
        save(conference)
    desk = current.unit.answers_through_id or current.unit_id
    words = f"议题“{current.title}”{current.get_verdict_display()}：{conference.title}。{current.why}"
    notice_send_to_units(texts={desk: words}, roles=UNIT, ref=ref_of(conference), now=now)
    record(
        log_types.TOPIC_DECIDED,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        after=snapshot(current, ["title", "unit", "verdict", "why"]),
        jurisdiction_code=conference.jurisdiction.code,
    )
    return current
