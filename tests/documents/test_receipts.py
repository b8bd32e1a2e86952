"""Receipts, scope, documents of other issuers, approvals on paper, issuers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from tests.documents.conftest import SIGNED, Draft
from tests.world import World

from zhize.apps.documents import selectors, services
from zhize.apps.documents.events import OfficialIssued
from zhize.apps.documents.models import Approval, Issuer, OfficialDocument, Receipt
from zhize.apps.orgs.models import Notice, Todo
from zhize.kit import events
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict
from zhize.kit.officialdoc import para
from zhize.kit.things import ThingRef

pytestmark = pytest.mark.django_db


def open_todos(document: OfficialDocument) -> set[tuple[str, int]]:
    rows = Todo.objects.system("test").filter(ref_kind="documents.official", ref_id=document.pk, done_at=None)
    return set(rows.values_list("kind", "unit_id"))


def test_the_other_units_prefecture_signs_for_its_government(
    world: World, issued: Draft, now: datetime
) -> None:
    document = issued(to=["lz_gov", "zjj"], blocks=[para("经省政府同意，现通知如下。")])
    receipts = services.official_receive(document=document, actor=world.actor("sibling"), now=now)
    assert [receipt.unit_id for receipt in receipts] == [world.unit["lz_gov"].pk]
    progress = selectors.progress_of(document, selectors.addressees_of(document))
    assert (progress.received, progress.total) == (1, 2)
    assert [one.unit_id for one in progress.waiting] == [world.unit["zjj"].pk]
    assert open_todos(document) == {("official.receive", world.unit["zjj"].pk)}


def test_signing_twice_and_for_others_is_refused(world: World, issued: Draft, now: datetime) -> None:
    document = issued()
    services.official_receive(document=document, actor=world.actor("liaison"), now=now)
    with pytest.raises(StateConflict, match="已经签收"):
        services.official_receive(document=document, actor=world.actor("clerk"), now=now)
    services.official_receive(document=document, act="read", actor=world.actor("head"), now=now)
    assert Receipt.objects.system("test").count() == 2
    for key in ("other", "sibling2", "office", "leader"):
        with pytest.raises(NotAllowed):
            services.official_receive(document=document, actor=world.actor(key), now=now)


def test_a_document_not_yet_sent_is_not_signed_for(world: World, signed: Draft, now: datetime) -> None:
    with pytest.raises(StateConflict, match="还没有印发"):
        services.official_receive(document=signed(), actor=world.actor("liaison"), now=now)


def test_a_copy_is_told_and_owes_nothing(world: World, issued: Draft) -> None:
    document = issued(to=["zjj"], copy=["gsj"])
    assert open_todos(document) == {("official.receive", world.unit["zjj"].pk)}
    assert Notice.objects.system("test").get().text.startswith("抄送：甘质振办〔2012〕1号")


def test_addressees_stand_in_official_order_whatever_the_order_given(world: World, draft: Draft) -> None:
    document = draft(to=["lz_office", "gsj", "zjj"])
    assert [one.unit.name for one in selectors.addressees_of(document)] == [
        "省质监局", "省工商局", "兰州市领导小组办公室",
    ]  # fmt: skip


def test_whoever_listens_hears_of_the_issue(issued: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[OfficialIssued] = []
    monkeypatch.setitem(events._handlers, OfficialIssued, [heard.append])
    document = issued(source=ThingRef("test.thing", 7))
    assert [(one.document.pk, one.document.source_kind) for one in heard] == [(document.pk, "test.thing")]


@pytest.mark.parametrize(
    ("key", "draft_seen", "issued_seen"),
    [
        ("office", True, True), ("leader", True, True), ("auditor", True, True), ("liaison", False, True),
        ("other", False, False), ("sysadmin", False, False), ("sibling", False, True), ("sibling2", False, False),
        ("child", False, False), ("nohat", False, False),
    ],
)  # fmt: skip
def test_who_sees_a_draft_and_who_what_was_sent(
    world: World, draft: Draft, issued: Draft, key: str, draft_seen: bool, issued_seen: bool
) -> None:
    one, other = draft(), issued()
    actor = world.actor(key)
    assert (selectors.official_of(actor, one.pk) is not None) == draft_seen
    assert (selectors.official_of(actor, other.pk) is not None) == issued_seen


def test_what_is_published_is_open_to_the_jurisdiction_only(world: World, issued: Draft) -> None:
    document = issued(publicity="open")
    assert selectors.official_of(world.actor("other"), document.pk) is not None
    assert selectors.official_of(world.actor("sibling2"), document.pk) is None


def test_a_document_of_another_issuer_is_registered_with_its_number_and_scan(
    world: World, checked: Draft, office: Actor, now: datetime
) -> None:
    from django.core.files.base import ContentFile
    from tests.kit import bad_files as make

    external = Issuer.objects.create(
        jurisdiction=world.jurisdiction["gs"], unit=world.unit["group"], name="省政府办公厅", is_external=True
    )
    document = checked(issuer=external)
    with pytest.raises(StateConflict, match="由对方签发"):
        services.official_sign(
            document=document, signed_by="某人", signed_on=SIGNED, version=None, actor=office, now=now
        )
    values: dict[str, Any] = {
        "document": document, "number": "甘政办发〔2012〕30号", "signed_by": "秘书长（演示）", "signed_on": SIGNED,
        "version": None, "actor": office, "now": now,
    }  # fmt: skip
    with pytest.raises(BadInput, match="正式文件"):
        services.official_register(final=None, **values)
    scan = ContentFile(make.pdf_file(), name="正式件.pdf")
    registered = services.official_register(final=scan, **values)
    assert (registered.state, registered.number) == ("signed", "甘政办发〔2012〕30号")
    issued = services.official_issue(
        document=registered, dated_on=SIGNED, version=None, actor=office, now=now
    )
    assert issued.docx is None
    assert issued.pdf is not None
    assert issued.pdf.name == "正式件.pdf"


def test_an_approval_of_anything_is_recorded_and_told(world: World, office: Actor, now: datetime) -> None:
    ref = ThingRef("test.thing", 3)
    values: dict[str, Any] = {
        "ref": ref, "jurisdiction": world.jurisdiction["gs"], "step": "领导小组审定", "by_name": "组长（演示）",
        "by_title": "领导小组组长", "on": SIGNED, "opinion": "同意", "now": now,
    }  # fmt: skip
    services.approval_record(actor=office, **values)
    services.approval_record(actor=office, **values | {"decision": Approval.Decision.REFUSED})
    assert [one.decision for one in selectors.approvals_of(ref)] == ["agreed", "refused"]
    assert list(selectors.approvals_of_many("test.thing", [3, 4])) == [3]
    with pytest.raises(BadInput, match="晚于今天"):
        services.approval_record(actor=office, **values | {"on": date(2012, 4, 1)})
    with pytest.raises(BadInput, match="审批人"):
        services.approval_record(actor=office, **values | {"by_name": ""})
    for key in ("sibling", "auditor", "nohat"):
        with pytest.raises(NotAllowed):
            services.approval_record(actor=world.actor(key), **values)


def test_an_issuer_is_the_directors_to_register(world: World, office: Actor, now: datetime) -> None:
    data = {"unit": world.unit["office"], "name": "办公室", "agency_code": "甘质振办"}
    with pytest.raises(NotAllowed):
        services.issuer_create(data=data, actor=office, now=now)
    director = world.actor("director")
    issuer = services.issuer_create(data=data, actor=director, now=now)
    assert selectors.issuer_default(world.jurisdiction["gs"]) == issuer
    services.issuer_update(thing=issuer, data={"note": "演示数据"}, version=1, actor=director, now=now)
    with pytest.raises(EditConflict):
        services.issuer_update(thing=issuer, data={"note": "旧"}, version=1, actor=director, now=now)
    with pytest.raises(BadInput, match="同名"):
        services.issuer_create(data=data, actor=director, now=now)
