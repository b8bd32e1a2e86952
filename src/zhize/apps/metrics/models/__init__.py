"""指标卡, 指标数据, 目标."""

from zhize.apps.metrics.models.alerts import Alert
from zhize.apps.metrics.models.cards import Card, CardDuty, CardVersion
from zhize.apps.metrics.models.collections import CellKey, Collection, CollectionCard, Entry
from zhize.apps.metrics.models.feeds import Feed, FeedReading
from zhize.apps.metrics.models.figures import Observation, Revision, Subject
from zhize.apps.metrics.models.targets import Target, TargetStep

__all__ = [
    "Alert",
    "Card",
    "CardDuty",
    "CardVersion",
    "CellKey",
    "Collection",
    "CollectionCard",
    "Entry",
    "Feed",
    "FeedReading",
    "Observation",
    "Revision",
    "Subject",
    "Target",
    "TargetStep",
]
