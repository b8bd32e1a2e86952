"""The notice of an on-site check goes the way of every official document; when it is out, the check is announced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.documents.acts import an_issuer, sent
from tests.inspection.conftest import Plan, fresh
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.documents import services as papers
from zhize.apps.documents.models import Addressee, Approval, Issuer, OfficialDocument
from zhize.apps.inspection import services
from zhize.apps.inspection.selectors.inspections import groups_of
from zhize.apps.inspection.services.planning import FIELDS
from zhize.apps.orgs.models import Notice
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.officialdoc import from_json, runs_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _issuer(world: World) -> Issuer:
    return an_issuer(world)


def test_the_notice_is_drafted_signed_and_sent_and_announces_the_check(world: World, ready: Plan) -> None:
    inspection, office = ready(), world.actor("office")
    document = services.check_notice_draft(inspection=inspection, actor=office, now=on(3, 5))
    words = "\n".join("".join(run.text for run in runs_of(one)) for one in from_json(document.blocks))
    assert (
        "一、核查时间" in words
        and "第一核查组：组长" in words
        and "领导小组会议：半年召开一次，有纪要" in words
    )
    named = Addressee.objects.system("test").filter(document=document)
    assert sorted(named.values_list("unit__code", flat=True)) == ["test-lz_office", "test-ts_office"]
    assert fresh(inspection).state == "draft", "not before it went out"
    with pytest.raises(StateConflict, match="通知已经起草"):
        services.check_notice_draft(inspection=inspection, actor=office, now=on(3, 5))
    sent(document, office, on(3, 6))
    done = fresh(inspection)
    assert (done.state, done.announced_on) == ("announced", on(3, 6).date())
    approval = Approval.objects.system("test").get(ref_kind="inspection.inspection", ref_id=inspection.pk)
    document.refresh_from_db(from_queryset=OfficialDocument.objects.system("test"))
    assert document.number in approval.opinion
    assert Notice.objects.system("test").filter(text__contains="实地核查通知").exists()


def test_a_plan_that_lacks_something_is_not_announced_by_paper(world: World, planned: Plan) -> None:
    with pytest.raises(BadInput) as refused:
        services.check_notice_draft(inspection=planned(), actor=world.actor("office"), now=on(3, 5))
    assert "核查清单是空的" in [one.what for one in refused.value.problems]


def test_a_voided_notice_may_be_drafted_again_and_only_by_the_office(
    world: World, ready: Plan, sign_in: SignIn
) -> None:
    inspection, office = ready(), world.actor("office")
    url = reverse("inspection:notice", args=[inspection.pk])
    assert "起草为公文" in sign_in("office").get(url).content.decode()
    assert sign_in("office").post(url).status_code == 302
    (document,) = OfficialDocument.objects.system("test").filter(source_kind="inspection.inspection")
    page = sign_in("office").get(url).content.decode()
    assert "起草为公文" not in page and document.title in page
    papers.official_void(document=document, reason="重写", version=None, actor=office, now=on(3, 5))
    assert "起草为公文" in sign_in("office").get(url).content.decode()
    with pytest.raises(NotAllowed):
        services.check_notice_draft(inspection=inspection, actor=world.actor("liaison"), now=on(3, 5))


def test_nothing_the_notice_says_changes_while_it_is_on_its_way(world: World, ready: Plan) -> None:
    inspection, office = ready(), world.actor("office")
    document = services.check_notice_draft(inspection=inspection, actor=office, now=on(3, 5))
    group = groups_of(inspection)[0]
    person = group.people.system("test").first()
    assert person is not None
    data = {name: getattr(fresh(inspection), name) for name in FIELDS}
    here = {"actor": office, "now": on(3, 6)}
    item = services.NewItem("另一项", "要求")
    changes: list[Callable[[], Any]] = [
        lambda: services.inspection_update(
            inspection=inspection, data=data, unit_ids=[world.unit["lz_gov"].pk], version=None, **here
        ),
        lambda: services.items_set(inspection=inspection, items=[item], version=None, **here),
        lambda: services.group_set(inspection=inspection, name="第三核查组", unit_ids=[], **here),
        lambda: services.group_remove(group=group, **here),
        lambda: services.person_add(group=group, part="member", name="专家", workplace="协会", **here),
        lambda: services.person_remove(person=person, **here),
        lambda: services.inspection_cancel(inspection=inspection, reason="改期", **here),
    ]
    for change in changes:
        with pytest.raises(StateConflict, match="通知正在办理"):
            change()
    papers.official_void(document=document, reason="改期", version=None, actor=office, now=on(3, 6))
    changes[-1]()
    assert fresh(inspection).state == "cancelled"


def test_a_check_whose_notice_went_out_can_be_called_off(world: World, ready: Plan) -> None:
    inspection, office = ready(), world.actor("office")
    sent(services.check_notice_draft(inspection=inspection, actor=office, now=on(3, 5)), office, on(3, 6))
    services.inspection_cancel(inspection=fresh(inspection), reason="改期", actor=office, now=on(3, 7))
    assert fresh(inspection).state == "cancelled"
