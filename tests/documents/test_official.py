"""A document from draft to archive: numbered once, sent, signed for; refused in words where a step is not due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from tests.documents.conftest import SIGNED, Draft
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.documents import selectors, services
from zhize.apps.documents.models import Issuer, OfficialDocument, OfficialStep
from zhize.apps.orgs.models import Todo, Unit
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict
from zhize.kit.files.store import open_content
from zhize.kit.models import NumberGiven
from zhize.kit.officialdoc import para
from zhize.kit.things import ThingRef

pytestmark = pytest.mark.django_db


def open_todos(document: OfficialDocument) -> set[tuple[str, int]]:
    rows = Todo.objects.system("test").filter(ref_kind="documents.official", ref_id=document.pk, done_at=None)
    return set(rows.values_list("kind", "unit_id"))


def log_of(document: OfficialDocument) -> list[str]:
    rows = Entry.objects.system("test").filter(thing_kind="documents.official", thing_id=document.pk)
    return [kind.rsplit(".", 1)[-1] for kind in rows.order_by("seq").values_list("type", flat=True)]


def test_a_notice_goes_its_whole_way(world: World, issued: Draft, office: Actor, now: datetime) -> None:
    document = issued(source=ThingRef("test.thing", 7))
    assert (document.state, document.number) == ("issued", "甘质振办〔2012〕1号")
    assert document.docx is not None
    assert document.pdf is not None
    assert document.docx.name.startswith("甘质振办〔2012〕1号 关于报送")
    assert open_content(document.docx.sha256).read(2) == b"PK"
    assert open_content(document.pdf.sha256).read(5) == b"%PDF-"
    steps = OfficialStep.objects.system("test").filter(document=document).order_by("pk")
    assert [step.action for step in steps] == ["draft", "check", "sign", "issue"]
    assert open_todos(document) == {
        ("official.receive", world.unit["zjj"].pk),
        ("official.receive", world.unit["lz_office"].pk),
    }
    assert selectors.official_of_source(office, ThingRef("test.thing", 7)) == [document]
    assert log_of(document) == ["drafted", "checked", "given", "recorded", "signed", "issued"]
    archived = services.official_archive(document=document, version=None, actor=office, now=now)
    assert archived.state == "archived"


def test_who_signed_is_recorded_with_name_title_and_day(signed: Draft) -> None:
    document = signed()
    approval = selectors.approvals_of(ThingRef("documents.official", document.pk))[0]
    assert (approval.step, approval.by_name, approval.on) == ("签发", "办公室主任（演示）", SIGNED)
    assert approval.entered_by == "办公室工作人员（演示）"


def test_numbers_follow_each_other_and_a_void_one_is_never_given_again(
    checked: Draft, signed: Draft, office: Actor, now: datetime
) -> None:
    first = signed()
    services.official_void(document=first, reason="重复发文", version=None, actor=office, now=now)
    assert signed().number == "甘质振办〔2012〕2号"
    given = NumberGiven.objects.get(text="甘质振办〔2012〕1号")
    assert given.void_reason == "重复发文"
    first.refresh_from_db()
    assert (first.state, first.number) == ("voided", "甘质振办〔2012〕1号")


def test_minutes_carry_the_number_of_their_kind_and_year(signed: Draft) -> None:
    minutes: dict[str, Any] = {"kind": "minutes", "to": [], "title": "第一次联席会议纪要"}
    assert [signed(**minutes).number, signed(**minutes).number] == ["第1期", "第2期"]
    assert signed(kind="bulletin", to=[], title="工作进展").number == "第1期"


def test_what_is_missing_stops_the_check_with_every_place(draft: Draft, office: Actor, now: datetime) -> None:
    document = draft(to=[], title="", blocks=[])
    with pytest.raises(BadInput) as caught:
        services.official_check(document=document, version=None, actor=office, now=now)
    assert {problem.where for problem in caught.value.problems} == {"标题", "主送机关", "正文"}
    document.refresh_from_db()
    assert document.state == "draft"


def test_a_lower_government_is_addressed_through_its_office(
    world: World, draft: Draft, office: Actor, now: datetime
) -> None:
    with pytest.raises(BadInput) as caught:
        services.official_check(document=draft(to=["lz_gov"]), version=None, actor=office, now=now)
    assert "领导小组办公室" in caught.value.problems[0].remedy
    consented = draft(to=["lz_gov"], blocks=[para("经省政府同意，现就有关事项通知如下。")])
    assert services.official_check(document=consented, version=None, actor=office, now=now).state == "checked"


def test_proper_recipients_of_a_list_of_units(world: World) -> None:
    central = Unit.objects.create(
        code="ciq",
        region=world.region["gs"],
        name="检验检疫局",
        kind="agency",
        governance="central",
        order=99,
    )
    found = selectors.recipients_of([world.unit["lz_gov"].pk, world.unit["zjj"].pk, central.pk])
    assert found.main == (world.unit["zjj"].pk, world.unit["lz_office"].pk)
    assert found.copies == (central.pk,)


def test_a_returned_document_is_mended_and_checked_again(
    checked: Draft, office: Actor, now: datetime
) -> None:
    document = checked()
    with pytest.raises(StateConflict, match="已核稿的公文不能修改"):
        services.official_update(document=document, data={"title": "改"}, version=None, actor=office, now=now)
    with pytest.raises(BadInput, match="退回原因"):
        services.official_return(document=document, reason=" ", version=None, actor=office, now=now)
    returned = services.official_return(
        document=document, reason="标题不妥", version=None, actor=office, now=now
    )
    changed = services.official_update(
        document=returned, data={"title": "关于报送工作方案的通知"}, version=None, actor=office, now=now
    )
    assert services.official_check(document=changed, version=None, actor=office, now=now).state == "checked"


def test_two_drafters_meet_and_nothing_is_lost(draft: Draft, office: Actor, now: datetime) -> None:
    document = draft()
    services.official_update(document=document, data={"title": "甲改的"}, version=1, actor=office, now=now)
    with pytest.raises(EditConflict) as caught:
        services.official_update(
            document=document, data={"title": "乙改的"}, version=1, actor=office, now=now
        )
    assert (caught.value.theirs["title"], caught.value.mine["title"]) == ("甲改的", "乙改的")


@pytest.mark.parametrize("step", ["sign", "issue", "archive", "return"])
def test_a_step_out_of_turn_is_refused_in_words(
    draft: Draft, office: Actor, now: datetime, step: str
) -> None:
    document = draft()
    more: dict[str, Any] = {
        "sign": {"signed_by": "某人", "signed_on": SIGNED},
        "issue": {"dated_on": SIGNED},
        "return": {"reason": "退"},
    }.get(step, {})
    with pytest.raises(StateConflict, match="拟稿的公文不能"):
        getattr(services, f"official_{step}")(document=document, version=None, actor=office, now=now, **more)


@pytest.mark.parametrize("key", ["liaison", "head", "sysadmin", "auditor", "sibling", "nohat"])
def test_only_the_office_of_the_jurisdiction_drafts_and_handles(
    world: World, draft: Draft, now: datetime, key: str
) -> None:
    with pytest.raises(NotAllowed):
        draft(actor=world.actor(key))
    with pytest.raises(NotAllowed):
        services.official_check(document=draft(), version=None, actor=world.actor(key), now=now)


def test_a_leader_may_sign_here(world: World, checked: Draft, now: datetime) -> None:
    document = services.official_sign(
        document=checked(),
        signed_by="组长（演示）",
        signed_on=SIGNED,
        version=None,
        actor=world.actor("leader"),
        now=now,
    )
    assert document.number


def test_dates_in_the_future_are_refused(signed: Draft, checked: Draft, office: Actor, now: datetime) -> None:
    with pytest.raises(BadInput, match="晚于今天"):
        services.official_issue(
            document=signed(), dated_on=date(2012, 3, 6), version=None, actor=office, now=now
        )
    with pytest.raises(BadInput, match="晚于今天"):
        services.official_sign(
            document=checked(),
            signed_by="某人",
            signed_on=date(2012, 3, 6),
            version=None,
            actor=office,
            now=now,
        )
    assert NumberGiven.objects.count() == 1, "a signing that fails takes no number"


def test_an_issuer_without_a_code_gives_no_number(
    checked: Draft, issuer: Issuer, office: Actor, now: datetime
) -> None:
    document = checked()
    Issuer.objects.system("test").filter(pk=issuer.pk).update(agency_code="")
    with pytest.raises(BadInput, match="没有机关代字"):
        services.official_sign(
            document=document, signed_by="某人", signed_on=SIGNED, version=None, actor=office, now=now
        )
