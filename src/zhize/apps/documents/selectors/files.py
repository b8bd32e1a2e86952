"""Reads of files and evidence."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from zhize.apps.documents.models import Evidence, StoredFile
from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

EVIDENCE = "documents.evidence"
FILE = "documents.file"


def file_of(actor: Actor, pk: int) -> StoredFile | None:
    """A file within the scope, with `published`: whether some of its materials are 主动公开. One query.

    A file that is material only of drafts is its unit's alone, as the material is.
    """
    material = Evidence.objects.system("what a file of the scope is material of").filter(file=OuterRef("pk"))
    opened = Exists(material.filter(publicity=Evidence.Publicity.OPEN))
    sent = Exists(material.filter(handed_in_at__isnull=False))
    files: ScopedQuerySet[StoredFile] = StoredFile.objects.visible_to(actor)
    if not actor.is_system:
        files = files.filter(Q(unit_id=actor.unit_id or 0) | ~Exists(material) | opened | sent)
    return files.select_related("unit", "jurisdiction").annotate(published=opened).by_pk(pk)


def is_published(file: StoredFile) -> bool:
    return bool(getattr(file, "published", False))


def evidence_listed(actor: Actor) -> ScopedQuerySet[Evidence]:
    """The materials of lists and exports, with what a row shows."""
    rows: ScopedQuerySet[Evidence] = Evidence.objects.visible_to(actor)
    return rows.select_related("unit", "file")


def evidence_of(actor: Actor, pk: int) -> Evidence | None:
    return evidence_listed(actor).by_pk(pk)


def evidence_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """Links to materials this actor may see. One query."""
    found = Evidence.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", "title")
    return {
        pk: ThingCard(ThingRef(EVIDENCE, pk), title, reverse("documents:evidence", args=[pk]))
        for pk, title in found
    }
