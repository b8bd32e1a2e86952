"""Words several rooms write alike."""

from __future__ import annotations

from zhize.kit.actor import Actor


def by_words(actor: Actor) -> str:
    """Who did it, as a record keeps it: 省质监局 张三."""
    return f"{actor.unit_name} {actor.name}".strip()[:160]
