"""Reads of the templates documents are written from."""

from __future__ import annotations

from zhize.apps.documents.models import PaperTemplate
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

TEMPLATE = "documents.template"


def templates_listed(actor: Actor) -> ScopedQuerySet[PaperTemplate]:
    """The templates of the actor's jurisdiction, those stopped too."""
    return PaperTemplate.objects.visible_to(actor).select_related("file", "jurisdiction")


def template_of(actor: Actor, pk: int) -> PaperTemplate | None:
    return templates_listed(actor).by_pk(pk)


def template_in_use(jurisdiction_id: int, kind: str) -> PaperTemplate | None:
    """What the .docx of a kind is written from. One statement."""
    rows = PaperTemplate.objects.system("whoever may have the document may have its layout")
    return (
        rows.filter(jurisdiction_id=jurisdiction_id, kind=kind, stopped_at=None)
        .select_related("file")
        .first()
    )
