"""工作规则: the office's own rules come into force, are looked at again, end. They set no duties (二（四）)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from zhize.apps.regulations import log_types
from zhize.apps.regulations.models import Regulation, RegulationVersion
from zhize.apps.regulations.selectors.texts import LIVE
from zhize.apps.regulations.services.by_source import discharge_by_source
from zhize.apps.regulations.services.texts import KIND, refuse_stranger
from zhize.core.workflow.document_version import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

# What discharges the office's duty to make and keep improving its rules.
ADOPTED = "regulations.work_rules.adopted"
LOGGED = ["state", "in_force_on", "confirmed_by"]


@transaction.atomic
def work_rules_adopt(
    *, regulation: Regulation, expected: int | None, actor: Actor, now: datetime
) -> RegulationVersion:
    """按本版施行: the newest draft text comes into force from its day on, the one before it is repealed.

    Discharges (`regulations.work_rules.adopted`) what the office owes for the period of today, or of the first day in
    force where that is past: rules of last year, registered now, are no work of this year.
    """
    current = _locked(regulation, actor)
    check_version(current, expected, mine={})
    draft = _newest(current, (RegulationVersion.State.DRAFT,))
    if draft is None:
        raise StateConflict("没有待施行的文本", where=current.title, remedy="请先登记新版正文")
    starts = draft.in_force_on or current.in_force_from or local_day(now)
    before = snapshot(draft, LOGGED)
    former = _newest(current, LIVE)
    if former is not None:
        since = former.in_force_on or current.in_force_from
        if since is not None and starts <= since:
            raise BadInput(
                f"新版施行日期 {starts} 不晚于现行版的 {since}",
                where="本版施行日期",
                remedy="请另行登记施行日期较晚的新版",
            )
        _repealed(former)
    draft.in_force_on, draft.confirmed_at, draft.confirmed_by = starts, now, actor.name
    draft.state = next_state(TABLE, draft.state, "confirm").next_state
    _kept(draft)
    current.in_force_from = current.in_force_from or starts
    current.in_force_to = None
    _kept(current)
    day = min(starts, local_day(now))
    _discharged(current, f"《{current.title}》第 {draft.number} 版施行", day, actor, now)
    _log(log_types.RULES_ADOPTED, current, actor, now, before=before, after=snapshot(draft, LOGGED))
    return draft


@transaction.atomic
def work_rules_review(
    *, regulation: Regulation, opinion: str, expected: int | None, actor: Actor, now: datetime
) -> Regulation:
    """复核: looked at again and left as they are, with a word why. Discharges like a new version."""
    current = _locked(regulation, actor)
    check_version(current, expected, mine={"opinion": opinion})
    if _newest(current, LIVE) is None:
        raise StateConflict("还没有施行的文本，不能复核", where=current.title, remedy="请先按本版施行")
    if not opinion.strip():
        raise BadInput("没有写复核意见", where="复核意见", remedy="请用一两句话写明复核的结果")
    before = snapshot(current, ["reviewed_on"])
    current.reviewed_on = local_day(now)
    _kept(current)
    words = f"复核《{current.title}》，继续施行：{opinion.strip()}"
    _discharged(current, words, local_day(now), actor, now)
    _log(
        log_types.RULES_REVIEWED, current, actor, now,
        before=before, after=snapshot(current, ["reviewed_on"]), note=opinion.strip(),
    )  # fmt: skip
    return current


@transaction.atomic
def work_rules_end(
    *, regulation: Regulation, on: date, expected: int | None, actor: Actor, now: datetime
) -> Regulation:
    """废止: `on` is the last day in force, today at the latest."""
    current = _locked(regulation, actor)
    check_version(current, expected, mine={"on": on})
    live = _newest(current, LIVE)
    if live is None:
        raise StateConflict("没有施行中的文本，不必废止", where=current.title, remedy="请刷新页面查看")
    since = live.in_force_on or current.in_force_from
    if on > local_day(now) or (since is not None and on < since):
        raise BadInput(
            "失效日期要在施行之后、今天以前（含）", where="失效日期", remedy="到了那一天再登记废止"
        )
    _repealed(live)
    before = snapshot(current, ["in_force_to"])
    current.in_force_to = on
    _kept(current)
    _log(log_types.RULES_ENDED, current, actor, now, before=before, after=snapshot(current, ["in_force_to"]))
    return current


def _locked(regulation: Regulation, actor: Actor) -> Regulation:
    current = (
        Regulation.objects.system("work rules")
        .select_for_update(of=("self",))
        .select_related("jurisdiction")
        .get(pk=regulation.pk, sort=Regulation.Sort.WORK_RULES)
    )
    refuse_stranger(actor, current.jurisdiction_id)
    return current


def _newest(regulation: Regulation, states: tuple[str, ...]) -> RegulationVersion | None:
    rows = RegulationVersion.objects.system("work rules").filter(regulation=regulation, state__in=states)
    return rows.order_by("-number").first()


def _repealed(version: RegulationVersion) -> None:
    version.state = next_state(TABLE, version.state, "repeal").next_state
    _kept(version)


def _kept(row: Regulation | RegulationVersion) -> None:
    row.version += 1
    row.full_clean()
    row.save()


def _discharged(regulation: Regulation, words: str, day: date, actor: Actor, now: datetime) -> None:
    office = regulation.jurisdiction.office_unit_id
    discharge_by_source(
        code=ADOPTED,
        ref=ThingRef(KIND, regulation.pk),
        jurisdiction=regulation.jurisdiction,
        unit_ids=[office] if office else [],
        on=day,
        statement=words,
        actor=actor,
        now=now,
    )


def _log(kind: object, regulation: Regulation, actor: Actor, now: datetime, **more: object) -> None:
    record(
        kind,  # type: ignore[arg-type]
        actor=actor,
        thing=ThingRef(KIND, regulation.pk),
        now=now,
        jurisdiction_code=regulation.jurisdiction.code,
        **more,  # type: ignore[arg-type]
    )
