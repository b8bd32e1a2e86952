"""拟稿: a document drafted from a thing of any app or by hand, and changed while it is a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.documents import policies
from zhize.apps.documents.log_types import OFFICIAL_CHANGED, OFFICIAL_DRAFTED
from zhize.apps.documents.models import Addressee, Evidence, Issuer, OfficialDocument, OfficialStep
from zhize.apps.documents.selectors import addressees_of, issuer_default
from zhize.apps.documents.services.common import (
    LOGGED,
    checked,
    demand,
    demand_handling,
    locked,
    log,
    save,
    step_of,
    words_of,
)
from zhize.apps.documents.services.versions import version_keep
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.core.workflow.official_document import TABLE
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.officialdoc import Block, clean, from_json, to_json
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

EDITABLE = (
    "kind",
    "issuer",
    "title",
    "address_line",
    "copy_line",
    "note",
    "publicity",
    "asks_taking",
    "asks_attendance",
)


@transaction.atomic
def official_draft(
    *,
    jurisdiction: Jurisdiction,
    kind: str,
    title: str,
    addressee_ids: Sequence[int],
    blocks: Iterable[Block],
    source: ThingRef | None,
    issuer: Issuer | None = None,
    copy_ids: Sequence[int] = (),
    address_line: str = "",
    copy_line: str = "",
    note: str = "",
    publicity: str = Evidence.Publicity.ON_REQUEST,
    asks_taking: bool = False,
    asks_attendance: bool = False,
    acts_on: OfficialDocument | None = None,
    act: str = "",
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    """Drafts a document; `source` names the thing it is about, whose app listens to `OfficialIssued`.

    `addressee_ids` and `copy_ids` are units (`selectors.recipients_of` puts them in proper form); `address_line` is what
    the paper prints for them (各成员单位). Without `issuer` the office's own is taken. Headings carry their numbers in
    the text (`kit.officialdoc.numbered` writes them).
    """
    demand(policies.may_draft(actor) and (actor.is_system or jurisdiction.pk == actor.jurisdiction_id))
    document = OfficialDocument(
        jurisdiction=jurisdiction,
        kind=kind,
        issuer=issuer or issuer_default(jurisdiction),
        title=clean(title).strip(),
        address_line=clean(address_line).strip().rstrip("：:"),
        copy_line=clean(copy_line).strip(),
        note=clean(note).strip(),
        blocks=to_json(blocks),
        publicity=publicity,
        asks_taking=asks_taking,
        asks_attendance=asks_attendance,
        acts_on=acts_on,
        act=act,
        source_kind=source.kind if source else "",
        source_id=source.id if source else None,
        drafted_unit_id=actor.unit_id,
        drafted_by=actor.name,
        drafted_at=now,
    )
    _refuse_foreign_issuer(document)
    document.words = words_of(document.blocks)
    checked(document, "公文")
    document.save()
    _address(document, addressee_ids, copy_ids)
    _first_step(document, actor, now)
    version_keep(document, actor, now)
    log(OFFICIAL_DRAFTED, document, actor, now, addressees=list(addressee_ids), blocks=len(document.blocks))
    return document


@transaction.atomic
def official_update(
    *,
    document: OfficialDocument,
    data: Mapping[str, Any],
    version: int | None,
    actor: Actor,
    now: datetime,
    why: str = "",
) -> OfficialDocument:
    """Changes a draft. `data` may hold any of `EDITABLE`, `blocks`, and both of `addressee_ids` and `copy_ids`; `why` stands
    beside the version this makes.

    Raises `EditConflict` with both versions when somebody changed it first.
    """
    current = locked(document)
    demand_handling(actor, current)
    step_of(current, "edit")
    mine = {name: data[name] for name in EDITABLE if name in data}
    if "blocks" in data:
        mine["blocks"] = to_json(data["blocks"])
    check_version(current, version, mine=mine)
    before = snapshot(current, [*LOGGED, "blocks"])
    version_keep(current, actor, now)  # of a draft made before versions were kept
    for name, value in mine.items():
        setattr(current, name, clean(value).strip() if isinstance(value, str) else value)
    current.address_line = current.address_line.rstrip("：:")
    from_json(current.blocks)
    _refuse_foreign_issuer(current)
    save(current)
    if "addressee_ids" in data:
        _address(current, data["addressee_ids"], data.get("copy_ids", ()))
    version_keep(current, actor, now, why)
    log(OFFICIAL_CHANGED, current, actor, now, before=before, blocks=current.blocks, note=why)
    return current


def _refuse_foreign_issuer(document: OfficialDocument) -> None:
    if document.issuer and document.issuer.jurisdiction_id != document.jurisdiction_id:
        raise BadInput("发文主体不属于本辖区", where="发文主体", remedy="请选择本辖区登记的发文主体")


def _address(document: OfficialDocument, main: Sequence[int], copies: Sequence[int]) -> None:
    """Writes the addressees in official order; a unit named twice is addressed once, mainly. Two statements, or four."""
    wanted = dict.fromkeys(copies, Addressee.Sent.COPY) | dict.fromkeys(main, Addressee.Sent.MAIN)
    units = {
        unit.pk: unit
        for unit in Unit.objects.system("official order of the addressees")
        .filter(pk__in=wanted)
        .select_related("region")
    }
    if missing := sorted(set(wanted) - set(units)):
        raise BadInput("收文单位不在单位名录中", where=f"编号 {missing[0]}", remedy="请重新选择收文单位")
    rows = addressees_of(document)
    if {row.unit_id: row.sent for row in rows} == wanted:
        return
    Addressee.objects.system("addressed anew").filter(document=document).delete()
    ordered = sorted(units.values(), key=lambda u: (u.region.order, u.region.code, u.order, u.code))
    Addressee.objects.bulk_create(
        Addressee(document=document, unit=unit, sent=wanted[unit.pk], order=place)
        for place, unit in enumerate(ordered, 1)
    )


def _first_step(document: OfficialDocument, actor: Actor, now: datetime) -> None:
    OfficialStep(
        document=document,
        action="draft",
        state=TABLE.initial,
        by=actor.name[:80],
        hat=actor.hat[:160],
        at=now,
    ).save()
