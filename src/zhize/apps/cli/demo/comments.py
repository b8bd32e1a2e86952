"""征求意见 on the draft of the provincial plan: most have none, three units propose changes, one answers late, one not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zhize.apps.cli.demo.plan_steps import Desk
from zhize.apps.cli.demo.stage import actor, at, liaison_of
from zhize.apps.requests import mapping, services
from zhize.apps.requests.models import Call, DraftComment, UnitRequest
from zhize.apps.work.models import Plan
from zhize.apps.work.selectors.plans import items_of
from zhize.kit.things import ThingRef

SENT, DUE, ANSWERED = date(2012, 2, 10), date(2012, 2, 15), date(2012, 2, 16)
SILENT = 17  # by place in the official order of the members
PROPOSED: Mapping[int, tuple[Mapping[str, str], ...]] = {
    2: (
        {"place": "保障措施", "proposed": "增加“各成员单位将质量工作经费列入本部门预算”。", "reason": "专项经费有保障，任务才好落实。"},
        {"place": "全文", "present": "质量工作", "proposed": "统一表述为“质量振兴工作”。", "reason": "与责任制文件用语一致。"},
    ),
    6: (
        {"place": "第三部分", "present": "年底前完成", "proposed": "改为“10月底前完成”。", "reason": "为年度考核留出时间。"},
    ),
    11: (
        {"place": "附表", "proposed": "将本单位由牵头单位改为配合单位。", "reason": "此项工作按职责由其他部门主管。"},
    ),
}  # fmt: skip
ANSWERS = {
    "保障措施": (DraftComment.Verdict.ADOPTED, ""),
    "全文": (DraftComment.Verdict.PARTLY, "标题和总体要求中已统一；引用上级文件原文的地方保留原表述。"),
    "第三部分": (DraftComment.Verdict.ADOPTED, ""),
    "附表": (DraftComment.Verdict.NOT_ADOPTED, "责任制文件明确由本单位牵头，分工不变；具体协作另行协调。"),
}


def play(desk: Desk, plan: Plan) -> None:
    """Sent with the draft, answered, every proposal with its verdict, closed before the plan is presented."""
    call = _sent(desk, plan)
    rows = UnitRequest.objects.system("demonstration").filter(call=call).select_related("call", "unit")
    for number, row in enumerate(rows.order_by("unit__order", "pk")):
        if number != SILENT:
            _answered(desk, row, number)
    who, now = actor(desk.staff, ANSWERED), at(ANSWERED)
    for one in DraftComment.objects.system("demonstration").filter(request__call=call).order_by("pk"):
        verdict, why = ANSWERS[one.place]
        services.comments_decide(
            call=call, comment_ids=[one.pk], verdict=verdict, reason=why, actor=who, now=now
        )
    services.call_close(call=call, version=None, actor=who, now=at(ANSWERED, 11))


def _sent(desk: Desk, plan: Plan) -> Call:
    who = actor(desk.staff, SENT)
    units = {item.lead_unit_id for item in items_of(plan) if item.lead_unit_id}
    call = services.call_create(
        jurisdiction=desk.stage.jurisdiction, year=desk.stage.year, title="征求对2012年度质量振兴工作计划（征求意见稿）的意见",
        body="请对照本单位职责提出修改意见；没有意见的，请点“无意见”。", due_on=DUE, content=mapping.COMMENTS,
        unit_ids=sorted(units), source=ThingRef("work.plan", plan.pk), actor=who, now=at(SENT),
    )  # fmt: skip
    return services.call_issue(call=call, version=None, actor=who, now=at(SENT, 11))


def _answered(desk: Desk, row: UnitRequest, number: int) -> None:
    day = DUE if number % 5 == 4 else date(2012, 2, 13 + number % 2)
    username = liaison_of([row.unit_id], day)
    assert username is not None, f"nobody answers for {row.unit.name}"
    who, now = actor(username, day), at(day, 15)
    if written := PROPOSED.get(number):
        services.comments_save(request=row, rows=written, version=None, actor=who, now=now)
        services.request_submit(request=row, version=None, actor=who, now=now)
    else:
        services.comments_none(request=row, actor=who, now=now)
    taken = at(max(day, date(2012, 2, 14)), 17)
    services.request_accept(
        request=row, comment="", version=None, actor=actor(desk.staff, taken.date()), now=taken
    )
