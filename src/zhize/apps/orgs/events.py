"""What happened to posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhize.apps.orgs.models import Post
from zhize.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class PostHandedOver:
    """A successor took the post: what its former holder had in charge goes to the new one."""

    old: Post
    new: Post
    actor: Actor
    now: datetime
