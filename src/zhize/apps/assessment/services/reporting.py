"""四（四）: a lower jurisdiction reports its own assessment to the office above."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.events import LocalResultReported
from zhize.apps.assessment.models import LocalReport, Round
from zhize.apps.assessment.services.common import checked, demand_deciding, demand_state, log, round_locked
from zhize.apps.documents.services import file_store
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.services.todos import notice_send_to_units
from zhize.apps.regulations.services import discharge_by_source
from zhize.core.scoring.explain import GradeBlock
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.events import emit
from zhize.kit.things import ThingRef

KIND = "assessment.local_report"
LOCAL_REPORTED = "assessment.local_reported"


@transaction.atomic
def local_report(
    *, round_: Round, statement: str, paper: File[bytes] | None, actor: Actor, now: datetime
) -> LocalReport:
    """Submits grades and a word on a published round to the jurisdiction above; that is all it sees of the round.

    Discharges what the region's government owes there under duties that name `assessment.local_reported`.
    """
    current = round_locked(round_)
    demand_deciding(policies.may_report_upwards(actor, current))
    demand_state(current, *Round.PUBLIC, doing="向上级报告")
    above = current.jurisdiction.parent
    if above is None:
        raise StateConflict("本辖区没有上级辖区", where=current.jurisdiction.name, remedy="无须报告")
    if LocalReport.objects.system("once only").filter(round=current).exists():
        raise StateConflict("这次考核已经报告上级", where=current.title, remedy="如需补充，请另行报送")
    if not statement.strip():
        raise BadInput("没有写情况说明", where="情况说明", remedy="请写明组织情况、结果和运用")
    unit = _government(current.jurisdiction)
    report = LocalReport(
        jurisdiction=above,
        round=current,
        unit=unit,
        title=current.title,
        year_label=current.year.label,
        grades=[{"label": block.label, "names": list(block.names)} for block in blocks_of(current)],
        statement=statement.strip(),
        paper=file_store(upload=paper, jurisdiction=above, actor=actor, now=now) if paper else None,
        submitted_at=now,
        submitted_by=actor.name,
    )
    checked(report, "本地考核报告")
    report.save()
    discharge_by_source(
        code=LOCAL_REPORTED,
        ref=ThingRef(KIND, report.pk),
        jurisdiction=above,
        unit_ids=[unit.pk],
        on=local_day(now),
        period=(current.cut_off_on, current.cut_off_on),
        statement=f"{current.title}：{report.statement[:200]}",
        actor=actor,
        now=now,
    )
    if above.office_unit_id:
        text = f"{unit.name}报告本地考核情况：{current.title}"
        notice_send_to_units(texts={above.office_unit_id: text}, roles=policies.OFFICE, ref=ThingRef(KIND, report.pk), now=now)  # fmt: skip
    emit(LocalResultReported(report, actor, now))
    log(log_types.LOCAL_REPORTED, current, actor, now, after={"to": above.code, "report": report.pk})
    return report


def blocks_of(round_: Round) -> list[GradeBlock]:
    """The grades of a round as circulated, the empty ones too."""
    scheme = mapping.scheme_of(round_)
    rows = selectors.grades_public(round_)
    return [
        GradeBlock(grade.code, grade.label, tuple(row.name for row in rows if row.grade == grade.code))
        for grade in scheme.scale.grades
    ]


def _government(jurisdiction: Jurisdiction) -> Unit:
    """Who owes the report above: the government that the office answers for, else the office itself."""
    rows = Unit.objects.system("who owes the report above").filter(
        answers_through_id=jurisdiction.office_unit_id, kind=Unit.Kind.GOVERNMENT
    )
    found = rows.first() or jurisdiction.office_unit
    if found is None:
        raise StateConflict("本辖区没有登记办公室", where=jurisdiction.name, remedy="请先登记办公室单位")
    return found
