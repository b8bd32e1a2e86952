"""What every write of a conference shares: lock, step by the table, units called, the log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from zhize.apps.documents.selectors import official_standing
from zhize.apps.orgs.models import Unit
from zhize.apps.orgs.services.saving import checked
from zhize.apps.work.models import Conference, ConferenceCheck, ConferenceUnit
from zhize.apps.work.policies import conferences as policies
from zhize.apps.years.models import WorkYear
from zhize.core.workflow.conference import TABLE
from zhize.core.workflow.table import next_state
from zhize.kit.actor import Actor
from zhize.kit.audit import LogType, record
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

KIND = "work.conference"
TODO_REPLY = "conference.reply"
TODO_PAPER = "conference.paper"
TODO_LEAVE = "conference.leave"
RELATIONS = ("jurisdiction", "year")
LOGGED = ["kind", "title", "held_on", "begins", "place", "chair", "agenda", "state"]


def ref_of(conference: Conference) -> ThingRef:
    return ThingRef(KIND, conference.pk)


def locked_conference(conference: Conference, actor: Actor) -> Conference:
    """The conference, locked, for whoever prepares it. Refuses others, and a closed year."""
    rows = Conference.objects.system("locked for a write").select_for_update(of=("self",))
    current: Conference = rows.select_related("jurisdiction__region", "year__jurisdiction").get(
        pk=conference.pk
    )
    if not policies.may_prepare(actor, current):
        raise NotAllowed("只有召集会议的办公室可以办理", remedy="请切换到办公室的身份")
    if current.year.state == WorkYear.State.CLOSED:
        raise StateConflict(f"{current.year.label}已关账", remedy="如确需更正，请联系办公室重新开启该年度")
    return current


def moved(conference: Conference, action: str) -> None:
    conference.state = next_state(TABLE, conference.state, action).next_state


def demand_state(conference: Conference, states: Sequence[str], what: str, remedy: str) -> None:
    """Refuses what this state does not admit."""
    if conference.state not in states:
        raise StateConflict(
            f"{conference.get_state_display()}的会议不能{what}", where=conference.title, remedy=remedy
        )


def refuse_second(conference: Conference, kind: str, actor: Actor) -> None:
    """One document of a kind at a time, voided ones aside."""
    here = [one for one in official_standing(actor, ref_of(conference)) if one.kind == kind]
    if here:
        raise StateConflict(
            f"已有一份{here[0].get_kind_display()}（{here[0].get_state_display()}）",
            where=here[0].title,
            remedy="请在那一份上修改",
        )


def save(conference: Conference) -> None:
    conference.version += 1
    checked(conference, exclude=RELATIONS)
    conference.save()


def invite(conference: Conference, unit_ids: Sequence[int]) -> None:
    """The units called, in official order; those there keep their reply, those left out go. Three statements at most."""
    wanted = {
        u.pk: u for u in Unit.objects.system("who is called").filter(pk__in=unit_ids).select_related("region")
    }
    if missing := set(unit_ids) - set(wanted):
        raise BadInput("参会单位不在单位名录中", where=f"编号 {min(missing)}", remedy="请重新选择参会单位")
    rows = ConferenceUnit.objects.system("the units of one conference").filter(conference=conference)
    here = set(rows.values_list("unit_id", flat=True))
    if gone := here - set(wanted):
        rows.filter(unit_id__in=gone).delete()
    ordered = sorted(wanted.values(), key=lambda u: (u.region.order, u.region.code, u.order, u.code))
    ConferenceUnit.objects.bulk_create(
        ConferenceUnit(conference=conference, unit=unit, order=place)
        for place, unit in enumerate(ordered, 1)
        if unit.pk not in here
    )


def log(
    what: LogType,
    conference: Conference,
    actor: Actor,
    now: datetime,
    before: dict[str, Any] | None,
    **more: Any,
) -> None:
    """One entry in the chain of the conference's jurisdiction."""
    note = more.pop("note", "")
    record(
        what,
        actor=actor,
        thing=ref_of(conference),
        now=now,
        before=before,
        after={**snapshot(conference, LOGGED), **more},
        note=note,
        jurisdiction_code=conference.jurisdiction.code,
    )


def items_tick(conference: Conference, keys: Collection[str], actor: Actor, now: datetime) -> None:
    """Items of the checklist that are done by the step itself."""
    rows = ConferenceCheck.objects.system("done by the step itself").filter(
        conference=conference, key__in=keys, done_at__isnull=True
    )
    rows.update(done_at=now, done_by=actor.name)
