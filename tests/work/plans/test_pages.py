"""The pages, as people use them without any script: begin, write, hand in, review, consolidate, approve; bad input; a table."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.work.plans.conftest import Desk, fresh, items, on

from zhize.apps.work import services
from zhize.apps.work.models import Plan

BACKEND = "django.contrib.auth.backends.ModelBackend"
SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(desk: Desk, now: datetime, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: now.date())

    def make(who: str) -> Client:
        client = Client()
        client.force_login(desk.world.user[who], backend=BACKEND)
        return client

    return make


def _form(desk: Desk, **more: Any) -> dict[str, Any]:
    return {
        "title": "开展监督抽查", "part": "product", "goal": "合格率92%。", "measure": "组织抽查。", "due_on": "2012-11-30",
        "lead_unit": desk.world.unit["zjj"].code, **more,
    }  # fmt: skip


def _words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_unit_begins_writes_and_hands_in(desk: Desk, sign_in: SignIn) -> None:
    client, request = sign_in("liaison"), desk.request("zjj")
    assert "开始编写" in _words(client.get(f"/work/plans/requests/{request.pk}/"))
    answer = client.post(f"/work/plans/requests/{request.pk}/")
    plan = Plan.objects.system("test").get()
    assert answer.url == f"/work/plans/{plan.pk}/"
    page = _words(client.get(f"/work/plans/{plan.pk}/items/new/"))
    assert "还有 1 项职责没有事项对应" in page
    assert 'value="3.1.1#4"' in page
    posted = _form(desk, duty_codes=["3.1.1#4"], support_names=["省工商局"], again="1")
    again = client.post(f"/work/plans/{plan.pk}/items/new/", posted)
    assert again.url == f"/work/plans/{plan.pk}/items/new/"
    (item,) = items(plan)
    assert (item.support_names, item.duty_codes) == ("省工商局", "3.1.1#4")
    client.post(f"/work/plans/{plan.pk}/submit/", {"version": fresh(plan).version})
    assert fresh(plan).state == "submitted"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"due_on": "2012-02-30"}, "不是日期"),
        ({"due_on": "2013-05-01"}, "不在2012年度之内"),
        ({"title": "长" * 61}, "超过 60 个字"),
        ({"duty_codes": ["3.1.3#1"]}, "不在可选范围内"),
        ({"money": "很多"}, "不是数字"),
        ({"goal": "a\x00b"}, "空字符"),
    ],
)
def test_what_cannot_be_comes_back_with_the_form_and_what_to_do(
    desk: Desk, sign_in: SignIn, data: dict[str, Any], says: str
) -> None:
    plan = desk.plan()
    answer = sign_in("liaison").post(f"/work/plans/{plan.pk}/items/new/", _form(desk, **data))
    assert answer.status_code == 422
    assert says in _words(answer)
    assert items(plan) == []


def test_two_who_edit_one_item_see_both_versions(desk: Desk, sign_in: SignIn) -> None:
    item = desk.item(desk.plan())
    client, address = sign_in("clerk"), f"/work/plans/items/{item.pk}/edit/"
    assert client.get(address).status_code == 200
    services.plan_item_update(
        thing=item, data={"goal": "合格率95%。"}, version=1, actor=desk.actor("liaison"), now=on(1, 12)
    )
    answer = client.post(address, _form(desk, version=1, goal="合格率99%。"))
    assert answer.status_code == 409
    page = _words(answer)
    assert "合格率95%。" in page
    assert "合格率99%。" in page


def test_the_office_returns_an_item_with_a_comment_and_the_unit_sees_it(desk: Desk, sign_in: SignIn) -> None:
    plan = desk.hand_in()
    office, (item,) = sign_in("office"), items(plan)
    address = f"/work/plans/{plan.pk}/review/"
    refused = office.post(address, {"version": plan.version})
    assert refused.status_code == 400
    assert "请写明退回理由" in _words(refused)
    office.post(
        address, {"version": plan.version, f"comment-{item.pk}": "请写明频次", "comment-9999999999999": "无"}
    )
    assert fresh(plan).state == "returned"
    assert "请写明频次" in _words(sign_in("liaison").get(f"/work/plans/items/{item.pk}/"))


def test_the_office_takes_in_merges_presents_and_records_the_approval(desk: Desk, sign_in: SignIn) -> None:
    desk.accepted("zjj")
    desk.accepted("gsj", title="开展流通领域商品质量抽查")
    office = sign_in("office")
    plan = Plan.objects.system("test").get(pk=int(office.post("/work/plans/consolidate/").url.split("/")[-3]))
    office.post(f"/work/plans/{plan.pk}/pool/", {"all": "1"})
    page = _words(office.get(f"/work/plans/{plan.pk}/pool/"))
    assert "可能是同一件事" in page
    merged = office.post(f"/work/plans/{plan.pk}/merge/", {"ids": [item.pk for item in items(plan)]})
    assert "各单位原来的写法" in _words(office.get(merged.url))
    office.post(f"/work/plans/{plan.pk}/present/", {"version": fresh(plan).version})
    address = f"/work/plans/{plan.pk}/approve/"
    late = office.post(address, {"by_name": "组长", "on": "2012-12-31", "version": fresh(plan).version})
    assert late.status_code == 400
    assert "晚于今天" in _words(late)
    office.post(address, {"by_name": "组长", "on": "2012-03-02", "version": fresh(plan).version})
    assert fresh(plan).state == "approved"
    office.post(f"/work/plans/{plan.pk}/draft/")
    assert "印发文件" in _words(office.get(f"/work/plans/{plan.pk}/"))


@pytest.mark.parametrize("ids", [["x"], ["²"], ["1" * 30], ["-1"], ["999"]])
def test_ids_that_lead_nowhere_are_refused_in_words(desk: Desk, sign_in: SignIn, ids: list[str]) -> None:
    plan = desk.taken()
    answer = sign_in("office").post(f"/work/plans/{plan.pk}/merge/", {"ids": ids})
    assert answer.status_code == 400


def test_a_place_that_is_no_number_is_refused(desk: Desk, sign_in: SignIn) -> None:
    plan = desk.plan()
    item = desk.item(plan)
    answer = sign_in("liaison").post(f"/work/plans/{plan.pk}/order/", {f"place-{item.pk}": "最前"})
    assert answer.status_code == 400
    assert "不是序号" in _words(answer)


def test_a_table_of_items_goes_out_and_comes_back(desk: Desk, sign_in: SignIn) -> None:
    plan = desk.plan()
    desk.item(plan, duty_codes="3.1.1#4")
    client = sign_in("liaison")
    answer = client.get(f"/work/plans/{plan.pk}/?export=xlsx&all=1")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.active
    assert sheet is not None
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("目标") + 1, "合格率96%。")
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("计划.xlsx", out.getvalue())
    run = client.post("/imports/work.plan_item/", {"file": file}, follow=True)
    assert "合格率96%。" in _words(run), "the dry run says what it will change"
    assert items(plan)[0].goal == "批次合格率达到92%以上。", "and changes nothing yet"


def test_a_region_below_sees_the_issued_plan_and_the_province_only_what_is_handed_up(
    desk: Desk, sign_in: SignIn
) -> None:
    whole = desk.issued()
    city = sign_in("sibling")
    assert city.get(f"/work/plans/{whole.pk}/").status_code == 200
    plan = desk.plan("lz_gov")
    assert sign_in("office").get(f"/work/plans/{plan.pk}/").status_code == 404
    above = items(whole)[0]
    posted = _form(desk, lead_unit=desk.world.unit["lz_office"].code, carries=above.pk)
    city.post(f"/work/plans/{plan.pk}/items/new/", posted)
    address = f"/work/plans/items/{above.pk}/"
    assert "各地承接" not in _words(sign_in("office").get(address))
    services.plan_submit(plan=plan, version=None, actor=desk.actor("sibling"), now=on(3, 5))
    assert "各地承接" in _words(sign_in("office").get(address))


def test_a_plan_that_may_not_go_yet_leads_to_its_request_and_says_why(desk: Desk, sign_in: SignIn) -> None:
    client, request = sign_in("liaison"), desk.request("zjj")
    client.post(f"/work/plans/requests/{request.pk}/")
    plan = Plan.objects.system("test").get()
    answer = client.post(f"/work/plans/{plan.pk}/submit/", {"version": plan.version}, follow=True)
    assert answer.redirect_chain == [(f"/requests/answers/{request.pk}/", 302)]
    assert "计划里还没有事项" in _words(answer)
    assert fresh(plan).state == "draft"
