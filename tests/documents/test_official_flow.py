"""Steps of a document taken here and recorded from paper, in each place of the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.documents.conftest import SIGNED, Draft
from tests.documents.steps import PAPER, outside, scan
from tests.kit import bad_files as make
from tests.world import World

from zhize.apps.documents import selectors, services
from zhize.apps.documents.models import Countersign, OfficialDocument, OfficialStep
from zhize.apps.orgs.models import Todo
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.rules import edition_write
from zhize.kit.things import ThingRef

pytestmark = pytest.mark.django_db


def asked(
    document: OfficialDocument, world: World, office: Actor, now: datetime, *keys: str
) -> OfficialDocument:
    ids = [world.unit[key].pk for key in keys]
    return services.official_ask(document=document, unit_ids=ids, version=None, actor=office, now=now)


def test_units_countersign_in_parallel_here_and_on_paper(
    world: World, checked: Draft, take: Callable[..., OfficialDocument], office: Actor, now: datetime
) -> None:
    document = asked(checked(), world, office, now, "gsj", "zjj")
    liaison = world.actor("liaison")
    assert selectors.official_of(liaison, document.pk) == document, "who is asked sees the document"
    with pytest.raises(StateConflict, match="还有单位没有会签：省质监局、省工商局"):
        take(document, "sign")
    services.official_countersign(
        document=document, unit_id=world.unit["zjj"].pk, answer="agreed", actor=liaison, now=now
    )
    with pytest.raises(BadInput, match="会签人姓名"):
        services.official_countersign(
            document=document, unit_id=world.unit["gsj"].pk, answer="agreed", actor=office, now=now
        )
    paper = services.official_countersign(
        document=document, unit_id=world.unit["gsj"].pk, answer="noted", opinion="第二段补充流通领域。",
        by_name="分管负责人（演示）", on=SIGNED, scan=SimpleUploadedFile("会签单.pdf", make.pdf_file()), actor=office, now=now,
    )  # fmt: skip
    assert (paper.on_paper, paper.entered_by, paper.scan is not None) == (True, office.name, True)
    assert not Todo.objects.system("t").filter(kind="official.countersign", done_at=None).exists()
    assert take(document, "sign").state == "signed"


def test_a_unit_answers_once_for_itself_and_a_refusal_needs_words(
    world: World, checked: Draft, office: Actor, now: datetime
) -> None:
    document = asked(checked(), world, office, now, "zjj")
    answer: dict[str, Any] = {"document": document, "unit_id": world.unit["zjj"].pk, "now": now}
    with pytest.raises(NotAllowed, match="被征求意见的单位"):
        services.official_countersign(**answer, answer="agreed", actor=world.actor("other"))
    head = world.actor("head")
    with pytest.raises(BadInput, match="写明会签意见"):
        services.official_countersign(**answer, answer="refused", actor=head)
    services.official_countersign(**answer, answer="refused", opinion="与部门职责不符", actor=head)
    with pytest.raises(StateConflict, match="已经会签：不同意"):
        services.official_countersign(**answer, answer="agreed", actor=head)


def test_a_refusal_is_settled_in_words_or_goes_back_and_round_again(
    world: World, checked: Draft, take: Callable[..., OfficialDocument], office: Actor, now: datetime
) -> None:
    document = asked(checked(), world, office, now, "zjj")
    head, unit = world.actor("head"), world.unit["zjj"].pk
    services.official_countersign(
        document=document, unit_id=unit, answer="refused", opinion="不妥", actor=head, now=now
    )
    with pytest.raises(BadInput, match="省质监局会签不同意"):
        take(document, "sign")
    again = asked(take(take(document, "return"), "check"), world, office, now, "zjj")
    services.official_countersign(document=again, unit_id=unit, answer="agreed", actor=head, now=now)
    assert take(again, "sign").state == "signed"
    rounds = Countersign.objects.system("t").order_by("round").values_list("round", "answer")
    assert list(rounds) == [(1, "refused"), (2, "agreed")]


def test_each_step_may_be_recorded_from_paper(
    checked: Draft, draft: Draft, office: Actor, now: datetime
) -> None:
    by: dict[str, Any] = {"version": None, "actor": office, "now": now}
    document = services.official_check(document=draft(), **PAPER, opinion="已核", scan=scan(), **by)
    document = services.official_sign(
        document=document, signed_by="组长（演示）", signed_on=SIGNED, scan=scan(), **by
    )
    document = services.official_recheck(document=document, **PAPER, scan=scan(), **by)
    document = services.official_seal(document=document, **PAPER, opinion="用印30份", scan=scan(), **by)
    found = selectors.approvals_of(ThingRef("documents.official", document.pk))
    assert [(one.step, bool(one.scan), one.entered_by) for one in found] == [
        (step, True, office.name) for step in ("核稿", "签发", "复核", "用印")
    ]  # fmt: skip
    services.official_issue(document=document, dated_on=SIGNED, **by)
    steps = OfficialStep.objects.system("t").filter(document=document).order_by("pk")
    assert [one.action for one in steps] == ["draft", "check", "sign", "recheck", "seal", "issue"]


def test_where_the_edition_wants_every_step_none_is_skipped(
    world: World, signed: Draft, take: Callable[..., OfficialDocument], now: datetime
) -> None:
    edition_write(
        name="documents/flow", jurisdiction_code=world.jurisdiction["gs"].code, valid_from=date(2012, 1, 1),
        values={"recheck": [], "seal": ["minutes"]}, source="本办公室文书工作制度（演示）", actor=world.actor("director"), now=now,
    )  # fmt: skip
    document = signed()
    with pytest.raises(StateConflict, match="还没有复核、用印，不能印发"):
        take(document, "issue")
    with pytest.raises(StateConflict, match="还没有复核，不能用印"):
        take(document, "seal")
    document = take(document, "recheck")
    with pytest.raises(StateConflict, match="还没有用印，不能印发"):
        take(document, "issue")
    assert take(take(document, "seal"), "issue").state == "issued"
    minutes = take(signed(kind="minutes", to=[], title="第一次联席会议纪要"), "recheck")
    assert take(minutes, "issue").state == "issued", "minutes carry no seal"


def test_found_wrong_after_signing_it_goes_back_and_keeps_its_number(
    signed: Draft, take: Callable[..., OfficialDocument]
) -> None:
    document = signed()
    again = take(take(take(document, "return"), "check"), "sign")
    assert again.number == document.number == "甘质振办〔2012〕1号"
    assert signed().number == "甘质振办〔2012〕2号"


def test_a_document_goes_out_by_the_government_office(
    world: World, checked: Draft, take: Callable[..., OfficialDocument], office: Actor, now: datetime
) -> None:
    document = checked(issuer=outside(world))
    with pytest.raises(StateConflict, match="对方签发、编号"):
        take(document, "sign")
    document = services.official_register(
        document=document, number="甘政办发〔2012〕99号", signed_by="秘书长（演示）", signed_on=SIGNED,
        final=SimpleUploadedFile("正式件.pdf", make.pdf_file()), version=None, actor=office, now=now,
    )  # fmt: skip
    document = take(document, "issue")
    assert (document.number, document.given, document.docx) == ("甘政办发〔2012〕99号", None, None)
    assert document.pdf is not None, "the final scan is its file"


def test_every_place_of_the_way_is_recorded_from_paper_in_any_order_the_table_allows(
    draft: Draft, take: Callable[..., OfficialDocument], office: Actor, now: datetime, world: World
) -> None:
    """Paper before, between and after steps taken here: each leaves its approval, its scan, and who entered it."""
    by: dict[str, Any] = {"version": None, "actor": office, "now": now}
    ways: dict[str, Callable[[OfficialDocument], OfficialDocument]] = {
        "核稿": lambda one: services.official_check(document=one, **PAPER, scan=scan(), **by),
        "签发": lambda one: services.official_sign(document=one, signed_by="组长（演示）", signed_on=SIGNED, scan=scan(), **by),
        "复核": lambda one: services.official_recheck(document=one, **PAPER, scan=scan(), **by),
        "用印": lambda one: services.official_seal(document=one, **PAPER, scan=scan(), **by),
    }  # fmt: skip
    plain = {"核稿": "check", "签发": "sign", "复核": "recheck", "用印": "seal"}
    for on_paper in ways:
        document = draft(title=f"关于{on_paper}的通知")
        for word, record in ways.items():
            document = record(document) if word == on_paper else take(document, plain[word])
        assert take(document, "issue").state == "issued"
        approvals = selectors.approvals_of(ThingRef("documents.official", document.pk))
        scanned = [(one.step, one.entered_by) for one in approvals if one.scan]
        assert scanned == [(on_paper, office.name)]


def test_what_the_government_office_sends_is_returned_voided_or_closed_like_any_other(
    world: World, checked: Draft, take: Callable[..., OfficialDocument]
) -> None:
    issuer = outside(world)
    document = take(checked(issuer=issuer), "register")
    assert (document.number, document.given) == ("甘政办发〔2012〕99号", None), (
        "its number is not one of ours"
    )
    assert take(take(document, "issue"), "archive").archive_no.startswith("2012-省政府办公厅-")
    again = take(take(take(checked(issuer=issuer), "register"), "return"), "check")
    with pytest.raises(StateConflict, match="对方签发、编号"):
        take(again, "sign")
    gone = take(take(again, "register"), "void")
    assert gone.state == "voided" and gone.pdf is not None, "the scan is kept with the void document"
