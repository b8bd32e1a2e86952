"""An empty installation gets its first office once, by command; everybody there can sign in and has a post."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Jurisdiction, Post, Unit
from zhize.apps.orgs.services import Place, office_found
from zhize.kit.actor import system_actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict

pytestmark = pytest.mark.django_db
PLACE = Place("330000", "某省", "province", "无废城市建设", "wfcs")
SYSTEM = system_actor("test")


def test_the_first_office_stands_and_its_people_sign_in(now: datetime) -> None:
    jurisdiction, accounts = office_found(place=PLACE, actor=SYSTEM, now=now)
    assert jurisdiction.name == "某省无废城市建设"
    group, office = jurisdiction.group_unit, jurisdiction.office_unit
    assert group is not None and group.name == "某省无废城市建设工作领导小组"
    assert office is not None and office.name == "某省无废城市建设工作领导小组办公室"
    roles = {post.role for post in Post.objects.system("test").filter(jurisdiction=jurisdiction)}
    assert roles == {"system_admin", "security_admin", "audit_admin", "office_director"}
    assert all(account.user.must_change_password for account in accounts)
    director = next(a for a in accounts if a.user.username == "office")
    answer = Client().post("/account/login/", {"login": "office", "password": director.password})
    assert answer.status_code == 302 and answer["Location"] != "/account/login/"
    types = set(Entry.objects.system("test").values_list("type", flat=True))
    assert {"orgs.jurisdiction.created", "orgs.unit.created", "orgs.user.created"} <= types


def test_it_is_done_once_and_by_the_system_alone(now: datetime) -> None:
    office_found(place=PLACE, actor=SYSTEM, now=now)
    with pytest.raises(StateConflict, match="已经有辖区"):
        office_found(place=PLACE, actor=SYSTEM, now=now)
    assert Jurisdiction.objects.system("test").count() == 1
    assert Unit.objects.system("test").count() == 2


def test_a_level_nobody_knows_is_refused_and_nothing_stands(now: datetime) -> None:
    with pytest.raises(BadInput, match="没有“国”这个层级"):
        office_found(place=Place("1", "某国", "国", "工作", "x"), actor=SYSTEM, now=now)
    assert not Unit.objects.system("test").exists()


def test_nobody_signed_in_founds_an_office(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        office_found(place=PLACE, actor=world.actor("sysadmin"), now=now)
