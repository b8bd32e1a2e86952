"""考核通知 of a round: the papers drafted under a kind of their own, so that nothing done to them touches the result."""

from __future__ import annotations

from zhize.apps.assessment.models import Round
from zhize.apps.assessment.selectors.cards import round_cards
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import chain_of
from zhize.kit.actor import Actor
from zhize.kit.things import ThingCard, ThingRef

OPENING = "assessment.opening"


def opening_ref(round_: Round) -> ThingRef:
    return ThingRef(OPENING, round_.pk)


def opening_cards(actor: Actor, ids: list[int]) -> dict[int, ThingCard]:
    """The round, under the name its notice knows it by. One statement."""
    return {
        pk: ThingCard(ThingRef(OPENING, pk), card.label, card.url)
        for pk, card in round_cards(actor, ids).items()
    }


def may_draft_opening(round_: Round) -> bool:
    """Whether no notice of the round stands: none drafted, or the last was voided, revoked or repealed."""
    rows = OfficialDocument.objects.system("the notice of a round").exclude(
        state=OfficialDocument.State.VOIDED
    )
    last = rows.filter(source_kind=OPENING, source_id=round_.pk).order_by("-pk").first()
    return last is None or not chain_of(last).stands
