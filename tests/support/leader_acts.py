"""What others did before a leader's day begins, by services, on the data of a running product.

Run as `python -m tests.support.leader_acts ACT …` in the product's environment; prints what the walk needs.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from tests.support.product import ROOT, Product

HARD, PAPER = "县级水利工程质量监督力量不足", "建材抽查避免重复抽样"


def play(product: Product, *words: str, **environment: str) -> str:
    """Runs an act on the data of this product."""
    command = [sys.executable, "-m", "tests.support.leader_acts", *words]
    env = product.env | environment
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-3000:]}"
    return done.stdout.strip()


def morning() -> str:
    """The plan of three departments is presented to the group, and two matters wait for a leader's word; the leader wants
    the page each morning. Prints the plan's title and address."""
    from django.urls import reverse

    from zhize.apps.orgs.models import User

    plan = _presented()
    for code, title, wanted in (
        ("gs-slt", HARD, "请明确县级监督人员由谁配备、经费从哪里列支。"),
        ("gs-zjj", PAPER, "请协调两家抽查计划的时间和品种。"),
    ):
        _submitted(code, title, wanted)
    User.objects.filter(username="gs-leader").update(brief_rule="daily")
    return f"{plan.title}\t{reverse('work:plan', args=[plan.pk])}"


def _presented() -> Any:
    from django.conf import settings

    from zhize.apps.cli.demo import plan_steps as steps
    from zhize.apps.cli.demo.stage import Stage, actor, at, liaison_of, read_yaml, unit
    from zhize.apps.orgs.models import Jurisdiction
    from zhize.apps.work import services
    from zhize.apps.years.models import WorkYear

    folder = Path(settings.REFERENCE_DIR) / "gansu"
    jurisdiction = Jurisdiction.objects.system("walk").get(code="gs-quality")
    year = WorkYear.objects.system("walk").get(jurisdiction=jurisdiction, starts_on=date(2012, 1, 1))
    desk = steps.Desk(Stage(folder, jurisdiction, year), "gs-office", "gs-office-director")
    rows = read_yaml(folder / "plan_items.yaml")["members"]
    keys, day = ("gs-zjj", "gs-gsj", "gs-nmt"), date(2012, 2, 6)
    call = steps.call_out(desk, "征集工作计划", [unit(key) for key in keys], day, date(2012, 2, 24), "2.2#1")
    for key in keys:
        lead = unit(key)
        username = liaison_of([lead.pk], day)
        assert username, f"nobody writes for {key}"
        plan = steps.written(steps.request_of(call, lead.pk), username, lead, rows[key], day)
        steps.handed_in(plan, username, day)
        steps.accepted(desk, plan, date(2012, 2, 8))
    day = date(2012, 4, 11)
    by: dict[str, Any] = {"actor": actor("gs-office", day), "now": at(day)}
    whole = services.plan_consolidate(year=year, **by)
    services.plan_items_take(plan=whole, source_ids=None, **by)
    return services.plan_present(plan=whole, version=None, **by)


def _submitted(code: str, title: str, wanted: str) -> None:
    from zhize.apps.cli.demo.stage import actor, at, liaison_of, unit
    from zhize.apps.orgs.models import Jurisdiction
    from zhize.apps.work import services

    day = date(2012, 4, 12)
    username = liaison_of([unit(code).pk], day)
    assert username, f"nobody writes for {code}"
    matter = services.matter_raise(
        jurisdiction=Jurisdiction.objects.system("walk").get(code="gs-quality"),
        unit=unit(code),
        data={
            "title": title,
            "problem": "演示的困难",
            "tried": "",
            "wanted": wanted,
            "wanted_of": "省工商局",
        },
        actor=actor(username, day),
        now=at(day),
    )
    office: dict[str, Any] = {"actor": actor("gs-office", day), "now": at(day, 15)}
    matter = services.matter_take(matter=matter, **office)
    services.matter_submit(matter=matter, words="建议由有关单位商定办法。", **office)


def send() -> str:
    """What the beat does before office hours: the page is made and sent; prints how many went out."""
    from zhize.apps.cli.demo.stage import at
    from zhize.apps.orgs.services import outbox_send
    from zhize.apps.portal.tasks import briefs_send
    from zhize.kit import clock
    from zhize.kit.actor import system_actor

    now = at(clock.today(), 7)
    briefs_send(now)
    return str(outbox_send(actor=system_actor("walk"), now=now))


ACTS = {one.__name__: one for one in (morning, send)}

if __name__ == "__main__":
    import django

    django.setup()
    print(ACTS[sys.argv[1]](*sys.argv[2:]))
