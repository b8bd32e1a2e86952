"""纪要征求有关单位意见: a round of comments on the decisions, asked of the units they concern, each its own part (二（四）)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.requests.models import Call
from zhize.apps.requests.selectors.templates import template_values
from zhize.apps.requests.services import call_create
from zhize.apps.work.models import Conference
from zhize.apps.work.selectors.minutes import concerned, unsettled
from zhize.apps.work.services.conference_common import demand_state, locked_conference, ref_of
from zhize.kit.actor import Actor
from zhize.kit.chinese import in_chinese
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict

TEMPLATE = "minutes"


@transaction.atomic
@in_chinese
def minutes_consult(*, conference: Conference, actor: Actor, now: datetime) -> Call:
    """Drafts the round from the template of the office (`requests/templates`, minutes): sent from the call's own page.

    Each unit answers 无意见 or proposes words; the office takes them or says why not. Raises `BadInput` without decisions.
    """
    current = locked_conference(conference, actor)
    demand_state(current, (Conference.State.HELD,), "征求对纪要的意见", "请先登记会议召开")
    units = concerned(current)
    if not units:
        raise BadInput(
            "会议决定还没有牵头或配合单位", where=current.title, remedy="请先记录会议决定和牵头单位"
        )
    values = template_values(current.year, local_day(now), current.jurisdiction.code, TEMPLATE)
    if values is None:
        raise StateConflict(
            "没有“纪要征求意见”的征集模板", where=current.title, remedy="请在规则中恢复这个模板"
        )
    period = (values.pop("period_start"), values.pop("period_end"))
    return call_create(
        jurisdiction=current.jurisdiction, year=current.year, period=period, unit_ids=[unit.pk for unit in units], source=ref_of(current),
        actor=actor, now=now, **values | {"title": f"征求对{current.title}纪要（征求意见稿）的意见"},
    )  # fmt: skip


@in_chinese
def refuse_unsettled(conference: Conference) -> None:
    """签发 waits until the round on the minutes is settled: everybody has answered or is no longer awaited, every comment has
    its answer, and what was adopted stands in the text or is left out with the reason."""
    left = unsettled(conference)
    if left.silent:
        raise StateConflict(
            f"征求意见还没有结束，{len(left.silent)} 个单位没有回复：{'、'.join(left.silent)}",
            where=f"{conference.title}纪要",
            why="议定事项要经有关单位核对后再签发",
            remedy="请催报；不等的，在意见采纳情况表中写明理由“不再等候”，或结束这次征求意见",
        )
    if left.comments:
        raise StateConflict(
            f"还有 {left.comments} 条意见没有答复",
            where=f"{conference.title}纪要",
            why="每条意见都要写明采纳、部分采纳或未采纳",
            remedy="请在意见采纳情况表中逐条答复",
        )
    if left.wordings:
        raise StateConflict(
            f"采纳的意见还没有写入纪要：{'、'.join(left.wordings)}",
            where=f"{conference.title}纪要",
            why="签发的文字应当是与各单位商定的文字",
            remedy="请在会议页“商定的文字”中写入纪要，或写明不写入的理由",
        )
