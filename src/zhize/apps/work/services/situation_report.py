"""质量状况分析报告: drafted in one step from what the year shows, for a conference to analyse (一（二）)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import recipients_of
from zhize.apps.documents.services import official_draft
from zhize.apps.work.log_types import conferences as log_types
from zhize.apps.work.mapping.situation import FOUR, Situation
from zhize.apps.work.mapping.situation_paper import blocks_of, title_of
from zhize.apps.work.models import Conference, SituationFigure, SituationReport
from zhize.apps.work.selectors.counted import Stretch
from zhize.apps.work.selectors.digests import late_tasks, listed_most_on
from zhize.apps.work.selectors.situation import situation_of
from zhize.apps.work.services.conference_common import (
    demand_state,
    items_tick,
    locked_conference,
    ref_of,
    refuse_second,
)
from zhize.apps.work.services.digests import label_of
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.chinese import in_chinese
from zhize.kit.clock import local_day
from zhize.kit.errors import StateConflict
from zhize.kit.versioned import snapshot

STATE = Conference.State
ITEM = "item.report"


@transaction.atomic
@in_chinese
def situation_report_draft(*, conference: Conference, actor: Actor, now: datetime) -> OfficialDocument:
    """Counts the conference's year as of today (of its last day once it is over), keeps the numbers, and drafts the report
    to the leading group; each number is linked, so that it is compared again before the report is signed. Ticks 起草质量状况
    报告 on the checklist. One at a time: refused while there is one that is not voided."""
    current = locked_conference(conference, actor)
    demand_state(
        current, (STATE.PREPARING, STATE.CALLED, STATE.HELD), "起草质量状况分析报告", "请在下次会议起草"
    )
    refuse_second(current, OfficialDocument.Kind.REPORT, actor)
    year = current.year
    start, end = year.starts_on, min(local_day(now), year.ends_on)
    if end < start:
        raise StateConflict(
            f"{year.label}还没有开始，没有数据可以分析", where=current.title, remedy=f"请在 {start} 之后起草"
        )
    report = SituationReport(conference=current, starts_on=start, ends_on=end, made_at=now, by=actor.name)
    report.save()
    found = situation_of(current, start, end)
    figures = {(one.part, one.measure, one.code): one for one in _figures(report, found)}
    where = Stretch(current.jurisdiction_id, year.pk, start, end)
    most = listed_most_on(end, current.jurisdiction.code)
    late = {part.value: late_tasks(where, most, parts=[part]) for part in FOUR}
    label = label_of(year, start, end)
    group = current.jurisdiction.group_unit_id
    to = recipients_of([group] if group else [])
    document = official_draft(
        jurisdiction=current.jurisdiction,
        kind=OfficialDocument.Kind.REPORT,
        title=title_of(current, label),
        addressee_ids=to.main,
        copy_ids=to.copies,
        blocks=blocks_of(current, label, end, found, figures, late),
        source=ref_of(current),
        actor=actor,
        now=now,
    )
    items_tick(current, (ITEM,), actor, now)
    record(
        log_types.SITUATION_DRAFTED,
        actor=actor,
        thing=ref_of(current),
        now=now,
        after={**snapshot(report), "document": document.pk, "figures": len(figures)},
        jurisdiction_code=current.jurisdiction.code,
    )
    return document


def _figures(report: SituationReport, found: Situation) -> list[SituationFigure]:
    rows = [
        SituationFigure(
            report=report, part=part, measure=measure, code=code, words=fact.words, url=fact.url[:300]
        )
        for (part, measure, code), fact in found.facts.items()
    ]
    return SituationFigure.objects.bulk_create(rows, batch_size=500)
