"""What the tests of a round of comments do: write comments, hand them in, take them in, answer them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.requests.conftest import of
from tests.world import World

from zhize.apps.requests import services
from zhize.apps.requests.models import Call, DraftComment

FIRST = {"place": "第三条", "present": "每季度抽查", "proposed": "改为“每半年抽查”", "reason": "力量不足"}
SECOND = {"place": "全文", "proposed": "统一用“质量振兴”"}


def write(
    call: Call, world: World, now: datetime, *rows: dict[str, Any], unit: str = "zjj", who: str = "liaison"
) -> None:
    services.comments_save(
        request=of(call, world, unit), rows=rows, version=None, actor=world.actor(who), now=now
    )


def send(
    call: Call, world: World, now: datetime, *rows: dict[str, Any], unit: str = "zjj", who: str = "liaison"
) -> list[DraftComment]:
    write(call, world, now, *rows, unit=unit, who=who)
    services.request_submit(request=of(call, world, unit), version=None, actor=world.actor(who), now=now)
    return list(DraftComment.objects.system("test").filter(request=of(call, world, unit)).order_by("number"))


def accept(call: Call, world: World, now: datetime, unit: str = "zjj") -> None:
    services.request_accept(
        request=of(call, world, unit), comment="", version=None, actor=world.actor("office"), now=now
    )


def decide(
    call: Call, world: World, now: datetime, *ids: int, verdict: str = "adopted", reason: str = ""
) -> int:
    return services.comments_decide(
        call=call, comment_ids=ids, verdict=verdict, reason=reason, actor=world.actor("office"), now=now
    )
