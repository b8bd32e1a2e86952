"""Reads of official documents and issuers."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from zhize.apps.documents.models import Addressee, Issuer, OfficialDocument, OfficialStep
from zhize.apps.orgs.models import Jurisdiction
from zhize.kit.actor import Actor
from zhize.kit.contributions import Found
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

OFFICIAL = "documents.official"
ADDRESSEE = "documents.addressee"
ISSUER = "documents.issuer"


def official_listed(actor: Actor) -> ScopedQuerySet[OfficialDocument]:
    """The documents the actor may see, joined for lists."""
    return OfficialDocument.objects.visible_to(actor).select_related("issuer", "jurisdiction")


def official_of(actor: Actor, pk: int) -> OfficialDocument | None:
    """One document with all that its page shows of itself. One statement."""
    rows = OfficialDocument.objects.visible_to(actor).select_related(
        "issuer__unit__region", "jurisdiction__region", "drafted_unit", "docx", "pdf"
    )
    return rows.by_pk(pk)


def numbers_listed(actor: Actor) -> ScopedQuerySet[OfficialDocument]:
    """文号登记: every number this jurisdiction gave, void ones with their reason, for whoever works on documents."""
    rows = official_listed(actor).filter(jurisdiction_id=actor.jurisdiction_id or 0, given__isnull=False)
    return rows.select_related("given__series")


def archive_listed(actor: Actor) -> ScopedQuerySet[OfficialDocument]:
    """归档文件目录 of this jurisdiction: what was archived, for whoever works on documents or looks over them."""
    rows = official_listed(actor).filter(jurisdiction_id=actor.jurisdiction_id or 0)
    return rows.filter(state=OfficialDocument.State.ARCHIVED).select_related("docx", "pdf")


def official_of_source(actor: Actor, ref: ThingRef) -> list[OfficialDocument]:
    """What was drafted from a thing, newest first, as far as the actor may see it. One statement."""
    rows = official_listed(actor).filter(source_kind=ref.kind, source_id=ref.id)
    return list(rows.order_by("-pk"))


def official_standing(actor: Actor, ref: ThingRef) -> list[OfficialDocument]:
    """The same without those that were voided: where there is one, another is not drafted."""
    return [one for one in official_of_source(actor, ref) if one.state != OfficialDocument.State.VOIDED]


def addressees_of(document: OfficialDocument) -> list[Addressee]:
    """To whom it goes, main first, in official order. One statement."""
    rows = Addressee.objects.system("of a document the actor sees").filter(document=document)
    return list(rows.select_related("unit__region", "unit__answers_through").order_by("-sent", "order", "pk"))


def steps_of(actor: Actor, document: OfficialDocument) -> list[OfficialStep]:
    """How it came about, newest first; empty for whoever only received it."""
    rows = OfficialStep.objects.visible_to(actor).filter(document=document)
    return list(rows.order_by("-pk"))


def official_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """Links to documents this actor may see. One statement."""
    rows = OfficialDocument.objects.visible_to(actor).filter(pk__in=ids)
    return {
        row.pk: ThingCard(
            ThingRef(OFFICIAL, row.pk),
            f"{row.number} {row}" if row.number else str(row),
            reverse("documents:official", args=[row.pk]),
        )
        for row in rows.only("pk", "title", "number")
    }


def official_find(actor: Actor, words: str, limit: int) -> list[Found]:
    """Documents by title, number or any words of the text, of two characters too."""
    rows = OfficialDocument.objects.visible_to(actor).filter(
        Q(title__icontains=words) | Q(number__icontains=words) | Q(words__icontains=words)
    )
    return [
        Found(
            str(row), f"{row.number} {row.get_state_display()}", reverse("documents:official", args=[row.pk])
        )
        for row in rows.order_by("-pk")[:limit]
    ]


def issuers_listed(actor: Actor) -> ScopedQuerySet[Issuer]:
    """In whose name this jurisdiction's documents go out."""
    return Issuer.objects.visible_to(actor).select_related("unit").order_by("order", "pk")


def issuer_of(actor: Actor, pk: int) -> Issuer | None:
    return issuers_listed(actor).by_pk(pk)


def issuer_default(jurisdiction: Jurisdiction) -> Issuer | None:
    """The office's own issuer, else the first; None where none is registered yet. One statement."""
    rows = list(
        Issuer.objects.system("the jurisdiction's own issuers")
        .filter(jurisdiction=jurisdiction)
        .order_by("is_external", "order", "pk")
    )
    own = [row for row in rows if row.unit_id == jurisdiction.office_unit_id]
    return next(iter(own or rows), None)
