"""What became of things whose paper was revoked, repealed or corrected: read by the pages of those things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zhize.apps.documents.models import Aftermath, OfficialDocument
from zhize.apps.documents.models.countersigns import INSIDE
from zhize.apps.documents.selectors.official import official_cards, official_listed
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.contributions import BRIEF_LINES, Brief, BriefLine, BriefQuestion
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingCard, ThingRef

AFTERMATH = "documents.aftermath"


@dataclass(frozen=True, slots=True)
class Told:
    """One act on the paper of a thing, as its page shows it: links where the actor may follow them."""

    row: Aftermath
    document_url: str
    notice_url: str
    paper_url: str
    decide_url: str

    @property
    def stands(self) -> bool:
        return self.row.stands


def aftermaths_listed(actor: Actor) -> ScopedQuerySet[Aftermath]:
    return Aftermath.objects.visible_to(actor).select_related(
        "document", "notice", "paper", "jurisdiction", "document__jurisdiction"
    )


def aftermath_of(actor: Actor, pk: int) -> Aftermath | None:
    return aftermaths_listed(actor).by_pk(pk)


def told_of(actor: Actor, *refs: ThingRef) -> list[Told]:
    """The acts on the papers of these things, newest first, for whoever sees the things. One statement, two where there
    are any; acts settled together with a later one are left out."""
    rows = Aftermath.objects.system("what became of the paper of a thing the actor sees").exclude(
        choice=Aftermath.Choice.OVERTAKEN
    )
    found = [
        row
        for row in rows.filter(
            source_kind__in={ref.kind for ref in refs}, source_id__in={ref.id for ref in refs}
        )
        .select_related("document", "notice", "paper")
        .order_by("-pk")
        if ThingRef(row.source_kind, row.source_id) in refs
    ]
    if not found:
        return []
    ids = {pk for row in found for pk in (row.document_id, row.notice_id, row.paper_id) if pk}
    urls = {pk: card.url for pk, card in official_cards(actor, sorted(ids)).items()}
    return [
        Told(
            row,
            urls.get(row.document_id, ""),
            urls.get(row.notice_id, ""),
            urls.get(row.paper_id or 0, ""),
            reverse("documents:aftermath", args=[row.pk])
            if actor.jurisdiction_id == row.jurisdiction_id and actor.has(*INSIDE)
            else "",
        )
        for row in found
    ]


def acts_told(refs: Iterable[ThingRef]) -> Mapping[ThingRef, Aftermath]:
    """The last act on the paper of each of these things that has one, for lists and summaries. One statement."""
    wanted = set(refs)
    rows = Aftermath.objects.system("what became of the papers of things in a list the actor sees").filter(
        source_kind__in={ref.kind for ref in wanted}, source_id__in={ref.id for ref in wanted}
    )
    found = {ThingRef(row.source_kind, row.source_id): row for row in rows.order_by("pk")}
    return {ref: row for ref, row in found.items() if ref in wanted}


def papers_offered(actor: Actor, aftermath: Aftermath) -> ScopedQuerySet[OfficialDocument]:
    """Documents that may keep the thing in force: those that went out here, the newest first, not the one acted on."""
    rows = official_listed(actor).filter(
        jurisdiction_id=aftermath.jurisdiction_id, state__in=OfficialDocument.SENT
    )
    return rows.exclude(pk=aftermath.document_id).order_by("-issued_at", "-pk")


def aftermath_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """Links to what the office decides or decided. One statement."""
    rows = Aftermath.objects.visible_to(actor).filter(pk__in=ids).select_related("document")
    return {
        row.pk: ThingCard(
            ThingRef(AFTERMATH, row.pk), str(row), reverse("documents:aftermath", args=[row.pk])
        )
        for row in rows
    }


def aftermaths_brief(actor: Actor, asked: BriefQuestion) -> Brief:
    """On the leader's page: papers revoked, repealed or corrected whose consequences are open, and those of late. One
    statement."""
    rows = Aftermath.objects.visible_to(actor).exclude(choice=Aftermath.Choice.OVERTAKEN)
    recent = rows.filter(Q(choice="") | Q(told_at__date__gte=asked.since)).select_related("document")
    decide, changed = [], []
    for row in recent.order_by("-pk")[:BRIEF_LINES]:
        names = {"number": row.document.number, "act": row.get_act_display(), "title": row.document.title}
        words = _("%(number)s已%(act)s：%(title)s") % names
        url, on = reverse("documents:aftermath", args=[row.pk]), local_day(row.told_at)
        if row.choice:
            changed.append(BriefLine(words, url, on=on, why=str(row.get_choice_display())))
        else:
            decide.append(BriefLine(words, url, on=on, why=_("请确定后续处理")))
    return Brief(decide=tuple(decide), changed=tuple(changed))
