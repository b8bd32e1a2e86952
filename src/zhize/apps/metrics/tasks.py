"""Periodic work: once a night the product counts what it can count."""

from __future__ import annotations

from datetime import datetime

from zhize.apps.metrics.services import metrics_collect
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import system_actor
from zhize.kit.clock import local_day


def collect_all(now: datetime) -> None:
    """取数 for every jurisdiction with an open year that holds today."""
    today = local_day(now)
    rows = WorkYear.objects.system("counting every night").filter(
        state=WorkYear.State.OPEN, starts_on__lte=today, ends_on__gte=today
    )
    for year in rows.select_related("jurisdiction").order_by("pk"):
        jurisdiction = year.jurisdiction
        actor = system_actor("定期取数", jurisdiction_id=jurisdiction.pk, jurisdiction_code=jurisdiction.code)
        metrics_collect(jurisdiction=jurisdiction, year=year, on=today, actor=actor, now=now)
