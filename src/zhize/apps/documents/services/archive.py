"""归档: year–body–retention with a number of its own; a set of archived documents as one zip."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from zhize.apps.documents import policies
from zhize.apps.documents.log_types import ARCHIVE_PACKED, OFFICIAL_ARCHIVED
from zhize.apps.documents.models import OfficialDocument, StoredFile
from zhize.apps.documents.services.common import (
    LOGGED,
    checked,
    demand,
    demand_handling,
    locked,
    log,
    ref_of,
    save,
    step_take,
)
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.files.store import put
from zhize.kit.numbering import number_give
from zhize.kit.rules import rule
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot


@transaction.atomic
def official_archive(
    *, document: OfficialDocument, retention: str = "", version: int | None, actor: Actor, now: datetime
) -> OfficialDocument:
    """归档: the document is closed; receipts may still come in.

    It takes the next number of its year, body and retention (2012-甘质振办-永久-3); without `retention` the kind's own is
    taken (rules/documents/retention.yaml). The digests of its files go into the log.
    """
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={"retention": retention})
    before = snapshot(current, LOGGED)
    step_take(current, "archive", actor, now)
    current.retention = retention or retention_of(current, now)
    current.archived_at = now
    issuer = current.issuer
    body = (issuer.agency_code or issuer.name) if issuer else current.jurisdiction.code
    year = (current.dated_on or local_day(now)).year
    key = f"{year}-{body}-{OfficialDocument.Retention(current.retention).label}-"
    series = f"archive:{current.jurisdiction_id}:{key}"
    given = number_give(series=series, form=key + "{number}", ref=ref_of(current), actor=actor, now=now)
    current.archive_no = given.text
    save(current)
    log(
        OFFICIAL_ARCHIVED, current, actor, now, before=before, note=current.archive_no, retention=current.retention,
        docx_sha256=current.docx.sha256 if current.docx else "", pdf_sha256=current.pdf.sha256 if current.pdf else "",
    )  # fmt: skip
    return current


def retention_of(document: OfficialDocument, now: datetime) -> str:
    """How long documents of this kind are kept where nobody says otherwise."""
    rules = rule("documents/retention", on=local_day(now), jurisdiction=document.jurisdiction.code)
    return str(rules[document.kind])


@transaction.atomic
def archive_pack(
    *, file: BinaryIO, name: str, documents: int, jurisdiction: Jurisdiction, actor: Actor, now: datetime
) -> StoredFile:
    """Keeps a zip made from archived documents, for whoever asked for it to fetch. Made here, so no gate opens it."""
    demand(policies.may_draft(actor) and (actor.is_system or jurisdiction.pk == actor.jurisdiction_id))
    content = put(file)
    kept = StoredFile.objects.system("the same set packed before").filter(
        sha256=content.sha256, name=name, jurisdiction=jurisdiction, unit_id=actor.unit_id or 0
    )
    stored = kept.first() or StoredFile(
        sha256=content.sha256, size=content.size, content_type="application/zip", name=name, jurisdiction=jurisdiction,
        unit_id=actor.unit_id, uploaded_by=actor.name[:80], uploaded_at=now,
    )  # fmt: skip
    if stored.pk is None:
        checked(stored, "归档文件包")
        stored.save()
    record(
        ARCHIVE_PACKED, actor=actor, thing=ThingRef("documents.file", stored.pk), now=now,
        after={"sha256": content.sha256, "documents": documents}, note=name, jurisdiction_code=jurisdiction.code,
    )  # fmt: skip
    return stored
