"""The pages, as people use them without any script: drafting, sending, answering, returning, accepting."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.requests.conftest import FULL, Make, fill, of, send
from tests.world import World

from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.requests import services
from zhize.apps.requests.models import Call, UnitRequest

SignIn = Callable[[str], Client]


def _draft_of(units: list[int], **more: Any) -> dict[str, Any]:
    return {
        "title": "一季度数据", "due_on": "2012-03-20", "period_start": "2012-01-01", "period_end": "2012-03-31",
        "nil_allowed": "on", "who": "chosen", "units": units, "f-TOTAL_FORMS": "3", "f-INITIAL_FORMS": "0",
        "f-0-label": "抽查批次", "f-0-kind": "integer", "f-0-unit": "批", "f-0-required": "on",
        "f-1-label": "等次", "f-1-kind": "choice", "f-1-unit": "好、中、差", "f-2-label": "", **more,
    }  # fmt: skip


def test_a_call_is_drafted_with_its_own_fields_and_sent(world: World, year: Any, sign_in: SignIn) -> None:
    client = sign_in("office")
    answer = client.post("/requests/new/", _draft_of([world.unit["zjj"].pk, world.unit["lz_gov"].pk]))
    call = Call.objects.system("test").get()
    assert answer.url == f"/requests/{call.pk}/"
    assert call.form == [
        {"name": "f1", "label": "抽查批次", "kind": "integer", "unit": "批", "required": True},
        {"name": "f2", "label": "等次", "kind": "choice", "choices": [{"value": w, "label": w} for w in "好中差"]},
    ]  # fmt: skip
    page = client.get(answer.url).content.decode()
    assert "发出前：基层负担" in page and "省质监局、兰州市人民政府" in page
    client.post(f"/requests/{call.pk}/issue/", {"version": call.version})
    assert UnitRequest.objects.system("test").filter(call=call).count() == 2


def test_a_whole_sort_of_units_is_asked_with_one_choice(world: World, year: Any, sign_in: SignIn) -> None:
    sign_in("office").post("/requests/new/", _draft_of([], who="assessed"))
    asked = Call.objects.system("test").get().addressees.select_related("unit")
    assert {a.unit.code for a in asked} == {"test-lz_gov", "test-ts_gov"}


def test_more_lines_come_without_losing_what_was_typed(world: World, year: Any, sign_in: SignIn) -> None:
    answer = sign_in("office").post("/requests/new/", _draft_of([], more="1"))
    page = answer.content.decode()
    assert (answer.status_code, page.count('name="f-5-label"')) == (200, 1)
    assert 'value="抽查批次"' in page and 'value="一季度数据"' in page
    assert not Call.objects.system("test").exists()


def test_a_wrong_form_is_answered_in_words(world: World, year: Any, sign_in: SignIn) -> None:
    answer = sign_in("office").post("/requests/new/", _draft_of([], due_on="明天", **{"f-1-unit": ""}))
    assert answer.status_code == 422
    assert "请按 2012-03-05 的样式填写" in answer.content.decode()
    answer = sign_in("office").post("/requests/new/", _draft_of([], **{"f-1-unit": ""}))
    assert (answer.status_code, "选项为空" in answer.content.decode()) == (422, True)


def test_a_template_brings_its_fields_period_and_due_date(world: World, year: Any, sign_in: SignIn) -> None:
    page = sign_in("office").get("/requests/new/?template=half_summary").content.decode()
    assert 'value="2012年上半年质量振兴工作总结"' in page
    assert 'value="2012-07-15"' in page and 'value="主要工作及成效"' in page
    assert re.search(r'<option value="digest" selected>', page)


def test_two_people_drafting_one_call_see_both_versions(world: World, draft: Make, sign_in: SignIn) -> None:
    call = draft(units=("zjj",))
    first, second = sign_in("office"), sign_in("director")
    same = _draft_of([world.unit["zjj"].pk], version=call.version)
    first.post(f"/requests/{call.pk}/edit/", {**same, "title": "甲写的"})
    answer = second.post(f"/requests/{call.pk}/edit/", {**same, "title": "乙写的"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "甲写的" in page and "乙写的" in page and 'name="version" value="2"' in page
    second.post(f"/requests/{call.pk}/edit/", {**same, "title": "乙写的", "version": 2})
    assert Call.objects.system("test").get().title == "乙写的"


def test_a_unit_saves_sends_mends_and_the_office_accepts(world: World, issued: Make, sign_in: SignIn) -> None:
    call = issued()
    row = of(call, world, "zjj")
    unit, office = sign_in("liaison"), sign_in("office")
    url = f"/requests/answers/{row.pk}/"
    paper = SimpleUploadedFile("统计表.txt", "演示数据".encode())
    unit.post(url, {"version": row.version, "done": "已开展", "action": "save", "uploads": paper})
    assert of(call, world, "zjj").state == "drafting"
    assert "还没有报送" in office.get(url).content.decode()
    assert "统计表" not in office.get(url).content.decode(), "a draft's materials are not shown either"
    answer = unit.post(url, {"version": of(call, world, "zjj").version, "done": "已开展", "action": "submit"})
    assert answer.status_code == 422 and "没有填写" in answer.content.decode()
    unit.post(url, {"version": of(call, world, "zjj").version, **FULL, "action": "submit"})
    page = office.get(url).content.decode()
    assert "开展了监督抽查。" in page and "统计表" in page
    version = of(call, world, "zjj").version
    empty = office.post(f"{url}return/", {"version": version, "comment": ""})
    assert empty.status_code == 422 and "请写明退回理由" in empty.content.decode()
    office.post(f"{url}return/", {"version": version, "comment": "请核对", "c-batches": "数字与台账不符"})
    page = unit.get(url).content.decode()
    assert "办公室退回" in page and page.count("数字与台账不符") == 2
    unit.post(url, {"version": of(call, world, "zjj").version, **FULL, "batches": "118", "action": "submit"})
    office.post(f"{url}accept/", {"version": of(call, world, "zjj").version, "comment": ""})
    assert of(call, world, "zjj").state == "accepted"


def test_two_people_of_a_unit_writing_one_answer_choose_between_both_versions(
    world: World, issued: Make, sign_in: SignIn
) -> None:
    call = issued()
    row = of(call, world, "zjj")
    url = f"/requests/answers/{row.pk}/"
    began = {"initial-done": "", "initial-batches": "", "initial-held_on": "", "initial-statement": ""}
    sign_in("liaison").post(url, {"version": row.version, "done": "甲写的", "action": "save"})
    answer = sign_in("clerk").post(
        url, {"version": row.version, "done": "乙写的", "batches": "7", "action": "save", **began}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "甲写的" in page and "乙写的" in page
    fields = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))
    chosen = {**fields, "pick-done": "theirs", "pick-batches": "mine", "version": "2", "action": "save"}
    assert sign_in("clerk").post(url, chosen).status_code == 302
    assert of(call, world, "zjj").answers == {"done": "甲写的", "batches": 7}


def test_who_is_missing_stands_with_telephone_in_a_text_to_paste(
    world: World, issued: Make, sign_in: SignIn
) -> None:
    call = issued()
    world.user["other"].phone = "0931-0000001"
    world.user["other"].save()
    office = sign_in("office")
    page = office.get(f"/requests/{call.pk}/").content.decode()
    assert "省工商局 联络员（演示） 0931-0000001" in page
    assert "一键催报 4 个单位" in page
    office.post(f"/requests/{call.pk}/remind/", {"text": "请今天报送"})
    assert "1 次" in office.get(f"/requests/{call.pk}/").content.decode()
    refused = office.post(f"/requests/{call.pk}/remind/", {"which": "ticked"})
    assert (refused.status_code, "没有勾选单位" in refused.content.decode()) == (400, True)


def test_accepted_answers_become_one_table_and_a_workbook(
    world: World, issued: Make, sign_in: SignIn, now: datetime
) -> None:
    call = issued()
    for unit, who, batches in (("zjj", "liaison", 120), ("gsj", "other", 30)):
        fill(call, world, now, unit=unit, who=who, answers={**FULL, "batches": batches})
        row = send(call, world, now, unit=unit, who=who)
        services.request_accept(request=row, version=None, actor=world.actor("office"), now=now)
    client = sign_in("office")
    page = client.get(f"/requests/{call.pk}/answers/").content.decode()
    assert "合计" in page and ">150<" in page
    file = b"".join(client.get(f"/requests/{call.pk}/answers/?export=xlsx").streaming_content)  # type: ignore[arg-type]
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    assert [c.value for c in sheet[1]] == ["单位", "工作情况", "抽查批次（批）", "会议日期", "说明", "零报告"]
    assert [(r[0].value, r[2].value) for r in list(sheet.rows)[1:]] == [("省质监局", 120), ("省工商局", 30)]


def _statements(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_cost_the_same_for_two_units_and_for_twenty_one(
    world: World, issued: Make, sign_in: SignIn, now: datetime
) -> None:
    client = sign_in("office")
    urls = ("/requests/", "/requests/{}/", "/requests/{}/answers/?all=1")
    small = issued(units=("zjj", "gsj"))
    few = [_statements(client, url.format(small.pk)) for url in urls]
    for number in range(19):
        unit = Unit.objects.create(
            code=f"d{number}", region=world.region["gs"], name=f"部门{number}", order=90 + number
        )
        Membership.objects.create(
            jurisdiction=world.jurisdiction["gs"], unit=unit, capacity="member", valid_from="2011-01-01"
        )
        world.unit[f"d{number}"] = unit
    large = issued(units=("zjj", "gsj", *(f"d{n}" for n in range(19))))
    services.requests_remind(call=large, actor=world.actor("office"), now=now)
    many = [_statements(client, url.format(large.pk)) for url in urls]
    assert many == few
    assert max(many) <= 15


def test_the_approval_inside_the_unit_is_written_down_without_losing_what_was_typed(
    world: World, issued: Make, sign_in: SignIn
) -> None:
    call = issued(stamp_needed=True)
    client, row = sign_in("liaison"), of(call, world, "zjj")
    typed = {"done": "开展了监督抽查。", "by": "副局长", "on": "2012-03-05", "version": row.version}
    answer = client.post(f"/requests/answers/{row.pk}/", {**typed, "action": "stamp"})
    row = of(call, world, "zjj")
    assert (answer.status_code, row.stamped_by, row.state) == (302, "副局长", "drafting")
    assert row.answers["done"] == "开展了监督抽查。"


def test_an_answer_and_its_approval_go_in_one_step(world: World, issued: Make, sign_in: SignIn) -> None:
    call = issued(stamp_needed=True)
    client, row = sign_in("liaison"), of(call, world, "zjj")
    both = {**FULL, "by": "副局长", "on": "2012-03-05", "version": row.version, "action": "submit"}
    wrong = client.post(f"/requests/answers/{row.pk}/", {**both, "on": "三月"})
    assert (wrong.status_code, of(call, world, "zjj").state) == (422, "waiting")
    client.post(f"/requests/answers/{row.pk}/", both)
    assert of(call, world, "zjj").state == "submitted"


def test_the_office_reading_opinions_finds_them_and_the_table_of_what_is_adopted(
    world: World, round_: Call, now: datetime, sign_in: SignIn
) -> None:
    row = of(round_, world, "zjj")
    client = sign_in("liaison")
    client.post(f"/requests/answers/{row.pk}/comments/", {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-place": "第三条", "form-0-proposed": "改为3000批",
    })  # fmt: skip
    page = sign_in("office").get(f"/requests/answers/{row.pk}/").content.decode()
    assert "查看修改意见" in page and f"/requests/{round_.pk}/adoption/" in page
