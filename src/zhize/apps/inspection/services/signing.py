"""Signatures of both sides under the record of a place, and corrections after both have signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.models import StoredFile
from zhize.apps.documents.services import file_store
from zhize.apps.inspection import log_types
from zhize.apps.inspection.models import (
    CheckedPlace,
    CheckItem,
    EntryCorrection,
    Inspection,
    PlaceEntry,
    PlaceSignature,
)
from zhize.apps.inspection.policies import may_enter_paper, may_sign
from zhize.apps.inspection.selectors.places import signatures_of
from zhize.apps.inspection.services.common import log, ref_of
from zhize.apps.inspection.services.places import (
    demand_place,
    demand_record,
    locked_place,
    move,
    save_place,
)
from zhize.apps.orgs.services.saving import checked as clean
from zhize.apps.orgs.services.todos import notice_send_to_units
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.versioned import snapshot

Side, Way = PlaceSignature.Side, PlaceSignature.Way


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What stands on the signed paper."""

    name: str
    on: date
    scan: File[bytes] | None
    title: str = ""
    opinion: str = ""


@transaction.atomic
def place_sign(
    *, place: CheckedPlace, side: str, opinion: str = "", digest: str, actor: Actor, now: datetime
) -> PlaceSignature:
    """在线签字 with the own account; `digest` is what the page showed, so that nobody signs what was changed meanwhile."""
    current = locked_place(place, None)
    if not may_sign(actor, current, side):
        raise NotAllowed(
            f"您当前的身份不能代{Side(side).label}签字", remedy="请由该方人员签字，或登记纸质签字件"
        )
    if digest != current.digest:
        raise StateConflict("底稿在您打开之后改过", where=current.name, remedy="请看过新的底稿再签")
    return _sign(
        current,
        Side(side),
        Way.ONLINE,
        actor.name,
        actor.post_title,
        local_day(now),
        opinion,
        None,
        actor,
        now,
    )


@transaction.atomic
def place_sign_paper(
    *, place: CheckedPlace, side: str, paper: OnPaper, actor: Actor, now: datetime
) -> PlaceSignature:
    """纸质签字: entered by the group or the office with the scan and the date on the paper."""
    current = locked_place(place, None)
    if not may_enter_paper(actor, current):
        raise NotAllowed("只有核查组和办公室可以登记纸质签字", remedy="请由核查组的人员办理")
    if paper.scan is None:
        raise BadInput(
            "没有签字件扫描件", where="签字件扫描件", why="纸质签字须有原件可查", remedy="请选择扫描件"
        )
    if paper.on > local_day(now):
        raise BadInput(f"签字日期 {paper.on} 晚于今天", where="签字日期", remedy="请按签字件上的日期填写")
    inspection = current.checked.inspection
    scan = file_store(upload=paper.scan, jurisdiction=inspection.jurisdiction, actor=actor, now=now)
    return _sign(
        current,
        Side(side),
        Way.PAPER,
        paper.name.strip(),
        paper.title.strip(),
        paper.on,
        paper.opinion,
        scan,
        actor,
        now,
    )


def _sign(
    place: CheckedPlace, side: PlaceSignature.Side, way: PlaceSignature.Way, name: str, title: str, on: date, opinion: str, scan: StoredFile | None, actor: Actor,
    now: datetime,
) -> PlaceSignature:  # fmt: skip
    demand_place(place, CheckedPlace.State.SIGNING, "签字")
    there = {one.side for one in signatures_of(place) if one.digest == place.digest}
    if side in there:
        raise StateConflict(f"{side.label}已经签字", where=place.name, remedy="不需要再签")
    signature = PlaceSignature(
        place=place, side=side, way=way, name=name[:80], title=title[:80], on=on, opinion=opinion.strip(), scan=scan,
        digest=place.digest, at=now, by=actor.by,
    )  # fmt: skip
    clean(signature, exclude=("place", "scan"))
    signature.save()
    if {*there, side} == set(Side.values):
        move(place, "signed")
        save_place(place)
    elif side == Side.GROUP:
        unit = place.checked.unit
        text = f"请核对并签字：{place.checked.inspection.title}，{place.name}"
        desk = unit.answers_through_id or unit.pk
        roles = ("unit_head", "liaison", "clerk", "office_director", "office_staff")
        notice_send_to_units(texts={desk: text}, roles=roles, ref=ref_of(place.checked.inspection), now=now)
    note = f"{place.name}：{side.label}{name}"
    log(log_types.PLACE_SIGNED, place.checked.inspection, actor, now, None, snapshot(signature), note)
    return signature


@transaction.atomic
def entry_correct(
    *,
    place: CheckedPlace,
    item: CheckItem,
    verdict: str,
    words: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> EntryCorrection:
    """更正 after both signed: what was signed stays, beside it stands what holds and why. The unit is told."""
    current = locked_place(place, None)
    demand_record(actor, current, Inspection.OUT)
    if current.state != CheckedPlace.State.SIGNED:
        raise StateConflict("双方签字以前不需要更正", where=current.name, remedy="请退回记录后直接修改")
    if not reason.strip():
        raise BadInput("没有写明更正理由", where="更正理由", remedy="写明原来错在哪里、依据什么更正")
    if verdict == PlaceEntry.Verdict.FAILS and not words.strip():
        raise BadInput(f"“{item.name}”不符合，没有写情况", where=item.name, remedy="写明看到了什么、差在哪里")
    row = EntryCorrection(
        place=current,
        item=item,
        verdict=verdict,
        words=words.strip(),
        reason=reason.strip(),
        at=now,
        by=actor.by,
    )
    clean(row, exclude=("place", "item"))
    row.save()
    inspection, unit = current.checked.inspection, current.checked.unit
    text = f"核查记录更正：{current.name}“{item.name}”，{row.reason}"
    roles = ("unit_head", "liaison", "clerk", "office_director", "office_staff")
    notice_send_to_units(
        texts={unit.answers_through_id or unit.pk: text}, roles=roles, ref=ref_of(inspection), now=now
    )
    log(
        log_types.ENTRY_CORRECTED,
        inspection,
        actor,
        now,
        None,
        snapshot(row),
        f"{current.name}：{item.name}，{row.reason}",
    )
    return row
