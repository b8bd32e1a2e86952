"""工作进展情况通报: drafted in one step with linked figures; once issued, the office's duty of the period is discharged."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db import transaction

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import recipients_of
from zhize.apps.documents.services import official_draft
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.selectors import taking_part
from zhize.apps.orgs.services.saving import checked
from zhize.apps.regulations.models import Obligation
from zhize.apps.regulations.services import discharge_by_source
from zhize.apps.work.log_types import tasks as log_types
from zhize.apps.work.mapping.digest_paper import blocks_of, title_of
from zhize.apps.work.models import TaskDigest, TaskDigestFigure
from zhize.apps.work.policies import tasks as policies
from zhize.apps.work.selectors.digests import (
    KIND,
    counts_of,
    fresh_tasks,
    late_tasks,
    listed_most,
    stretch_of,
)
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.periods import Every
from zhize.core.kernel.periods import WorkYear as Span
from zhize.core.papers.days import printed_day
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.chinese import in_chinese
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

ISSUED = "work.digest.issued"
KINDS = (OfficialDocument.Kind.CIRCULAR, OfficialDocument.Kind.BULLETIN)


@transaction.atomic
@in_chinese
def digest_draft(
    *,
    year: WorkYear,
    starts_on: date,
    ends_on: date,
    kind: str = OfficialDocument.Kind.CIRCULAR,
    actor: Actor,
    now: datetime,
) -> tuple[TaskDigest, OfficialDocument]:
    """起草通报 (二（一） 汇总工作进展情况): counts the tasks of `year` as of the end of `ends_on` (both days included), keeps
    the numbers, and drafts the 通报 or 简报 to all members and the regions below; each number in it is linked to its own.

    Raises BadInput for days that are turned round, outside the year or to come, and where there is no task to tell of.
    """
    if not (policies.may_hand_out(actor) and year.jurisdiction_id == actor.jurisdiction_id):
        raise NotAllowed("只有本辖区办公室可以起草进展通报", remedy="请切换到办公室的身份")
    _demand_days(year, starts_on, ends_on, local_day(now))
    if kind not in KINDS:
        raise BadInput("进展通报只能是通报或简报", where="文种", remedy="请重新选择")
    digest = TaskDigest(
        jurisdiction=year.jurisdiction, year=year, starts_on=starts_on, ends_on=ends_on,
        label=label_of(year, starts_on, ends_on), made_at=now, by=actor.name,
    )  # fmt: skip
    where = stretch_of(digest)
    counts = counts_of(where)
    if not counts[None][TaskDigestFigure.Measure.TOTAL]:
        raise BadInput(
            f"截至{printed_day(ends_on)}没有任务可以通报",
            where="统计期间",
            remedy="请换一个期间，或先交办任务",
        )
    checked(digest, exclude=("jurisdiction", "year"))
    digest.save()
    figures, most = _figures(digest, counts), listed_most(digest)
    units = Unit.objects.system("who the digest tells of").filter(pk__in=[pk for pk in counts if pk])
    members = taking_part(year.jurisdiction_id, local_day(now), "to whom the digest goes").values_list(
        "unit_id", flat=True
    )
    to = recipients_of(list(members))
    document = official_draft(
        jurisdiction=year.jurisdiction,
        kind=kind,
        title=title_of(digest),
        addressee_ids=to.main,
        copy_ids=to.copies,
        blocks=blocks_of(
            digest,
            {(one.unit_id, one.measure): one for one in figures},
            list(units.order_by("region__order", "order", "code")),
            fresh_tasks(where, most),
            late_tasks(where, most),
        ),
        source=ThingRef(KIND, digest.pk),
        actor=actor,
        now=now,
    )
    record(
        log_types.DIGEST_DRAFTED,
        actor=actor,
        thing=ThingRef(KIND, digest.pk),
        now=now,
        after={**snapshot(digest), "document": document.pk, "counts": dict(counts[None])},
        jurisdiction_code=year.jurisdiction.code,
    )
    return digest, document


def _demand_days(year: WorkYear, starts_on: date, ends_on: date, today: date) -> None:
    if not year.starts_on <= starts_on <= ends_on <= year.ends_on:
        raise BadInput(
            f"期间 {starts_on} 至 {ends_on} 不在{year.label}之内",
            where="统计期间",
            remedy=f"请填 {year.starts_on} 至 {year.ends_on} 之间、先后有序的两个日期",
        )
    if ends_on > today:
        raise BadInput(
            f"统计截至日 {ends_on} 还没有到", where="统计截至", remedy=f"请填 {today} 或更早的日期"
        )


def label_of(year: WorkYear, starts_on: date, ends_on: date) -> str:
    """2012年上半年, 2012年第三季度, 2012年3月 where the days are such a part of the year; else the days themselves."""
    span = Span(year.starts_on)
    for every in (Every.YEAR, Every.HALF, Every.QUARTER, Every.MONTH):
        part = span.part_of(every, starts_on)
        if part and (part.start, part.end) == (starts_on, ends_on):
            return part.label
    last = printed_day(ends_on)
    return f"{printed_day(starts_on)}至{last.removeprefix(f'{starts_on.year}年')}"


def _figures(digest: TaskDigest, counts: dict[int | None, Counter[str]]) -> list[TaskDigestFigure]:
    rows = [
        TaskDigestFigure(digest=digest, unit_id=unit_id, measure=one.value, value=found[one])
        for unit_id, found in counts.items()
        for one in TaskDigestFigure.Measure
    ]
    return TaskDigestFigure.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def digest_issued(*, digest: TaskDigest, doc_no: str, on: date, actor: Actor, now: datetime) -> TaskDigest:
    """The document drafted from it went out. Discharges (`work.digest.issued`) what the office owes for every period that
    ends within the days of the digest: a monthly one in the middle of a half-year is on file and discharges nothing."""
    rows = TaskDigest.objects.system("its document went out").select_for_update(of=("self",))
    current: TaskDigest = rows.select_related("jurisdiction").get(pk=digest.pk)
    if current.issued_on:
        raise StateConflict("这份进展通报已经印发", where=current.label, remedy="请刷新页面查看")
    before = snapshot(current)
    current.doc_no, current.issued_on = doc_no[:60], on
    current.save()
    office = current.jurisdiction.office_unit_id
    if office:
        owed = Obligation.objects.system("periods that end within the digest").filter(
            jurisdiction_id=current.jurisdiction_id, unit_id=office,
            period_end__gte=current.starts_on, period_end__lte=current.ends_on,
        )  # fmt: skip
        ends = owed.order_by("period_end").values_list("period_start", "period_end", "duty_id")
        for start, end, duty_id in sorted(set(ends)):
            discharge_by_source(
                code=ISSUED,
                ref=ThingRef(KIND, current.pk),
                jurisdiction=current.jurisdiction,
                unit_ids=[office],
                duty_ids=[duty_id],
                on=on,
                period=(start, end),
                statement=f"《{title_of(current)}》已印发（{current.doc_no}）",
                actor=actor,
                now=now,
            )
    record(
        log_types.DIGEST_ISSUED,
        actor=actor,
        thing=ThingRef(KIND, current.pk),
        now=now,
        before=before,
        after=snapshot(current),
        jurisdiction_code=current.jurisdiction.code,
    )
    return current
