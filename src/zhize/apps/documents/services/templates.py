"""公文模板: taken into use for a kind, tried before, stopped; and the files of a document, written with it."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents import policies
from zhize.apps.documents.log_types import TEMPLATE_STOPPED, TEMPLATE_TAKEN
from zhize.apps.documents.models import OfficialDocument, PaperTemplate
from zhize.apps.documents.selectors import TEMPLATE, template_in_use
from zhize.apps.documents.services.common import checked
from zhize.apps.documents.services.files import file_store
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.files.store import open_content
from zhize.kit.officialdoc import Layout, Paper
from zhize.kit.officialdoc.word_template import filled, template_fields
from zhize.kit.officialdoc.writers import WRITERS
from zhize.kit.things import ThingRef


@transaction.atomic
def template_take(
    *, kind: str, upload: File[bytes], jurisdiction: Jurisdiction, actor: Actor, now: datetime
) -> PaperTemplate:
    """From now on the .docx of this kind is written from this file. Raises `BadInput` naming each field it cannot fill."""
    _demand(actor, jurisdiction.pk)
    fields = template_fields(upload.read())
    upload.seek(0)
    if kind not in OfficialDocument.Kind.values:
        raise BadInput("没有选择文种", where="文种", remedy="请选择模板用于哪个文种")
    file = file_store(upload=upload, jurisdiction=jurisdiction, actor=actor, now=now)
    rows = PaperTemplate.objects.system("the template it replaces").select_for_update()
    rows.filter(jurisdiction=jurisdiction, kind=kind, stopped_at=None).update(stopped_at=now)
    template = PaperTemplate(
        jurisdiction=jurisdiction, kind=kind, file=file, fields="、".join(fields), uploaded_by=actor.name[:80], uploaded_at=now
    )  # fmt: skip
    checked(template, "公文模板")
    template.save()
    record(
        TEMPLATE_TAKEN, actor=actor, thing=ThingRef(TEMPLATE, template.pk), now=now,
        after={"kind": kind, "sha256": file.sha256, "fields": template.fields}, note=file.name,
        jurisdiction_code=jurisdiction.code,
    )  # fmt: skip
    return template


@transaction.atomic
def template_stop(*, template: PaperTemplate, actor: Actor, now: datetime) -> PaperTemplate:
    """The kind is written in the built-in layout again."""
    current = PaperTemplate.objects.system("locked for a write").select_for_update(of=("self",))
    current = current.select_related("file", "jurisdiction")
    row = current.get(pk=template.pk)
    _demand(actor, row.jurisdiction_id)
    if row.stopped_at is not None:
        raise StateConflict("这个模板已经停用", where=str(row), remedy="请刷新页面")
    row.stopped_at = now
    row.save(update_fields=["stopped_at"])
    record(
        TEMPLATE_STOPPED, actor=actor, thing=ThingRef(TEMPLATE, row.pk), now=now, note=row.file.name,
        after={"kind": row.kind, "sha256": row.file.sha256}, jurisdiction_code=row.jurisdiction.code,
    )  # fmt: skip
    return row


def written(document: OfficialDocument, paper: Paper, layout: Layout, ext: str) -> bytes:
    """The file of a document: .docx from the template in use for its kind, else in the built-in layout."""
    template = template_in_use(document.jurisdiction_id, document.kind) if ext == "docx" else None
    if template is None:
        return WRITERS[ext].write(paper, layout)
    with open_content(template.file.sha256) as content:
        return filled(content.read(), paper, layout)


def _demand(actor: Actor, jurisdiction_id: int) -> None:
    here = actor.is_system or actor.jurisdiction_id == jurisdiction_id
    if not (here and policies.may_keep_issuers(actor)):
        raise NotAllowed("只有本辖区办公室主任可以启用、停用公文模板", remedy="请由办公室主任办理")
