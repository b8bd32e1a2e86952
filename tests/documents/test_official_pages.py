"""Documents in the browser, without script: written, checked, signed, sent, signed for, chased; nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from tests.documents.conftest import Draft
from tests.kit import bad_files as make
from tests.world import World

from zhize.apps.documents import selectors, services
from zhize.apps.documents.models import Issuer, OfficialDocument
from zhize.apps.orgs.models import Membership, Unit
from zhize.kit import clock
from zhize.kit.officialdoc import Run, from_json, heading, para, table
from zhize.kit.things import ThingRef

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _date(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "demonstration_date", lambda: now.date())


def client(world: World, key: str) -> Client:
    signed_in = Client()
    signed_in.force_login(world.user[key], backend="django.contrib.auth.backends.ModelBackend")
    return signed_in


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def form(world: World, by: Issuer, /, **change: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": "notice", "issuer": by.pk, "title": "关于报送方案的通知", "publicity": "on_request", "version": "",
        "sort": ["1", "0", "table", "0"], "text": ["一、内容", "请报送。", "单位 | 值\n省质监局 | 3", ""],
        "main": [world.unit["zjj"].pk], "copy": [world.unit["gsj"].pk],
    }  # fmt: skip
    return values | change


def test_a_document_is_written_and_goes_its_way_by_forms_alone(world: World, issuer: Issuer) -> None:
    office = client(world, "office")
    answer = office.post("/papers/new/", form(world, issuer))
    assert answer.status_code == 302
    url = answer["Location"]
    document = OfficialDocument.objects.system("test").get()
    assert from_json(document.blocks) == (
        heading("一、内容"), para("请报送。"), table(["单位", "值"], [["省质监局", "3"]]),
    )  # fmt: skip
    assert {one.unit.name: one.sent for one in selectors.addressees_of(document)} == {
        "省质监局": "main", "省工商局": "copy",
    }  # fmt: skip
    page = text_of(office.get(url))
    assert "没有发现问题" in page
    steps: list[tuple[str, dict[str, Any]]] = [
        ("check", {"opinion": "已核"}),
        ("sign", {"signed_by": "主任（演示）", "signed_on": "2012-03-05", "scan": SimpleUploadedFile("签发单.pdf", make.pdf_file())}),
        ("issue", {"dated_on": "2012-03-05"}),
    ]  # fmt: skip
    for version, (step, data) in enumerate(steps, 1):
        assert office.post(f"{url}{step}/", data | {"version": version}).status_code == 302, step
    page = text_of(office.get(url))
    assert "甘质振办〔2012〕1号" in page
    assert "二〇一二年三月五日" in page
    assert "查看扫描件" in page
    unit = client(world, "liaison")
    assert "待签收" in text_of(unit.get("/papers/received/"))
    assert unit.post(f"{url}receive/", {"act": "received"}).status_code == 302
    assert unit.post(f"{url}receive/", {"act": "read"}).status_code == 302
    assert "已签收" in text_of(unit.get("/papers/received/?received=done"))
    assert "没有符合条件的记录" in text_of(unit.get("/papers/received/?received=claimed"))
    assert "1 / 2" in text_of(office.get(url))
    assert office.post(f"{url}archive/", {"version": 4}).status_code == 302


def test_files_of_a_draft_are_made_at_once_and_those_sent_are_the_ones_kept(
    world: World, draft: Draft, issued: Draft
) -> None:
    office = client(world, "office")
    one, other = draft(), issued()
    for document in (one, other):
        word, printed = office.get(f"/papers/{document.pk}/docx/"), office.get(f"/papers/{document.pk}/pdf/")
        contents = [b"".join(answer) for answer in (word, printed)]  # type: ignore[call-overload]
        assert contents[0][:2] == b"PK"
        assert contents[1][:5] == b"%PDF-"
        assert word["Content-Disposition"].startswith("attachment")
    assert client(world, "sibling").get(f"/papers/{other.pk}/pdf/").status_code == 200


def test_figures_lead_to_where_they_come_from(world: World, draft: Draft) -> None:
    earlier = draft(title="上一份通知")
    figure = Run("92.5%", str(ThingRef("documents.official", earlier.pk)))
    unknown = Run("3", "work.nothing:9")
    page = text_of(client(world, "office").get(f"/papers/{draft(blocks=[para(figure, unknown)]).pk}/"))
    assert f'href="/papers/{earlier.pk}/" title="上一份通知">92.5%</a>' in page
    assert re.search(r"</a>3", page)


def test_rows_are_added_and_numbered_anew_without_saving(world: World, issuer: Issuer) -> None:
    office = client(world, "office")
    page = text_of(office.post("/papers/new/", form(world, issuer, add="1")))
    boxes = re.findall(r"<textarea[^>]*name=\"text\"[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert boxes[:3] == ["一、内容", "", "请报送。"]
    data = form(world, issuer, renumber="1", sort=["1", "1"], text=["五、内容", "方式"])
    page = text_of(office.post("/papers/new/", data))
    assert "一、内容" in page
    assert "二、方式" in page
    assert not OfficialDocument.objects.system("test").exists()


def test_a_whole_group_is_addressed_by_one_button_in_proper_form(world: World, issuer: Issuer) -> None:
    central = Unit.objects.create(
        code="ciq",
        region=world.region["gs"],
        name="检验检疫局",
        kind="agency",
        governance="central",
        order=99,
    )
    Membership.objects.create(
        jurisdiction=world.jurisdiction["gs"], unit=central, capacity="member", valid_from=date(2011, 1, 1)
    )
    page = text_of(
        client(world, "office").post("/papers/new/", form(world, issuer, everyone="members", main=[]))
    )
    chosen = set(re.findall(r'name="(main|copy)" value="(\d+)"[^>]* checked', page))
    assert ("main", str(world.unit["zjj"].pk)) in chosen
    assert ("copy", str(central.pk)) in chosen
    assert ("main", str(central.pk)) not in chosen


def test_two_editors_meet_and_the_second_keeps_every_word(
    world: World, draft: Draft, issuer: Issuer, now: datetime
) -> None:
    document = draft()
    services.official_update(
        document=document, data={"title": "先保存的标题"}, version=1, actor=world.actor("director"), now=now
    )
    office, url = client(world, "office"), f"/papers/{document.pk}/edit/"
    answer = office.post(url, form(world, issuer, version="1", title="后保存的标题"))
    assert answer.status_code == 409
    page = text_of(answer)
    for words in ("先保存的标题", "后保存的标题", "没有丢失", 'name="version" value="2"'):
        assert words in page
    assert office.post(url, form(world, issuer, version="2", title="后保存的标题")).status_code == 302
    document.refresh_from_db()
    assert document.title == "后保存的标题"


def test_a_checked_document_is_not_opened_for_editing(world: World, checked: Draft) -> None:
    answer = client(world, "office").get(f"/papers/{checked().pk}/edit/")
    assert answer.status_code == 409
    assert "请先退回拟稿人" in text_of(answer)


def test_objections_come_back_on_the_page(world: World, draft: Draft, checked: Draft) -> None:
    office = client(world, "office")
    empty = draft(to=[], blocks=[])
    answer = office.post(f"/papers/{empty.pk}/check/", {"version": 1})
    assert answer.status_code == 400
    assert "没有主送机关" in text_of(answer)
    one = checked()
    for data, words in (
        ({}, "页面已过期"),
        ({"version": 2}, "请填写签发人姓名"),
        ({"version": 2, "signed_by": "某人", "signed_on": "2012-13-01"}, "格式填写日期"),
        ({"version": 2, "signed_by": "某人", "signed_on": "2012-04-01"}, "晚于今天"),
    ):
        answer = office.post(f"/papers/{one.pk}/sign/", data)
        assert answer.status_code == 400
        assert words in text_of(answer)
    assert office.post(f"/papers/{one.pk}/sign/", {"version": 1, "signed_by": "某人", "signed_on": "2012-03-05"}).status_code == 409  # fmt: skip
    assert (
        office.post(f"/papers/{one.pk}/issue/", {"version": 2, "dated_on": "2012-03-05"}).status_code == 409
    )


@pytest.mark.parametrize(
    "change",
    [{"kind": "secret"}, {"issuer": "999"}, {"title": "长" * 201}, {"publicity": "x"}, {"main": ["999999"]}],
)
def test_a_bad_form_is_answered_and_nothing_is_kept(
    world: World, issuer: Issuer, change: dict[str, Any]
) -> None:
    answer = client(world, "office").post("/papers/new/", form(world, issuer, **change))
    assert answer.status_code == 422
    assert "请报送。" in text_of(answer)
    assert not OfficialDocument.objects.system("test").exists()


def test_odd_rows_do_no_harm(world: World, issuer: Issuer) -> None:
    data = form(
        world, issuer, sort=["99", "table", "2"], text=["\x00\x0b文", "|||", "x" * 5000], main=["x", "-1"]
    )
    answer = client(world, "office").post("/papers/new/", data)
    assert answer.status_code == 302
    assert client(world, "office").get(answer["Location"]).status_code == 200


def test_the_text_to_chase_with_names_units_and_telephones(
    world: World, issued: Draft, now: datetime
) -> None:
    document = issued(to=["zjj", "gsj", "lz_office"])
    services.official_receive(document=document, actor=world.actor("other"), now=now)
    page = text_of(client(world, "office").get(f"/papers/{document.pk}/chase/"))
    assert "尚有以下 2 个单位未签收" in page
    assert "省质监局（" in page
    assert "省工商局" not in page
    services.official_receive(document=document, actor=world.actor("liaison"), now=now)
    services.official_receive(document=document, actor=world.actor("sibling"), now=now)
    assert "都已办理" in text_of(client(world, "office").get(f"/papers/{document.pk}/chase/"))


def test_issuers_are_kept_by_the_director(world: World, issuer: Issuer) -> None:
    director = client(world, "director")
    data = {"name": "领导小组", "unit": world.unit["group"].code, "agency_code": "甘质振组", "has_seal": "on"}
    assert director.post("/papers/issuers/new/", data).status_code == 302
    assert "甘质振组" in text_of(director.get("/papers/issuers/"))
    assert "登记发文主体" not in re.sub(
        r"<title>.*?</title>", "", text_of(client(world, "office").get("/papers/issuers/"))
    )


def test_the_paper_of_an_english_reader_is_chinese(world: World, issuer: Issuer, draft: Draft) -> None:
    """Kinds and choices are words of the reader's page; on the paper and in its check they are Chinese."""
    document = draft()
    english = client(world, "office")
    english.cookies["django_language"] = "en"
    with translation.override("zh-hans"):  # what the request leaves behind in this thread ends here
        shown = text_of(english.get(f"/papers/{document.pk}/"))
    assert "Notice" in shown, "the page speaks English"
    assert "标题末尾不是文种" not in shown, "the title ends with 通知, not with Notice"
