"""Reads of source systems."""

from __future__ import annotations

from zhize.apps.metrics.models import Feed, FeedReading
from zhize.kit.actor import Actor


def feeds_of(actor: Actor) -> list[Feed]:
    """The own jurisdiction's, by name."""
    return list(Feed.objects.visible_to(actor).order_by("name", "pk"))


def feed_by_pk(actor: Actor, pk: int) -> Feed | None:
    return Feed.objects.visible_to(actor).select_related("jurisdiction").by_pk(pk)


def readings_of(feed: Feed) -> list[FeedReading]:
    """The files read, newest first."""
    rows = FeedReading.objects.system("of a source the actor sees").filter(feed=feed)
    return list(rows.select_related("evidence__file").order_by("-at", "-pk")[:60])
