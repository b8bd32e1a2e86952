"""A progress digest is told when its circular is revoked, repealed or corrected."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.documents.acts import acted_on, an_issuer, decide, sent
from tests.work.tasks.conftest import HandOut, on
from tests.work.tasks.test_digest import HALF, JULY
from tests.world import World

from zhize.apps.regulations.models import Discharge, Duty, Obligation
from zhize.apps.work.services import digest_draft
from zhize.apps.years.models import WorkYear


def test_its_page_says_so_and_a_digest_withdrawn_discharges_nothing(
    world: World, year: WorkYear, hand_out: HandOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: JULY.date())
    office = world.actor("office")
    an_issuer(world)
    duty = Duty.objects.create(
        jurisdiction=year.jurisdiction, code="2.1#2", title="汇总工作进展情况", text="汇总", nature="periodic",
        sources=["work.digest.issued"],
    )  # fmt: skip
    Obligation.objects.create(
        jurisdiction=year.jurisdiction, year=year, duty=duty, unit=world.unit["office"], period_label="上半年",
        period_start=HALF["starts_on"], period_end=HALF["ends_on"], due_on=on(7, 31).date(),
    )  # fmt: skip
    hand_out()
    digest, draft = digest_draft(year=year, **HALF, actor=office, now=JULY)
    paper = sent(draft, office, JULY)
    row = Discharge.objects.system("test").get()
    assert row.state == "confirmed"
    notice = acted_on(paper, "repeal", office, JULY)
    client = Client()
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("work:digest", args=[digest.pk])).content.decode()
    assert "印发文件已废止" in page and notice.number in page and "待办公室确定" in page
    decide(paper, "withdrawn", office, JULY)
    row.refresh_from_db(from_queryset=Discharge.objects.system("test"))
    assert row.state == "withdrawn"
