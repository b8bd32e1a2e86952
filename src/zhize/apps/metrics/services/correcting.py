"""Correcting one figure, and closing a period: a locked figure changes only as a version with a reason."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from zhize.apps.metrics import log_types, mapping, policies
from zhize.apps.metrics.models import Observation, Revision
from zhize.apps.metrics.services.alerting import alerting_cards, alerts_raise
from zhize.apps.metrics.services.computing import figures_derive, year_start
from zhize.apps.metrics.services.figures import JURISDICTION, NUMBERS
from zhize.apps.metrics.services.new_figures import Locked, revision_of
from zhize.apps.orgs.models import Jurisdiction
from zhize.core.workflow.observation import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

KIND = "metrics.observation"


@transaction.atomic
def observation_correct(
    *,
    observation: Observation,
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    reason: str,
    document: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Observation:
    """Another value for a figure, with the reason; the value before is kept. A locked one stays locked.

    Wholes and formulas that rest on it follow, as versions with the same reason, locked ones too.

    Of a locked figure the director of the office answers for it, and the document must be named.
    """
    rows = Observation.objects.system("correcting a figure").select_for_update(of=("self",))
    current = rows.select_related("card", "jurisdiction").get(pk=observation.pk)
    if not policies.may_correct(actor, current):
        raise NotAllowed(
            "您的身份不能更正这个数",
            why="已锁定的数由办公室主任更正，其他由办公室更正",
            remedy="请联系本辖区办公室",
        )
    check_version(current, version, mine={"value": str(value), "reason": reason})
    if not reason.strip():
        raise BadInput(
            "没有填写更正理由", where="更正理由", why="改过的数要说得清", remedy="请写明原来错在哪里"
        )
    if current.state == Observation.State.LOCKED and not document.strip():
        raise BadInput(
            "没有填写更正依据", where="更正依据", why="已锁定的数可能已经印发", remedy="请填写文号或会议纪要"
        )
    before = snapshot(current, [*NUMBERS, "state"])
    was = {name: getattr(current, name) for name in [*NUMBERS, "state"]}
    current.value = mapping.stored(value)
    current.numerator, current.denominator = mapping.stored(numerator), mapping.stored(denominator)
    if [was[name] for name in NUMBERS] == [getattr(current, name) for name in NUMBERS]:
        raise BadInput("数值没有变化", where="数值", remedy="请填写更正后的数")
    number = Revision.objects.system("numbering corrections").filter(observation=current).count() + 1
    revision = revision_of(current, was, number, reason.strip(), document.strip(), actor, now)
    revision.full_clean(exclude=["observation"])
    current.version += 1
    current.full_clean()
    current.save()
    revision.save()
    alerts_raise(
        jurisdiction=current.jurisdiction, rows=[current], cards=alerting_cards([current.card_id]), now=now
    )
    figures_derive(
        jurisdiction=current.jurisdiction,
        starts_on=year_start(current.jurisdiction_id, current.period_end),
        days=[current.period_end],
        reason=f"随“{current.card.name}”更正重新计算：{reason.strip()}",
        locked=Locked.AMEND,
        actor=actor,
        now=now,
    )
    record(
        log_types.OBSERVATION_CORRECTED,
        actor=actor,
        thing=ThingRef(KIND, current.pk),
        now=now,
        before=before,
        after=snapshot(current, [*NUMBERS, "state"]),
        note=reason.strip(),
        jurisdiction_code=current.jurisdiction.code,
    )
    return current


@transaction.atomic
def observations_lock(
    *, jurisdiction: Jurisdiction, start: date, end: date, actor: Actor, now: datetime
) -> int:
    """Locks the final figures of a period (both days inclusive); provisional ones stay open. Gives how many."""
    if not (policies.may_lock(actor) and (actor.is_system or actor.jurisdiction_id == jurisdiction.pk)):
        raise NotAllowed("只有本辖区办公室主任可以锁定数据", remedy="请由办公室主任办理")
    rows = Observation.objects.system("locking a period").filter(
        jurisdiction=jurisdiction, period_start__gte=start, period_end__lte=end, state=Observation.State.FINAL
    )
    ids = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    step = next_state(TABLE, Observation.State.FINAL, "lock")
    Observation.objects.system("locking a period").filter(pk__in=ids).update(state=step.next_state)
    cards = alerting_cards()
    rows = Observation.objects.system("locking a period").filter(pk__in=ids, card__in=list(cards))
    alerted = alerts_raise(jurisdiction=jurisdiction, rows=list(rows), cards=cards, now=now) if cards else 0
    if ids:
        record(
            log_types.OBSERVATIONS_LOCKED,
            actor=actor,
            thing=ThingRef(JURISDICTION, jurisdiction.pk),
            now=now,
            after={"start": start.isoformat(), "end": end.isoformat(), "locked": len(ids), "alerts": alerted},
            rows_digest=rowfile_store({"observation": pk} for pk in ids),
            jurisdiction_code=jurisdiction.code,
        )
    return len(ids)
