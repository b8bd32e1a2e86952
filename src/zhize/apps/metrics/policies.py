"""Who may do what with cards, figures and targets.

The office keeps them (clause 三（一）13 asks the statistics bureau and the quality bureau to build the system; both work
through the office here). Shipped cards belong to everybody below, so only the office at the top may revise them.
"""

from __future__ import annotations

from zhize.apps.metrics.models import Alert, Card, Observation
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.kit.actor import Actor

OFFICE = ("office_director", "office_staff")
UNIT = ("unit_head", "liaison", "clerk", *OFFICE)


def may_see(actor: Actor) -> bool:
    """Everyone with a hat sees the cards, and the figures and targets of the own jurisdiction."""
    return actor.is_system or actor.jurisdiction_id is not None


def may_keep(actor: Actor) -> bool:
    """New cards, figures by file, targets: the office."""
    return actor.is_system or actor.has(*OFFICE)


def may_keep_in(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    return actor.is_system or (may_keep(actor) and actor.jurisdiction_id == jurisdiction.pk)


def may_revise(actor: Actor, card: Card) -> bool:
    """The own office; a shipped card only the office of a jurisdiction with none above it. One query for such a card."""
    if actor.is_system:
        return True
    if not actor.has(*OFFICE):
        return False
    if card.jurisdiction_id is not None:
        return card.jurisdiction_id == actor.jurisdiction_id
    own = Jurisdiction.objects.visible_to(actor).filter(pk=actor.jurisdiction_id or 0, parent__isnull=True)
    return own.exists()


def may_correct(actor: Actor, observation: Observation) -> bool:
    """Correct a figure: the office that keeps it; of a locked one, its director answers for the change."""
    if actor.is_system:
        return True
    if observation.jurisdiction_id != actor.jurisdiction_id:
        return False
    if observation.state == Observation.State.LOCKED:
        return actor.has("office_director")
    return actor.has(*OFFICE)


def may_lock(actor: Actor) -> bool:
    """Close a period's figures: the office's director."""
    return actor.is_system or actor.has("office_director")


def may_answer_alert(actor: Actor, alert: Alert) -> bool:
    """Say a word to an alert: the office of the jurisdiction, a unit that was told, or one that answers for it. One query."""
    if actor.is_system or (actor.jurisdiction_id == alert.jurisdiction_id and actor.has(*OFFICE)):
        return True
    told = {pk for pk, _name in alert.told}
    if not told or not actor.has(*UNIT):
        return False
    answered = Unit.objects.system("units the acting one answers for").filter(pk__in=told)
    return actor.unit_id in told or answered.filter(answers_through_id=actor.unit_id or 0).exists()
