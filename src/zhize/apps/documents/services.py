"""Writes of files and evidence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.documents import log_types
from zhize.apps.documents.models import Evidence, StoredFile
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import NotAllowed
from zhize.kit.files.guards import check_file, limits_on
from zhize.kit.files.store import put
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

KIND = "documents.evidence"


def file_store(*, upload: Any, jurisdiction: Jurisdiction, actor: Actor, now: datetime) -> StoredFile:
    """Checks and keeps an upload; the row says who brought it. The content is kept once, by its digest."""
    limits = limits_on(now.date(), jurisdiction.code)
    checked = check_file(upload.file, name=upload.name or "", size=upload.size, limits=limits, on=now.date())
    content = put(upload.file)
    stored = StoredFile(
        sha256=content.sha256,
        size=content.size,
        content_type=checked.type.mime,
        name=checked.name,
        jurisdiction=jurisdiction,
        unit_id=actor.unit_id,
        uploaded_by=actor.name,
        uploaded_at=now,
    )
    stored.full_clean()
    stored.save()
    return stored


@transaction.atomic
def evidence_register(
    *,
    upload: Any,
    jurisdiction: Jurisdiction,
    title: str,
    dated_on: date,
    period: tuple[date, date] | None,
    actor: Actor,
    now: datetime,
) -> Evidence:
    """Registers a file as evidence of a date and period, given by the acting unit to a jurisdiction."""
    if actor.unit_id is None:
        raise NotAllowed("没有岗位，不能登记佐证材料", remedy="请联系系统管理员分配岗位")
    stored = file_store(upload=upload, jurisdiction=jurisdiction, actor=actor, now=now)
    evidence = Evidence(
        jurisdiction=jurisdiction,
        unit_id=actor.unit_id,
        file=stored,
        title=(title.rpartition(".")[0] or title or stored.name)[:120],
        dated_on=dated_on,
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        created_at=now,
    )
    evidence.full_clean()
    evidence.save()
    record(
        log_types.EVIDENCE_REGISTERED,
        actor=actor,
        thing=ThingRef(KIND, evidence.pk),
        now=now,
        after={**snapshot(evidence), "sha256": stored.sha256},
        jurisdiction_code=jurisdiction.code,
    )
    return evidence
