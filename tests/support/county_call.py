"""Set-up of a walk, by services: 兰州 opens its year and asks 榆中县 for the quarters the province asks of 兰州."""

from __future__ import annotations

from datetime import date

from tests.support.paper_acts import city_year
from zhize.apps.cli.demo.stage import actor, at
from zhize.apps.metrics.models import Card
from zhize.apps.metrics.services import collection_create
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.requests.services import call_issue
from zhize.apps.years.models import WorkYear
from zhize.core.metrics.spans import period_of

SENT = date(2012, 7, 2)


def ask(title: str, *periods: str) -> None:
    city_year()
    jurisdiction = Jurisdiction.objects.system("walk").get(code="lz-quality")
    office = actor("lz-office", SENT)
    year = WorkYear.objects.system("walk").get(jurisdiction=jurisdiction, starts_on=date(2012, 1, 1))
    rows = {
        card.code: card for card in Card.objects.system("walk").filter(code__startswith="product.spot_check.")
    }
    collection = collection_create(
        jurisdiction=jurisdiction,
        year=year,
        title=title,
        due_on=date(2012, 7, 6),
        unit_ids=[Unit.objects.system("walk").get(code="620123-gov").pk],
        cards=[rows["product.spot_check.batches"], rows["product.spot_check.passed"]],
        periods=[period_of(one) for one in periods],
        actor=office,
        now=at(SENT),
    )
    call_issue(call=collection.call, version=None, actor=office, now=at(SENT))
