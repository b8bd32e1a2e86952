"""Targets of a year: one by form, many by file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.metrics import log_types, mapping, policies
from zhize.apps.metrics.models import Target, TargetStep
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.errors import CoreError
from zhize.core.metrics.attainment import Step
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.fields import Outcome
from zhize.kit.rowfile import rowfile_store
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

KIND = "metrics.target"
FIELDS = [
    "card",
    "year",
    "region",
    "unit",
    "value",
    "upper",
    "base",
    "base_label",
    "document",
    "note",
    "is_demo",
]


@transaction.atomic
def target_set(
    *, jurisdiction: Jurisdiction, data: dict[str, Any], steps: Sequence[Step], actor: Actor, now: datetime
) -> Target:
    """A target by the end of a year: `data` has the fields of FIELDS; `steps` are what to reach on the way."""
    _demand(jurisdiction, actor)
    target = _made(jurisdiction, data)
    _refuse_closed(target)
    target.full_clean()
    target.save()
    _put_steps(target, steps)
    _log(log_types.TARGET_SET, target, actor, now, after=_values(target, steps))
    return target


@transaction.atomic
def target_update(
    *,
    target: Target,
    data: dict[str, Any],
    steps: Sequence[Step] | None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> Target:
    """Another value or path; card, year and subject stay what they are. `steps` None leaves the path."""
    current = _locked(target)
    _demand(current.jurisdiction, actor)
    check_version(current, version, mine=data)
    _refuse_closed(current)
    before = _values(current, [Step(s.on, s.value) for s in current.steps.all()])
    for name in ("value", "upper", "base", "base_label", "document", "note"):
        if name in data:
            setattr(current, name, data[name])
    current.version += 1
    current.full_clean()
    current.save()
    if steps is not None:
        _put_steps(current, steps)
    kept = [Step(s.on, s.value) for s in current.steps.all()]
    _log(log_types.TARGET_SET, current, actor, now, before=before, after=_values(current, kept))
    return current


@transaction.atomic
def target_remove(*, target: Target, version: int | None, actor: Actor, now: datetime) -> None:
    """Takes a target back, while its year is open."""
    current = _locked(target)
    _demand(current.jurisdiction, actor)
    check_version(current, version, mine={})
    _refuse_closed(current)
    before = snapshot(current)
    ref, code = ThingRef(KIND, current.pk), current.jurisdiction.code
    Target.objects.system("removing a target").filter(pk=current.pk).delete()
    record(log_types.TARGET_REMOVED, actor=actor, thing=ref, now=now, before=before, jurisdiction_code=code)


@transaction.atomic
def targets_save(
    *,
    jurisdiction: Jurisdiction,
    rows: Sequence[dict[str, Any]],
    actor: Actor,
    now: datetime,
    digest: str = "",
) -> Outcome:
    """Many at once, by card, year and subject; the same again changes nothing. One entry in the log."""
    _demand(jurisdiction, actor)
    years = {row["year"].pk for row in rows}
    here = {
        (t.card_id, t.year_id, t.region_id, t.unit_id): t
        for t in Target.objects.system("targets that stand already")
        .select_for_update(of=("self",))
        .filter(jurisdiction=jurisdiction, year_id__in=years)
    }
    new, changed, seen = [], [], set()
    for row in rows:
        given = _made(jurisdiction, row)
        key = (given.card_id, given.year_id, given.region_id, given.unit_id)
        if key in seen:
            raise BadInput("同一指标、同一对象的目标出现了两次", where=given.card.name, remedy="请合并为一行")
        seen.add(key)
        _refuse_closed(given)
        _refuse_senseless(given, [])
        given.clean_fields(exclude=["jurisdiction", "card", "year", "region", "unit"])
        current = here.get(key)
        if current is None:
            new.append(given)
        elif any(getattr(current, name) != row[name] for name in FIELDS[4:] if name in row):
            for name in FIELDS[4:]:
                if name in row:
                    setattr(current, name, row[name])
            current.version += 1
            changed.append(current)
    Target.objects.bulk_create(new, batch_size=500)
    Target.objects.system("setting targets").bulk_update(changed, [*FIELDS[4:], "version"], batch_size=500)
    outcome = Outcome(len(new), len(changed), len(rows) - len(new) - len(changed))
    if new or changed:
        record(
            log_types.TARGETS_SAVED,
            actor=actor,
            thing=ThingRef("orgs.jurisdiction", jurisdiction.pk),
            now=now,
            after={"added": outcome.added, "changed": outcome.changed},
            rows_digest=digest or rowfile_store(snapshot(one) for one in [*new, *changed]),
            jurisdiction_code=jurisdiction.code,
        )
    return outcome


def _made(jurisdiction: Jurisdiction, data: dict[str, Any]) -> Target:
    """A target of no region and no unit is one of the whole."""
    target = Target(jurisdiction=jurisdiction, **{name: data[name] for name in FIELDS if name in data})
    if target.region_id is None and target.unit_id is None:
        target.region = jurisdiction.region
    return target


def _demand(jurisdiction: Jurisdiction, actor: Actor) -> None:
    if not policies.may_keep_in(actor, jurisdiction):
        raise NotAllowed("只有本辖区办公室可以设定目标", remedy="请切换到办公室的身份")


def _refuse_closed(target: Target) -> None:
    if target.year.state == WorkYear.State.CLOSED:
        raise StateConflict(
            f"{target.year.label}已关账，不能再改目标", remedy="如确需更正，请先重新开启该年度"
        )
    if target.year.jurisdiction_id != target.jurisdiction_id:
        raise BadInput("年度不属于本辖区", where="年度", remedy="请选本辖区的年度")


def _refuse_senseless(target: Target, steps: Sequence[Step]) -> None:
    """A goal the core cannot judge by is told so in words."""
    goal = mapping.goal_from(target, steps)
    if isinstance(goal, CoreError):
        raise BadInput(goal.what, where=goal.where, why=goal.why, remedy=goal.remedy)


def _put_steps(target: Target, steps: Sequence[Step]) -> None:
    _refuse_senseless(target, steps)
    target.steps.all().delete()
    TargetStep.objects.bulk_create(TargetStep(target=target, on=step.on, value=step.value) for step in steps)


def _locked(target: Target) -> Target:
    rows = Target.objects.system("changing a target").select_for_update(of=("self",))
    return rows.select_related("card", "year", "jurisdiction").get(pk=target.pk)


def _values(target: Target, steps: Sequence[Step]) -> dict[str, Any]:
    return {**snapshot(target), "steps": [[step.on.isoformat(), format(step.value, "f")] for step in steps]}


def _log(log_type: Any, target: Target, actor: Actor, now: datetime, **values: Any) -> None:
    record(
        log_type,
        actor=actor,
        thing=ThingRef(KIND, target.pk),
        now=now,
        jurisdiction_code=target.jurisdiction.code,
        **values,
    )
