"""What others did in a round of plans beside a walk, by services, on the data of a running product.

Run as `python -m tests.support.plan_acts ACT …` in the product's environment; prints what the walk needs.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from tests.support.product import ROOT, Product


def play(product: Product, *words: str) -> str:
    """Runs an act on the data of this product."""
    command = [sys.executable, "-m", "tests.support.plan_acts", *words]
    done = subprocess.run(command, env=product.env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-3000:]}"
    return done.stdout.strip()


def _requests(title: str) -> Any:
    from zhize.apps.requests.models import UnitRequest

    rows = UnitRequest.objects.system("walk").filter(call__title=title)
    return rows.select_related("call__year", "call__jurisdiction", "unit", "jurisdiction").order_by(
        "unit__order"
    )


def _today() -> date:
    from zhize.kit import clock

    return clock.today()


def hand_in(title: str, *wanted: str) -> str:
    """The issuing offices are registered; units write the named items of the demonstration's plan and hand them in
    (gs-fgw=落实扶持名优企业的产业政策); prints how many."""
    from django.conf import settings

    from tests.support.paper_acts import issuers
    from zhize.apps.cli.demo import plan_steps as steps
    from zhize.apps.cli.demo.stage import actor, at, liaison_of, read_yaml, unit
    from zhize.apps.requests.services import request_stamp

    issuers()
    rows = read_yaml(Path(settings.REFERENCE_DIR) / "gansu" / "plan_items.yaml")["members"]
    for one in wanted:
        key, _, item = one.partition("=")
        lead, day = unit(key), _today()
        username = liaison_of([lead.pk], day)
        assert username, f"nobody writes for {key}"
        asked = _requests(title).get(unit=lead)
        plan = steps.written(asked, username, lead, [row for row in rows[key] if row["item"] == item], day)
        who = actor(username, day)
        request_stamp(request=asked, by="分管负责人（演示）", on=day, actor=who, now=at(day, 14))
        steps.handed_in(plan, username, day)
    return str(len(wanted))


def accept(title: str) -> str:
    """The office takes in whatever lies handed in; prints how many."""
    from zhize.apps.cli.demo.stage import actor, at
    from zhize.apps.requests.services import request_accept

    rows, day = list(_requests(title).filter(state="submitted")), _today()
    for row in rows:
        request_accept(request=row, comment="", version=None, actor=actor("gs-office", day), now=at(day, 17))
    return str(len(rows))


def no_comment(title: str) -> str:
    """Whoever has not answered the round of comments has none, and the office takes all answers in; prints how many have none."""
    from zhize.apps.cli.demo.stage import actor, at, liaison_of
    from zhize.apps.requests.services import comments_none

    rows, day = list(_requests(title).filter(submitted_at=None)), _today()
    for row in rows:
        username = liaison_of([row.unit_id], day)
        assert username, f"nobody answers for {row.unit.name}"
        comments_none(request=row, actor=actor(username, day), now=at(day, 15))
    accept(title)
    return str(len(rows))


ACTS = {one.__name__: one for one in (hand_in, accept, no_comment)}

if __name__ == "__main__":
    import django

    django.setup()
    print(ACTS[sys.argv[1]](*sys.argv[2:]))
