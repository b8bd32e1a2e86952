"""A plan is told when the paper it was issued by is revoked, repealed or corrected."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.documents.acts import acted_on, decide, sent
from tests.work.plans.conftest import Desk, fresh, on

from zhize.apps.documents import services as documents
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.regulations.models import Obligation
from zhize.apps.work import services
from zhize.apps.work.models import Plan


@pytest.fixture
def paper(desk: Desk) -> OfficialDocument:
    plan, director = desk.approved(), desk.actor("director")
    documents.issuer_create(
        data={"unit": desk.world.unit["office"], "name": "省质量办", "agency_code": "甘质振办"},
        actor=director,
        now=on(3, 5),
    )
    draft = services.plan_draft_document(plan=plan, actor=desk.actor("office"), now=on(3, 5))
    return sent(draft, director, on(3, 6))


def _owed() -> Obligation:
    return Obligation.objects.system("test").get(duty__code="2.2#1")


def _shown(desk: Desk, paper: OfficialDocument, key: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: on(3, 8).date())
    client = Client()
    client.force_login(desk.world.user[key], backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("work:plan", args=[paper.source_id])).content.decode()


@pytest.mark.parametrize(
    ("choice", "settled"), [("withdrawn", False), ("amended", True)], ids=["withdrawn", "amended"]
)
def test_its_page_says_so_and_what_the_issue_discharged_follows_the_decision(
    desk: Desk, paper: OfficialDocument, choice: str, settled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _owed().status == "done"
    notice = acted_on(paper, "revoke", desk.actor("director"), on(3, 7))
    for key in ("office", "liaison"):
        page = _shown(desk, paper, key, monkeypatch)
        assert "印发文件已撤销" in page and notice.number in page
    decide(paper, choice, desk.actor("office"), on(3, 8))
    assert (_owed().status == "done") is settled
    assert "另行部署" in _shown(desk, paper, "office", monkeypatch)
    assert fresh(Plan(pk=paper.source_id)).state == "issued"
