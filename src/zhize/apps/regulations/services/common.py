"""What every step of handing in and deciding shares: locks, refusals, judging anew, to-dos, the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_hand_in
from zhize.apps.orgs.services.todos import NewTodo, notice_send_to_units, todo_close, todo_open
from zhize.apps.regulations import mapping, policies, selectors
from zhize.apps.regulations.models import Discharge, DischargeEvidence, Obligation, Waiver
from zhize.apps.years.models import WorkYear
from zhize.apps.years.selectors import confirm_by
from zhize.core.duties.discharge import evaluate
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, Problem, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

KIND = "regulations.obligation"
TODO_DUE = "obligation.due"
TODO_CONFIRM = "discharge.confirm"
TODO_RETURNED = "discharge.returned"
LOGGED = ["state", "statement", "comment", "submitted_at", "decided_at"]


def after_submit(obligation: Obligation, actor: Actor, now: datetime) -> None:
    """New state, the unit's to-dos done, one for the office."""
    rejudge(obligation, now)
    ref = ThingRef(KIND, obligation.pk)
    todo_close(ref=ref, actor=actor, now=now)
    if office := obligation.jurisdiction.office_unit_id:
        todo_open(
            todo=NewTodo(
                jurisdiction_id=obligation.jurisdiction_id,
                unit_id=office,
                kind=TODO_CONFIRM,
                ref=ref,
                title=f"审核：{obligation.unit.name} {words_of(obligation)}",
                due_on=confirm_by(obligation.jurisdiction.code, local_day(now)),
            ),
            now=now,
        )


def words_of(obligation: Obligation) -> str:
    """制定本部门工作方案（2012年上半年), as to-dos and messages say it; a one-off matter has no period."""
    once = obligation.duty.nature == obligation.duty.Nature.ONCE
    about = "" if once else obligation.period_label
    if obligation.rolled_from_id:
        about = f"{about}结转"
    return f"{obligation.duty.title}（{about}）" if about else obligation.duty.title


def due_todo(obligation: Obligation, title: str) -> NewTodo:
    """What awaits the unit: hand in by the due date. Counted and standing duties await nobody."""
    return NewTodo(
        jurisdiction_id=obligation.jurisdiction_id,
        unit_id=obligation.unit_id,
        kind=TODO_DUE,
        ref=ThingRef(KIND, obligation.pk),
        title=title,
        due_on=obligation.due_on,
    )


def awaits_unit(obligation: Obligation) -> bool:
    """Whether the unit itself must hand something in (duty joined); what was rolled over is always settled so."""
    natures = (obligation.duty.Nature.PERIODIC, obligation.duty.Nature.ONCE)
    by_paper = obligation.duty.nature in natures or obligation.rolled_from_id is not None
    return by_paper and obligation.status in (
        obligation.Status.OPEN,
        obligation.Status.PARTLY,
    )


def reopen_due_todo(obligation: Obligation, now: datetime) -> None:
    """After a withdrawal or a lifted waiver the obligation awaits its unit again."""
    if awaits_unit(obligation):
        todo_open(todo=due_todo(obligation, words_of(obligation)), now=now)


def tell_unit(unit_id: int, text: str, ref: ThingRef, now: datetime) -> None:
    """A message to the people of the unit who answer for obligations."""
    notice_send_to_units(texts={unit_id: text}, roles=policies.UNIT, ref=ref, now=now)


def rejudge(obligation: Obligation, now: datetime) -> None:
    """Derives the obligation's state again from its discharges and waivers (`duties.discharge`) and saves it."""
    discharges = Discharge.objects.system("judging one obligation").filter(obligation=obligation)
    waivers = Waiver.objects.system("judging one obligation").filter(obligation=obligation)
    outcome = evaluate(
        mapping.rule_for(obligation),
        mapping.facts_of(discharges, waivers, selectors.records_of(obligation)),
        period=mapping.period_of(obligation),
        due=obligation.due_on,
        today=local_day(now),
    )
    mapping.put_outcome(obligation, outcome)
    obligation.version += 1
    obligation.save()


def locked(obligation: Obligation) -> Obligation:
    return (
        Obligation.objects.system("locked for a write")
        .select_for_update(of=("self",))
        .select_related("duty", "unit", "year", "jurisdiction")
        .get(pk=obligation.pk)
    )


def pair(discharge: Discharge) -> tuple[Discharge, Obligation]:
    """The obligation first, then the discharge: always locked in this order, so that two people cannot block each other."""
    obligation = locked(discharge.obligation)
    return Discharge.objects.system("locked for a write").select_for_update().get(pk=discharge.pk), obligation


def waiting(obligation: Obligation) -> Discharge | None:
    return (
        Discharge.objects.system("one at a time")
        .filter(obligation=obligation, state__in=(Discharge.State.SUBMITTED, Discharge.State.RETURNED))
        .first()
    )


def refuse_closed(obligation: Obligation) -> None:
    if obligation.year.state == WorkYear.State.CLOSED:
        raise StateConflict(
            f"{obligation.year.label}已关账，不能再办理", remedy="如确需办理，请联系办公室重新开启该年度"
        )
    if obligation.rolled_into_id:
        raise StateConflict(
            "该事项已结转到下一年度，原年度不再办理", remedy="请在结转后的履职事项上办理，链接见本页“事项”"
        )
    if obligation.status == Obligation.Status.STANDING:
        raise StateConflict("常态履职不需要单独报送", why="由计划事项、台账数据和总结体现")


def refuse_empty(statement: str, evidence: Sequence[Evidence], source: ThingRef | None) -> None:
    problems = []
    if not statement.strip():
        problems.append(
            Problem("请填写履行情况说明", "履行情况说明", remedy="一两句话写明做了什么、结果如何")
        )
    if not evidence and source is None:
        problems.append(
            Problem(
                "请附佐证材料",
                "佐证材料",
                why="没有材料办公室无从确认",
                remedy="上传文件，或选用已登记的材料",
            )
        )
    if problems:
        raise BadInput("报送内容不完整", problems)


def link(discharge: Discharge, evidence: Sequence[Evidence], now: datetime) -> None:
    """What a discharge rests on: handed in with it."""
    here = set(DischargeEvidence.objects.filter(discharge=discharge).values_list("evidence_id", flat=True))
    DischargeEvidence.objects.bulk_create(
        DischargeEvidence(discharge=discharge, evidence=e) for e in evidence if e.pk not in here
    )
    if evidence:
        evidence_hand_in(evidence=evidence, now=now)


def save(discharge: Discharge) -> None:
    discharge.version += 1
    discharge.full_clean()
    discharge.save()


def values(discharge: Discharge, evidence: Sequence[Evidence]) -> dict[str, Any]:
    return {**snapshot(discharge, LOGGED), "evidence": [e.pk for e in evidence]}


def log(log_type: Any, obligation: Obligation, actor: Actor, now: datetime, **values: Any) -> None:
    record(
        log_type,
        actor=actor,
        thing=ThingRef(KIND, obligation.pk),
        now=now,
        jurisdiction_code=obligation.jurisdiction.code,
        **values,
    )
