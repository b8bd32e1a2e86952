"""Set-up of a walk, by services: a prefecture takes its register over, opens its year, and asks its bureau and its county for plans;
the bureau has answered. Run as `python -m tests.support.city_acts` in the product's environment."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.support.product import ROOT, Product

DAY, DUE = date(2012, 2, 27), date(2012, 3, 20)
CITY, OFFICE, DIRECTOR, BUREAU, LIAISON, COUNTY = (
    "lz-quality", "lz-office", "lz-office-director", "620100-zjj", "lz-zjj", "620123-gov",
)  # fmt: skip


def play(product: Product, *words: str) -> str:
    """Runs it on the data of this product."""
    command = [sys.executable, "-m", "tests.support.city_acts", *words]
    done = subprocess.run(command, env=product.env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-3000:]}"
    return done.stdout.strip()


def plans_called(title: str, item: str) -> str:
    """Prints what the call is named."""
    from zhize.apps.cli.demo import plan_steps
    from zhize.apps.cli.demo.below import taken_over
    from zhize.apps.cli.demo.stage import actor, at, unit
    from zhize.apps.documents.services import issuer_create
    from zhize.apps.requests import services as requests
    from zhize.apps.work.selectors.plans import CONTENT

    stage: Any = SimpleNamespace(folder=Path())
    home = taken_over(stage, CITY, OFFICE, date(2012, 1, 9), {})
    issuer_create(
        data={"unit": home.jurisdiction.office_unit, "name": "兰州市质量振兴领导小组办公室", "agency_code": "兰质振办"},
        actor=actor(DIRECTOR, DAY), now=at(DAY),
    )  # fmt: skip
    desk = plan_steps.Desk(home, OFFICE, DIRECTOR)
    bureau, county = unit(BUREAU), unit(COUNTY)
    by: dict[str, Any] = {"actor": actor(OFFICE, DAY), "now": at(DAY)}
    call = requests.call_create(
        jurisdiction=home.jurisdiction, year=home.year, title=title, due_on=DUE, content=CONTENT, nil_allowed=False,
        stamp_needed=True, unit_ids=[bureau.pk, county.pk], **by,
    )  # fmt: skip
    call = requests.call_issue(call=call, version=None, **by)
    row = {
        "part": "product", "item": item, "goal": "在用电梯检验率达到100%", "measure": "按季排查，公布结果", "due": date(2012, 11, 30)
    }  # fmt: skip
    plan = plan_steps.written(plan_steps.request_of(call, bureau.pk), LIAISON, bureau, [row], DAY)
    asked = plan_steps.request_of(call, bureau.pk)
    requests.request_stamp(
        request=asked, by="副局长（演示）", on=DAY, actor=actor(LIAISON, DAY), now=at(DAY, 15)
    )
    plan_steps.handed_in(plan, LIAISON, DAY)
    plan_steps.accepted(desk, plan, date(2012, 2, 28))
    return str(call.title)


if __name__ == "__main__":
    import django

    django.setup()
    print(plans_called(*sys.argv[1:]))
