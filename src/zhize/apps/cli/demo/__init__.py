"""The demonstration (演示数据): Gansu in 2012, made through the same services as the browser uses.

The regulation is our own rendition (`reference/gansu`); the office's confirmations replay over the reader's
proposal. A demonstration stops at one of `STAGES`: the parts up to it are played in order, and the data folder is
marked with the day it is held at.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from zhize.apps.cli.demo import (
    assessment,
    assessment_local,
    conferences,
    coordination,
    county,
    feeds,
    inspections,
    mechanism,
    metrics,
    papers,
    plan_amended,
    plans,
    plans_below,
    quarter,
    registers,
    roster,
    summaries,
    task_progress,
    tasks,
    tianshui,
    work_rules,
)
from zhize.apps.cli.demo.register import corrections_read, register_documents
from zhize.apps.cli.demo.stage import Stage, actor, at, read_yaml
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.orgs.services import demo_people_load, reference_load
from zhize.apps.orgs.sign_in.demo import accounts_there, demo_password
from zhize.apps.years import services as years
from zhize.kit import clock
from zhize.kit.actor import system_actor

SYSTEM = system_actor("装载演示数据")
Part = Callable[[Stage], None]
# stage: the day it is held at, and the parts it adds to the stage before it
STAGES: dict[str, tuple[date, tuple[Part, ...]]] = {
    "start": (date(2012, 1, 9), ()),
    "quarter": (date(2012, 4, 16), (roster.play, quarter.play)),
    "year": (
        date(2012, 12, 20),
        (
            papers.play,
            work_rules.play,
            plans.play,
            plans_below.play,
            mechanism.play,
            conferences.play,
            tasks.play,
            coordination.play,
            metrics.play,
            feeds.play,
            registers.play,
            metrics.recount,
            roster.changes,
            plan_amended.play,
            summaries.play,
            task_progress.play,
            county.play,
            tianshui.play,
            assessment_local.play,
            assessment.play,
            inspections.play,
            conferences.report,
        ),
    ),
}
__all__ = ["STAGES", "corrections_read", "demo_accounts", "demo_load"]


def demo_accounts() -> list[tuple[str, str, str]]:
    """What `make run` prints; nothing where this is no demonstration."""
    if not settings.ZHIZE_CLOCK_FILE.exists():
        return []
    return accounts_there()


def demo_load(until: str = "year") -> None:
    """Loads everything in one go, and marks the data folder as a demonstration held on the stage's day."""
    folder = Path(settings.REFERENCE_DIR, "gansu")
    begin = at(date(2012, 1, 4))
    with transaction.atomic():
        counties = frozenset(str(code) for code in read_yaml(folder / "demo.yaml")["county_jurisdictions"])
        reference_load(path=folder, counties=counties, actor=SYSTEM, now=begin)
        demo_people_load(path=folder, passwords={"": demo_password()}, actor=SYSTEM, now=begin)
        years.calendar_load(first=2011, last=2026, actor=SYSTEM, now=begin)
        office = actor("gs-office", begin.date())
        jurisdiction = Jurisdiction.objects.system("demonstration").get(code="gs-quality")
        register_documents(folder, jurisdiction, office, begin)
        year = years.work_year_create(
            jurisdiction=jurisdiction, starts_on=date(2012, 1, 1), actor=office, now=begin, is_demo=True
        )
        years.work_year_move(year=year, action="open", version=None, actor=office, now=begin)
        stage = Stage(folder, jurisdiction, year)
        for name, (_day, parts) in STAGES.items():
            for play in parts:
                play(stage)
            if name == until:
                break
    clock.hold_at(STAGES[until][0])
