"""Words agreed with the units, carried into the draft of the minutes as a version of it, and taken out again (二（四））."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.services import official_return, official_update
from zhize.apps.orgs.services.saving import checked
from zhize.apps.requests.models import Call, DraftComment
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.models import Conference, MinutesWording, Resolution
from zhize.apps.work.selectors.minutes import minutes_standing, printed_now, resolution_meant
from zhize.apps.work.services.conference_common import demand_state, locked_conference, log
from zhize.core.papers.wordings import proposed_line
from zhize.kit.actor import Actor
from zhize.kit.chinese import in_chinese
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.officialdoc import from_json
from zhize.kit.officialdoc.blocks import paragraph_replaced

State, Verdict = MinutesWording.State, DraftComment.Verdict
TAKEN = (Verdict.ADOPTED, Verdict.PARTLY)
STATES = OfficialDocument.State
OPEN = (STATES.DRAFT, STATES.CHECKED)


@transaction.atomic
@in_chinese
def wordings_follow(*, call: Call, comments: Iterable[DraftComment], actor: Actor, now: datetime) -> None:
    """The office answered comments on a conference's minutes: what it adopted awaits its place in the draft, and goes there at
    once where the words can be read (改为“…”) and a draft lies open; what it no longer adopts goes out again."""
    row = (
        Conference.objects.system("the conference a round of comments is about")
        .filter(pk=call.source_id or 0)
        .first()
    )
    if row is None or row.state != Conference.State.HELD:
        return
    conference = locked_conference(row, actor)
    rows = MinutesWording.objects.system("wordings of a round").filter(conference=conference)
    noted = []
    for comment in comments:
        known = rows.filter(comment=comment).select_related("resolution", "unit").first()
        if comment.verdict in TAKEN:
            noted.append(_wording_noted(conference, comment, known))
        elif known and known.state == State.CARRIED:
            _out(conference, known, f"改为未采纳：{comment.verdict_reason}", actor, now)
        elif known:
            known.delete()
    if noted:
        named = [{"unit": one.unit.code, "proposed": one.proposed, "after": one.after} for one in noted]
        log(log_types.WORDINGS_NOTED, conference, actor, now, None, wordings=named)
    document = minutes_standing(conference)
    if document and document.state in OPEN:
        for one in noted:
            if one.state == State.WAITING:
                _wording_read(one)
            if one.state == State.WAITING and one.after and _stands(document, one.before):
                _in(conference, one, document, one.before, actor, now)
                document.refresh_from_db()


def _wording_noted(
    conference: Conference, comment: DraftComment, known: MinutesWording | None
) -> MinutesWording:
    if known and known.state == State.CARRIED:
        return known
    one = known or MinutesWording(conference=conference, comment=comment, unit=comment.unit)
    one.resolution = resolution_meant(conference, comment)
    one.proposed, one.state, one.why = comment.proposed, State.WAITING, ""
    _wording_read(one)
    _wording_save(one)
    return one


def _wording_read(one: MinutesWording) -> None:
    """The item as it stands, and as the unit's words make it: read only where the comment was adopted as a whole."""
    one.before = printed_now(one.resolution) if one.resolution else ""
    one.after = ""
    if one.resolution and one.comment and one.comment.verdict == Verdict.ADOPTED:
        text = one.resolution.text.rstrip("。")
        one.after = proposed_line(one.before, text, one.comment.present, one.comment.proposed)


def wordings_into_draft(conference: Conference, actor: Actor, now: datetime) -> None:
    """A draft of the minutes was made: what was agreed before goes into it, each a version of its own. What stood in a draft since
    made void goes in again."""
    rows = MinutesWording.objects.system("agreed before the draft").filter(conference=conference)
    found = rows.exclude(state=State.LEFT_OUT).select_related("resolution__lead_unit", "unit", "comment")
    for one in sorted(found, key=lambda row: (row.state != State.CARRIED, row.at or now, row.pk)):
        if one.state == State.WAITING:
            _wording_read(one)
        document = minutes_standing(conference)
        if document and one.after and _stands(document, one.before):
            _in(conference, one, document, one.before, actor, now)


@transaction.atomic
@in_chinese
def wording_carry(
    *, wording: MinutesWording, resolution: Resolution, words: str, actor: Actor, now: datetime
) -> MinutesWording:
    """写入纪要: the item reads `words` from now on. A draft already checked goes back to its drafter first.

    Raises `StateConflict` without an open draft, `BadInput` where neither the item nor these words stand in it.
    """
    conference = locked_conference(wording.conference, actor)
    demand_state(conference, (Conference.State.HELD,), "修改纪要", "已印发的纪要须另行更正")
    current = _wording_locked(wording)
    document = _open_draft(conference)
    if resolution.conference_id != conference.pk:
        raise BadInput("不是这次会议的决定", where="会议决定", remedy="请选择这次会议的决定")
    after = " ".join(words.split())
    if not after:
        raise BadInput("请写明这一项在纪要中的文字", where="商定文字", remedy="写完整的一项，不是修改意见")
    stands = current.after if current.state == State.CARRIED else printed_now(resolution)
    if not _stands(document, stands) and not _stands(document, after):
        raise BadInput(
            "纪要中没有找到这一项原来的文字",
            where=f"议定事项第{resolution.number}项",
            why=f"这一项可能已在公文页改过；原来是“{stands}”",
            remedy="请先在公文页把这一项改成要写入的文字，再点“写入纪要”",
        )
    if current.state != State.CARRIED:
        current.before = stands
    current.resolution, current.after = resolution, after
    _in(conference, current, document, stands, actor, now)
    return current


@transaction.atomic
@in_chinese
def wording_leave_out(*, wording: MinutesWording, why: str, actor: Actor, now: datetime) -> MinutesWording:
    """不写入, or 撤回 what was carried: the item reads as before; with the reason, since the unit was told of the answer."""
    conference = locked_conference(wording.conference, actor)
    demand_state(conference, (Conference.State.HELD,), "修改纪要", "已印发的纪要须另行更正")
    if not why.strip():
        raise BadInput(
            "请写明不写入的理由",
            where="理由",
            why="意见已经采纳，要说明为什么不改文字",
            remedy="如“分工已在任务中写明”",
        )
    current = _wording_locked(wording)
    if current.state == State.LEFT_OUT:
        raise StateConflict("这条文字已经不写入", where=current.unit.name, remedy="请刷新页面查看")
    _out(conference, current, why.strip(), actor, now)
    return current


def _wording_locked(wording: MinutesWording) -> MinutesWording:
    rows = MinutesWording.objects.system("locked for a write").select_for_update(of=("self",))
    return rows.select_related("resolution", "unit", "conference").get(pk=wording.pk)


def _open_draft(conference: Conference) -> OfficialDocument:
    document = minutes_standing(conference)
    if document is None:
        raise StateConflict(
            "还没有纪要稿", where=conference.title, remedy="请先起草纪要，采纳的意见会自动写入"
        )
    if document.state not in OPEN:
        raise StateConflict(
            f"纪要{document.get_state_display()}，不能改文字",
            where=document.title,
            remedy="请在公文页退回拟稿人后再办理",
        )
    return document


def _in(
    conference: Conference,
    one: MinutesWording,
    document: OfficialDocument,
    stands: str,
    actor: Actor,
    now: datetime,
) -> None:
    number = one.resolution.number if one.resolution else 0
    _rewrite(document, stands, one.after, f"采纳{one.unit.name}意见：议定事项第{number}项", actor, now)
    one.state, one.by, one.at, one.why = State.CARRIED, actor.name, now, ""
    _wording_save(one)
    log(
        log_types.WORDING_CARRIED,
        conference,
        actor,
        now,
        None,
        unit=one.unit.code,
        stood=stands,
        words=one.after,
    )


def _out(conference: Conference, one: MinutesWording, why: str, actor: Actor, now: datetime) -> None:
    if one.state == State.CARRIED and minutes_standing(conference):
        document = _open_draft(conference)
        if not _stands(document, one.after):
            raise StateConflict(
                "这一项的文字在写入之后又改过，不能自动恢复",
                where=one.after[:60],
                remedy="请在公文页修改，或恢复以前的稿次",
            )
        _rewrite(document, one.after, one.before, f"撤回{one.unit.name}意见的修改：{why}", actor, now)
    one.state, one.by, one.at, one.why = State.LEFT_OUT, actor.name, now, why[:200]
    _wording_save(one)
    log(
        log_types.WORDING_LEFT_OUT,
        conference,
        actor,
        now,
        None,
        unit=one.unit.code,
        words=one.after,
        note=why[:200],
    )


def _wording_save(one: MinutesWording) -> None:
    checked(one, exclude=["conference", "resolution", "comment", "unit"])
    one.save()


def _stands(document: OfficialDocument, line: str) -> bool:
    return paragraph_replaced(from_json(document.blocks), line, line) is not None


def _rewrite(document: OfficialDocument, old: str, new: str, why: str, actor: Actor, now: datetime) -> None:
    blocks = paragraph_replaced(from_json(document.blocks), old, new)
    if blocks is None or old == new:
        return
    if document.state == STATES.CHECKED:
        document = official_return(document=document, reason=why[:300], version=None, actor=actor, now=now)
    official_update(
        document=document, data={"blocks": blocks}, version=None, why=why[:200], actor=actor, now=now
    )
