"""Drafting a call: what is asked, of whom, by when. Nothing leaves the office yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.orgs.selectors import taking_part
from zhize.apps.requests import log_types, mapping, policies
from zhize.apps.requests.models import Call, CallUnit
from zhize.apps.requests.services.common import CALL, locked_call, refuse_closed_year, refuse_outsider
from zhize.apps.years.models import WorkYear
from zhize.kit import contributions, measures
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, Problem, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

Period = tuple[date, date]
FIELDS = (
    "title", "body", "template", "content", "form", "due_on", "period_start", "period_end", "nil_allowed", "stamp_needed",
    "source_code",
)  # fmt: skip


@transaction.atomic
def call_create(
    *,
    jurisdiction: Jurisdiction,
    year: WorkYear,
    title: str,
    due_on: date,
    unit_ids: Collection[int],
    actor: Actor,
    now: datetime,
    content: str = "",
    body: str = "",
    form: Sequence[Mapping[str, Any]] = (),
    source: ThingRef | None = None,
    source_code: str = "",
    period: Period | None = None,
    template: str = "",
    nil_allowed: bool = True,
    stamp_needed: bool = False,
) -> Call:
    """Drafts a call (二（一）（二）). `content` is a kind of CallContent, empty where the form is all; `source` the thing it
    comes from; `source_code` the discharge source that an accepted reply counts as; `period` defaults to the year.

    Raises `BadInput` with every place that is wrong: form, units that may not be asked, dates, unknown codes.
    """
    call = Call(jurisdiction=jurisdiction, year=year, source_kind=source.kind if source else "")
    call.source_id = source.id if source else None
    if not (actor.is_system or (policies.may_call(actor) and actor.jurisdiction_id == jurisdiction.pk)):
        raise NotAllowed(_("只有本辖区办公室可以征集"), remedy=_("请切换到办公室的身份"))
    if year.jurisdiction_id != jurisdiction.pk:
        raise BadInput(_("年度不属于本辖区"), where=_("年度"), remedy=_("请选择本辖区的工作年度"))
    refuse_closed_year(year)
    start, end = period or (year.starts_on, year.ends_on)
    _put(
        call,
        {
            "title": title, "body": body, "template": template, "content": content, "form": list(form), "due_on": due_on,
            "period_start": start, "period_end": end, "nil_allowed": nil_allowed, "stamp_needed": stamp_needed,
            "source_code": source_code,
        },
    )  # fmt: skip
    units = _askable(jurisdiction, unit_ids, local_day(now))
    call.full_clean()
    call.save()
    CallUnit.objects.bulk_create(CallUnit(call=call, unit_id=pk) for pk in units)
    record(
        log_types.CALL_CREATED,
        actor=actor,
        thing=ThingRef(CALL, call.pk),
        now=now,
        after={**snapshot(call), "units": units},
        jurisdiction_code=jurisdiction.code,
    )
    return call


@transaction.atomic
def call_update(
    *,
    call: Call,
    data: Mapping[str, Any],
    version: int | None,
    actor: Actor,
    now: datetime,
    unit_ids: Collection[int] | None = None,
) -> Call:
    """Changes a draft (`data` by the names of FIELDS) and, where given, whom it is meant for. What is sent stays as sent."""
    current = locked_call(call)
    refuse_outsider(actor, current)
    if current.state != Call.State.DRAFT:
        raise StateConflict(
            _("已发出的征集不能修改"),
            where=current.title,
            why=_("各单位已按发出的内容填报"),
            remedy=_("请取消后重新拟定，或另发一次"),
        )
    check_version(current, version, mine=dict(data))
    before = {**snapshot(current), "units": _unit_ids(current)}
    _put(current, {name: data[name] for name in FIELDS if name in data})
    if unit_ids is not None:
        units = _askable(current.jurisdiction, unit_ids, local_day(now))
        CallUnit.objects.filter(call=current).exclude(unit_id__in=units).delete()
        here = set(_unit_ids(current))
        CallUnit.objects.bulk_create(CallUnit(call=current, unit_id=pk) for pk in units if pk not in here)
    current.version += 1
    current.full_clean()
    current.save()
    record(
        log_types.CALL_CHANGED,
        actor=actor,
        thing=ThingRef(CALL, current.pk),
        now=now,
        before=before,
        after={**snapshot(current), "units": _unit_ids(current)},
        jurisdiction_code=current.jurisdiction.code,
    )
    return current


def _put(call: Call, data: Mapping[str, Any]) -> None:
    """The values onto the row, after every one that could be wrong was looked at."""
    for name, value in data.items():
        setattr(call, name, value.strip() if isinstance(value, str) else value)
    if call.content == mapping.COMMENTS:
        call.nil_allowed = True  # 无意见 is an answer
    problems = []
    if call.content and call.content not in {c.kind for c in contributions.call_contents.items()}:
        problems.append(Problem(_("不认识的报送内容“%(kind)s”") % {"kind": call.content}, _("报送内容")))
    if call.source_code and call.source_code not in measures.sources():
        problems.append(Problem(_("没有登记“%(code)s”") % {"code": call.source_code}, _("接收后认定为")))
    if call.period_start and call.period_end and call.period_start > call.period_end:
        problems.append(Problem(_("所属期起晚于所属期止"), _("所属期"), remedy=_("请对调或改正")))
    try:
        call.form = mapping.checked_form(call.form)
    except BadInput as error:
        problems += error.problems
    if not call.form and not call.content and not call.body:
        problems.append(
            Problem(_("没有写明要报什么"), _("填报项"), remedy=_("请写要求、列出填报项，或选择报送内容"))
        )
    if problems:
        raise BadInput(problems[0].what, problems)


def _askable(jurisdiction: Jurisdiction, unit_ids: Collection[int], today: date) -> list[int]:
    """The units in their official order; whoever is neither member nor assessed there today may not be asked."""
    rows = taking_part(jurisdiction.pk, today, "who may be asked")
    known = list(dict.fromkeys(rows.values_list("unit_id", flat=True)))
    strangers = set(unit_ids) - set(known)
    if strangers:
        raise BadInput(
            _("有 %(n)s 个单位不是本辖区的成员单位或被考核地区") % {"n": len(strangers)},
            where=_("征集对象"),
            why=_("办公室只能向本辖区的成员单位和下级政府征集"),
            remedy=_("请在成员单位名单中选择"),
        )
    return [pk for pk in known if pk in set(unit_ids)]


def _unit_ids(call: Call) -> list[int]:
    return list(CallUnit.objects.filter(call=call).order_by("pk").values_list("unit_id", flat=True))
