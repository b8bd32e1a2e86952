"""A confirmed row that is a duty the register has already: its clause becomes a further basis, nothing is owed twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zhize.apps.regulations import log_types
from zhize.apps.regulations.models import (
    Clause,
    Duty,
    DutyClause,
    DutyHolder,
    Obligation,
    ProposedDuty,
    RegulationVersion,
)
from zhize.apps.regulations.selectors.directory import Directory
from zhize.apps.regulations.services.drafts import Draft
from zhize.apps.regulations.services.holders import holder_rows
from zhize.apps.regulations.services.judging import duty_rejudge
from zhize.apps.years.models import WorkYear
from zhize.core.duties.recurrence import Recurrence
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

DUTY_KIND = "regulations.duty"


def duties_join(
    version: RegulationVersion, drafts: Sequence[Draft], directory: Directory, actor: Actor, now: datetime
) -> list[Duty]:
    """Each draft's clause as a further basis of the duty it is; units it names beyond those are added.

    More precise (`finer`): the duty takes over the words, the kind and the nature, and the period where that opens no
    second set of obligations; where a running year stands on the old period, the duty keeps it and says so in its flag.
    Refuses a duty that has ended or is not this jurisdiction's.
    """
    if not drafts:
        return []
    jurisdiction = version.regulation.jurisdiction
    clauses = dict(Clause.objects.system("linking").filter(version=version).values_list("path", "pk"))
    found = {
        duty.pk: duty
        for duty in Duty.objects.system("joined by a further document")
        .select_for_update()
        .filter(pk__in={d.existing_id for d in drafts}, jurisdiction=jurisdiction, valid_to__isnull=True)
        .prefetch_related("holders")
    }
    if lost := next((d for d in drafts if d.existing_id not in found), None):
        raise BadInput(
            "要并入的现有职责已经终止", where=lost.key, remedy="请在核对页重新决定与现有职责的关系"
        )
    for draft in drafts:
        duty = found[draft.existing_id or 0]
        before = snapshot(duty)
        DutyClause.objects.get_or_create(duty=duty, clause_id=clauses[draft.path], segment=draft.segment)
        held = {(h.unit_id, h.collective) for h in duty.holders.all()}
        new = [
            h
            for h in holder_rows(duty, draft.holders, jurisdiction, directory)
            if (h.unit_id, h.collective) not in held
        ]
        for place, holder in enumerate(new, len(held)):
            holder.order = place
        DutyHolder.objects.bulk_create(new)
        judged = _sharpen(duty, draft, version) if draft.relation == ProposedDuty.Relation.FINER else False
        duty.is_common = duty.is_common or draft.common
        duty.version += 1
        duty.clean_fields()
        duty.save()
        if judged:
            duty_rejudge(duty, actor, now)
        record(
            log_types.DUTY_JOINED,
            actor=actor,
            thing=ThingRef(DUTY_KIND, duty.pk),
            now=now,
            before=before,
            after={
                **snapshot(duty),
                "basis": f"{version.regulation.title} {draft.key}",
                "added": [h.printed for h in new],
            },
            jurisdiction_code=jurisdiction.code,
        )
    return list(found.values())


def _sharpen(duty: Duty, draft: Draft, version: RegulationVersion) -> bool:
    """The duty takes on what the further document says more precisely; whether its obligations must be judged anew."""
    running = Obligation.objects.system("whether a year stands on the old period").filter(
        duty=duty, year__state=WorkYear.State.OPEN
    )
    duty.text, duty.kind = draft.text, draft.kind
    duty.title = (draft.title or duty.title)[:60]
    moved = (duty.recurrence or {}).get("every") != draft.recurrence.get(
        "every"
    ) or duty.nature != draft.nature
    if moved and running.exists():
        said = (
            Recurrence.from_mapping(draft.recurrence).words()
            if draft.recurrence
            else str(Duty.Nature(draft.nature).label)
        )
        duty.flag = f"《{version.regulation.title}》另定为“{said}”；本年度已按原周期生成履职事项，请在开启下一年度前修改"[
            :300
        ]
        return False
    duty.recurrence = dict(draft.recurrence or duty.recurrence)
    again = duty.nature != draft.nature
    duty.nature = draft.nature
    return again
