"""Writes of this app: cards and their versions, figures and corrections, targets."""

from zhize.apps.metrics.services.alerting import alert_answer
from zhize.apps.metrics.services.cards import card_create, card_retire, card_revise
from zhize.apps.metrics.services.cells import Written
from zhize.apps.metrics.services.collecting import collection_create, collection_update
from zhize.apps.metrics.services.computing import metrics_collect
from zhize.apps.metrics.services.correcting import observation_correct, observations_lock
from zhize.apps.metrics.services.entering import entries_carry_over, entries_return, entries_save
from zhize.apps.metrics.services.feeding import feed_create, feed_read, feed_update
from zhize.apps.metrics.services.figures import observations_save
from zhize.apps.metrics.services.importing import observations_import, targets_import
from zhize.apps.metrics.services.loading import cards_load
from zhize.apps.metrics.services.new_figures import NewFigure
from zhize.apps.metrics.services.publishing import published_load
from zhize.apps.metrics.services.targets import target_remove, target_set, target_update, targets_save

__all__ = [
    "NewFigure",
    "Written",
    "alert_answer",
    "card_create",
    "card_retire",
    "card_revise",
    "cards_load",
    "collection_create",
    "collection_update",
    "entries_carry_over",
    "entries_return",
    "entries_save",
    "feed_create",
    "feed_read",
    "feed_update",
    "metrics_collect",
    "observation_correct",
    "observations_import",
    "observations_lock",
    "observations_save",
    "published_load",
    "target_remove",
    "target_set",
    "target_update",
    "targets_import",
    "targets_save",
]
