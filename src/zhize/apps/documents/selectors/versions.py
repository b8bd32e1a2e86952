"""Versions of a draft, its figures against their sources, and the chain of documents it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from zhize.apps.documents.models import OfficialDocument, OfficialVersion
from zhize.core.papers import chain
from zhize.kit.actor import Actor
from zhize.kit.figures import Figure, figures_changed
from zhize.kit.officialdoc import from_json


def versions_of(actor: Actor, document: OfficialDocument) -> list[OfficialVersion]:
    """Newest first; empty for whoever only received it. One statement."""
    rows = OfficialVersion.objects.visible_to(actor).filter(document=document)
    return list(rows.order_by("-number"))


def official_version(document: OfficialDocument, number: int) -> OfficialVersion | None:
    rows = OfficialVersion.objects.system("a version of a document being handled")
    return rows.filter(document=document, number=number).first()


def figures_of(document: OfficialDocument) -> tuple[Figure, ...]:
    """Figures that differ from their source and that nobody has settled. One statement for each sort of source."""
    kept = {(one["ref"], one["words"], one["now"]) for one in document.kept_figures}
    return tuple(
        one
        for one in figures_changed(from_json(document.blocks))
        if (one.ref, one.words, one.now) not in kept
    )


@dataclass(frozen=True, slots=True)
class Chain:
    """What later documents did to this one (those that went out, in order), and where it stands now.

    `words` is empty while it stands unchanged; `may` are the acts that may still follow.
    """

    followers: tuple[OfficialDocument, ...]
    drafts: tuple[OfficialDocument, ...]
    standing: str
    may: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether it is still in force: neither revoked nor repealed."""
        return self.standing not in ("revoked", "repealed")


def chain_of(document: OfficialDocument) -> Chain:
    """The documents that name this one. One statement; their titles are shown to whoever sees this one."""
    rows = OfficialDocument.objects.system("what became of a document the actor sees").filter(
        acts_on=document
    )
    found = list(rows.exclude(state=OfficialDocument.State.VOIDED).order_by("issued_at", "pk"))
    sent = tuple(row for row in found if row.state in OfficialDocument.SENT)
    acts = [row.act for row in sent]
    may = tuple(act for act in chain.ACTS if not chain.refusal(acts, act))
    drafts = tuple(row for row in found if row.state not in OfficialDocument.SENT)
    return Chain(sent, drafts, chain.standing(acts), may if document.state in OfficialDocument.SENT else ())
