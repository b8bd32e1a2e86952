"""关于开展……的通知: drafted from the plan as an official document; when it goes out the check is announced."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import official_standing, recipients_of
from zhize.apps.documents.services import official_draft
from zhize.apps.inspection import log_types
from zhize.apps.inspection.mapping.notice import notice_blocks, notice_title
from zhize.apps.inspection.models import Inspection
from zhize.apps.inspection.selectors.inspections import KIND, groups_of, items_of, units_of
from zhize.apps.inspection.services.common import demand_office, demand_state, locked, log, ref_of
from zhize.apps.inspection.services.planning import inspection_announce, refuse_unready
from zhize.kit.actor import Actor
from zhize.kit.chinese import in_chinese
from zhize.kit.errors import StateConflict


@transaction.atomic
@in_chinese
def check_notice_draft(*, inspection: Inspection, actor: Actor, now: datetime) -> OfficialDocument:
    """Drafts the notice to the units checked; a second one only after the first was voided.

    Raises `BadInput` with all that the plan still lacks, `StateConflict` where a notice stands already.
    """
    current = locked(inspection, None)
    demand_office(actor, current)
    demand_state(
        current, (Inspection.State.DRAFT, Inspection.State.ANNOUNCED), "起草通知", "已完成或取消的，另行发文"
    )
    refuse_unready(current)
    if official_standing(actor, ref_of(current)):
        raise StateConflict(
            "通知已经起草", where=current.title, remedy="请在公文中继续办理；作废后可以重新起草"
        )
    people = recipients_of([row.unit_id for row in units_of(current)])
    document = official_draft(
        jurisdiction=current.jurisdiction,
        kind=OfficialDocument.Kind.NOTICE,
        title=notice_title(current),
        addressee_ids=people.main or people.copies,
        copy_ids=people.copies if people.main else (),
        blocks=notice_blocks(current, groups_of(current), items_of(current)),
        source=ref_of(current),
        actor=actor,
        now=now,
    )
    log(log_types.NOTICE_DRAFTED, current, actor, now, None, {"document": document.pk}, document.title)
    return document


def on_check_notice_issued(document: OfficialDocument, actor: Actor, now: datetime) -> None:
    """The notice went out: a plan not yet announced is, approved by who signed the paper. Inside its transaction."""
    if document.source_kind != KIND or document.kind != OfficialDocument.Kind.NOTICE:
        return
    rows = Inspection.objects.system("the check of its notice").select_related("jurisdiction", "year")
    inspection = rows.by_pk(document.source_id or 0)
    if inspection is None or inspection.state != Inspection.State.DRAFT or document.signed_on is None:
        return
    inspection_announce(
        inspection=inspection, by_name=document.signed_by, on=document.signed_on, opinion=f"见{document.number}",
        actor=actor, now=now,
    )  # fmt: skip
