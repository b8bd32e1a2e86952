"""纪要征求有关单位意见: the decisions of June go to the units they concern; two propose words, one of them is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from zhize.apps.cli.demo.stage import actor, at, liaison_of
from zhize.apps.requests import services as requests
from zhize.apps.requests.models import DraftComment, UnitRequest
from zhize.apps.work import services
from zhize.apps.work.models import Conference

Verdict = DraftComment.Verdict
# unit → what it proposes, and the office's answer
PROPOSED: Mapping[str, tuple[Mapping[str, str], str, str]] = {
    "gs-gsj": (
        {"place": "议定事项第1项", "present": "开展建材产品质量专项整治", "proposed": "改为“在生产和流通环节开展建材产品质量专项整治”。", "reason": "流通环节由本局负责，写明便于分工。"},
        Verdict.ADOPTED, "",
    ),
    "gs-lyj": (
        {"place": "议定事项第2项", "proposed": "完成时限改为12月底前。", "reason": "旅游旺季后才有完整的投诉数据。"},
        Verdict.NOT_ADOPTED, "时限为会议议定，十月底前先公布一批，其余年底前补充。",
    ),
}  # fmt: skip


def play(conference: Conference, staff: str, day: date) -> None:
    """Sent the day after the conference, answered within four days, every proposal with its verdict, closed before signing."""
    office = actor(staff, day)
    call = services.minutes_consult(conference=conference, actor=office, now=at(day, 14))
    call = requests.call_issue(call=call, version=None, actor=office, now=at(day, 15))
    rows = UnitRequest.objects.system("demonstration").filter(call=call).select_related("call", "unit")
    for row in rows.order_by("unit__order", "pk"):
        _answered(row, staff, day + timedelta(days=4))
    end = day + timedelta(days=5)
    office = actor(staff, end)
    for one in DraftComment.objects.system("demonstration").filter(request__call=call).select_related("unit"):
        _words, verdict, why = PROPOSED[one.unit.code]
        requests.comments_decide(
            call=call, comment_ids=[one.pk], verdict=verdict, reason=why, actor=office, now=at(end)
        )
    requests.call_close(call=call, version=None, actor=office, now=at(end, 11))


def _answered(row: UnitRequest, staff: str, day: date) -> None:
    username = liaison_of([row.unit_id], day)
    assert username is not None, f"nobody answers for {row.unit.name}"
    who, now = actor(username, day), at(day, 10)
    if row.unit.code in PROPOSED:
        rows = [PROPOSED[row.unit.code][0]]
        requests.comments_save(request=row, rows=rows, version=None, actor=who, now=now)
        requests.request_submit(request=row, version=None, actor=who, now=now)
    else:
        requests.comments_none(request=row, actor=who, now=now)
    requests.request_accept(request=row, comment="", version=None, actor=actor(staff, day), now=at(day, 16))
