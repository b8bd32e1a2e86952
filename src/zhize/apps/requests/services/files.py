"""Materials of an answer, and the record that it was approved inside the unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.documents.models import Evidence
from zhize.apps.documents.services import evidence_hand_in, evidence_register
from zhize.apps.requests import log_types
from zhize.apps.requests.models import UnitRequest, UnitRequestFile
from zhize.apps.requests.services.common import locked_request, log, refuse_ended, refuse_others
from zhize.core.workflow.unit_request import TABLE
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.files.store import open_content
from zhize.kit.versioned import snapshot

STAMP = ["stamped_by", "stamped_on", "stamp_scan"]


@transaction.atomic
def request_files_add(
    *,
    request: UnitRequest,
    actor: Actor,
    now: datetime,
    uploads: Sequence[File[bytes]] = (),
    existing: Sequence[Evidence] = (),
    dated_on: date | None = None,
) -> UnitRequest:
    """Adds materials to an answer that is not handed in: new files are registered as evidence of the call's period.

    They are registered in the acting jurisdiction: what a prefecture drafts stays at home until it is sent.
    """
    current = _editable(request, actor)
    new = [_registered(current, upload, dated_on, actor, now) for upload in uploads]
    here = set(UnitRequestFile.objects.filter(request=current).values_list("evidence_id", flat=True))
    strangers = [e for e in existing if not _is_own(e, actor)]
    if strangers:
        raise BadInput(
            _("“%(title)s”不是本单位的材料") % {"title": strangers[0].title},
            where=_("选用已登记的材料"),
            remedy=_("请选用本单位登记的材料"),
        )
    added = [e for e in (*new, *existing) if e.pk not in here]
    UnitRequestFile.objects.bulk_create(UnitRequestFile(request=current, evidence=e) for e in added)
    log(log_types.REQUEST_FILES, current, actor, now, after={"added": [e.pk for e in added]})
    return current


@transaction.atomic
def request_file_drop(
    *, request: UnitRequest, evidence: Evidence, actor: Actor, now: datetime
) -> UnitRequest:
    """Takes a material out of an answer that is not handed in; the material itself stays registered."""
    current = _editable(request, actor)
    UnitRequestFile.objects.filter(request=current, evidence=evidence).delete()
    log(log_types.REQUEST_FILES, current, actor, now, after={"dropped": [evidence.pk]})
    return current


@transaction.atomic
def request_stamp(
    *,
    request: UnitRequest,
    by: str,
    on: date,
    actor: Actor,
    now: datetime,
    scan: File[bytes] | None = None,
) -> UnitRequest:
    """Records that the answer was approved inside the unit (科室负责人审核、单位负责人签发、盖章): who, when, the scan."""
    current = _editable(request, actor)
    if not by.strip():
        raise BadInput(_("请填写审签人"), where=_("审签人"), remedy=_("写职务和姓名，如“分管副局长 某某”"))
    if on > local_day(now):
        raise BadInput(
            _("审签日期 %(day)s 晚于今天") % {"day": on}, where=_("审签日期"), remedy=_("请核对日期")
        )
    before = snapshot(current, STAMP)
    current.stamped_by, current.stamped_on = by.strip(), on
    if scan is not None:
        current.stamp_scan = _registered(current, scan, on, actor, now)
    current.version += 1
    current.full_clean()
    current.save()
    log(log_types.REQUEST_STAMPED, current, actor, now, before=before, after=snapshot(current, STAMP))
    return current


def files_hand_over(request: UnitRequest, actor: Actor, now: datetime) -> None:
    """What lies in the answer is handed in with it. Material kept at home until now (a prefecture's, of its own
    jurisdiction) is given to the asking one as material of its own; its content is kept once."""
    links = UnitRequestFile.objects.filter(request=request, handed_in=False)
    at_home = links.exclude(evidence__jurisdiction_id=request.jurisdiction_id)
    for link in at_home.select_related("evidence__file"):
        kept = link.evidence
        with open_content(kept.file.sha256) as content:
            link.evidence = evidence_register(
                upload=File(content, name=kept.file.name),
                jurisdiction=request.jurisdiction,
                title=kept.title,
                doc_no=kept.doc_no,
                dated_on=kept.dated_on,
                period=(kept.period_start, kept.period_end),
                publicity=kept.publicity,
                actor=actor,
                now=now,
            )
        link.save(update_fields=["evidence"])
    sent = [*links.values_list("evidence_id", flat=True), *filter(None, [request.stamp_scan_id])]
    links.update(handed_in=True)
    if sent:
        evidence_hand_in(evidence=sent, now=now)


def _editable(request: UnitRequest, actor: Actor) -> UnitRequest:
    current = locked_request(request)
    refuse_others(actor, current)
    refuse_ended(current)
    if TABLE.status(current.state).locked:
        raise StateConflict(
            _("%(state)s的报送不能修改") % {"state": current.get_state_display()},
            where=current.call.title,
            remedy=_("如需修改，请先撤回；已接收的请联系办公室"),
        )
    return current


def _registered(
    request: UnitRequest, upload: File[bytes], dated_on: date | None, actor: Actor, now: datetime
) -> Evidence:
    call = request.call
    return evidence_register(
        upload=upload,
        title=upload.name or "",
        dated_on=dated_on or local_day(now),
        period=(call.period_start, call.period_end),
        actor=actor,
        now=now,
    )


def _is_own(evidence: Evidence, actor: Actor) -> bool:
    return actor.is_system or evidence.unit_id == actor.unit_id
