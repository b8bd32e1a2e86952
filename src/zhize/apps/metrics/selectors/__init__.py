"""Reads of this app."""

from zhize.apps.metrics.selectors.cards import (
    card_by_code,
    card_by_pk,
    cards_listed,
    cards_of_duties,
    versions_of,
)
from zhize.apps.metrics.selectors.figures import (
    Figure,
    figures_of,
    observation_by_pk,
    observation_value,
    observations_listed,
    revisions_of,
)
from zhize.apps.metrics.selectors.targets import Aim, target_by_pk, targets_listed, targets_of

__all__ = [
    "Aim",
    "Figure",
    "card_by_code",
    "card_by_pk",
    "cards_listed",
    "cards_of_duties",
    "figures_of",
    "observation_by_pk",
    "observation_value",
    "observations_listed",
    "revisions_of",
    "target_by_pk",
    "targets_listed",
    "targets_of",
    "versions_of",
]
