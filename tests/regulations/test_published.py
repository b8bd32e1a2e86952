"""A clause everybody can read and cite: only of documents their office has opened, only confirmed texts, nothing of the work."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from tests.regulations.test_taking_over import TEXT
from tests.world import World

from zhize.apps.regulations.models import Clause, Regulation
from zhize.apps.regulations.services import regulation_create, regulation_open, version_confirm, version_read
from zhize.kit.errors import NotAllowed

pytestmark = pytest.mark.django_db
CLAUSE = "/public/gs/main/1/3.1.1/"


@pytest.fixture
def regulation(world: World, now: datetime) -> Regulation:
    office = world.actor("office")
    regulation = regulation_create(
        jurisdiction=world.jurisdiction["gs"],
        data={"code": "main", "title": "责任制度", "doc_no": "甘政办发〔2011〕1号", "in_force_from": date(2011, 7, 12)},
        actor=office, now=now,
    )  # fmt: skip
    version = version_read(regulation=regulation, text=TEXT, actor=office, now=now)
    version_confirm(version=version, corrections={}, actor=office, now=now)
    return regulation


def test_what_is_not_open_is_not_there(regulation: Regulation) -> None:
    assert Client().get(CLAUSE).status_code == 404
    assert Client().get("/public/gs/main/1/").status_code == 404


def test_an_open_clause_is_read_and_cited_by_anybody(
    regulation: Regulation, world: World, now: datetime
) -> None:
    place = regulation.jurisdiction.code
    regulation_open(regulation=regulation, public=True, actor=world.actor("office"), now=now)
    page = Client().get(CLAUSE.replace("/gs/", f"/{place}/")).content.decode()
    assert "组织产品质量监督抽查" in page
    assert "《责任制度》（甘政办发〔2011〕1号）三（一）1，第1版，2011年7月12日施行" in page
    assert f"http://testserver/public/{place}/main/1/3.1.1/" in page
    whole = Client().get(f"/public/{place}/main/1/").content.decode()
    assert whole.count("tree-marker") == Clause.objects.system("test").count()
    assert Client().get(f"/public/{place}/main/2/").status_code == 404
    assert Client().get(f"/public/{place}/main/1/9.9/").status_code == 404


def test_a_draft_is_nobodys_to_read(regulation: Regulation, world: World, now: datetime) -> None:
    office = world.actor("office")
    regulation_open(regulation=regulation, public=True, actor=office, now=now)
    version_read(regulation=regulation, text=TEXT + "（二）新增一条。\n", actor=office, now=now)
    assert Client().get(f"/public/{regulation.jurisdiction.code}/main/2/").status_code == 404


def test_only_the_office_opens_and_closes(regulation: Regulation, world: World, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        regulation_open(regulation=regulation, public=True, actor=world.actor("sibling"), now=now)
    client = Client()
    client.force_login(world.user["office"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/regulations/{regulation.pk}/open/", {"public": "1"}).status_code == 302
    assert Client().get(f"/public/{regulation.jurisdiction.code}/main/1/").status_code == 200
    client.post(f"/regulations/{regulation.pk}/open/", {"public": ""})
    assert Client().get(f"/public/{regulation.jurisdiction.code}/main/1/").status_code == 404
