"""Writing a scheme: from a printed table to an edition, criterion by criterion, tried on a round first."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html
from openpyxl import Workbook
from tests.assessment.conftest import Play
from tests.assessment.test_pages import As, go, send, words

from zhize.apps.assessment.models import SchemeDraft, SchemeEdition
from zhize.apps.audit.models import Entry
from zhize.apps.years.models import WorkYear
from zhize.core.scoring.editing import walk

TABLE = """某县质量工作考核细则
| 序号 | 考核项目 | 分值 | 评分标准 |
|  | 总分 | 100 |  |
| 1 | 信息报送 | 40 | 每月报送进展，每少一次扣0.5分，扣完为止 |
| 2 | 采砂整治 | 60 | 1.建立台账（30分）；2.淘汰船只（20分） |
"""


@pytest.fixture
def client(as_: As, year: WorkYear) -> Client:
    return as_("office")


def the_draft() -> SchemeDraft:
    return SchemeDraft.objects.system("test").latest("pk")


def drafted(client: Client, **fields: Any) -> SchemeDraft:
    response = send(client, "draft_create", **{"code": "county", "text": TABLE, **fields})
    assert response.status_code == 302, words(response, 400)  # type: ignore[arg-type]
    return the_draft()


def leaf(client: Client, draft: SchemeDraft, code: str, **fields: Any) -> Any:
    form = {
        "version": draft.version,
        "title": "信息报送",
        "points": "40",
        "kind": "met",
        "source_kind": "manual",
        **fields,
    }
    return client.post(reverse("assessment:draft_criterion", args=[draft.pk]) + f"?code={code}", form)


def test_a_pasted_table_becomes_a_draft_that_tells_its_errors(client: Client) -> None:
    draft = drafted(client)
    page = go(client, "draft", draft.pk)
    assert "写明60分，各项之和为50分" in page
    assert "“每少一次扣0.5分”按次扣分" in page
    assert "应有12次" in page
    assert "建立台账" in go(client, "draft", draft.pk, show="unsure")
    assert "信息报送" not in go(client, "draft", draft.pk, show="unsure").split("<tbody>")[1]


def test_a_workbook_with_merged_cells_is_read_like_the_printed_table(client: Client) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["考核细则"], ["一级指标", "二级指标", "分值", "评分标准"], ["基础", "机制", 30, "建立机制"], ["", "经费", 30, "列入预算"], ["工作", "抽查", 40, "按完成比例得分"]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    target = io.BytesIO()
    book.save(target)
    file = SimpleUploadedFile("细则.xlsx", target.getvalue())
    draft = drafted(client, text="", file=file)
    assert [(one["title"], len(one["children"])) for one in draft.body["blocks"]] == [
        ("基础", 2),
        ("工作", 1),
    ]


def test_nothing_given_or_nothing_found_is_answered(client: Client) -> None:
    assert "请粘贴考核表" in words(send(client, "draft_create", code="x"), 400)
    assert "没有找到考核项目" in words(send(client, "draft_create", code="x", text="今天开会。"), 400)
    assert "三者只用一种" in words(send(client, "draft_create", code="x", text=TABLE, copy="prefecture"), 400)
    broken = SimpleUploadedFile("办法.yaml", "title: [不完整".encode())
    assert "读不懂这个文件" in words(send(client, "draft_create", code="x", file=broken), 400)


def test_a_scheme_in_force_is_copied_and_differs_in_what_is_changed(client: Client) -> None:
    draft = drafted(client, text="", copy="prefecture", code="prefecture")
    assert "与施行的办法一致" in go(client, "draft_compare", draft.pk)
    send(client, "draft", draft.pk, **{"p-tasks": "20", "version": draft.version})
    page = go(client, "draft_compare", draft.pk)
    assert "15分" in page
    assert "20分" in page


def test_points_are_changed_in_place_and_what_is_no_figure_comes_back(client: Client) -> None:
    draft = drafted(client)
    assert send(client, "draft", draft.pk, **{"p-2.2": "30", "version": 1}).status_code == 302
    assert "各项之和" not in go(client, "draft", draft.pk)
    wrong = send(client, "draft", draft.pk, **{"p-2.2": "三十", "version": 2})
    assert wrong.status_code == 400
    assert the_draft().body["blocks"][1]["children"][1]["points"] == "30"


def test_a_criterion_gets_another_method_with_its_settings(client: Client) -> None:
    draft = drafted(client)
    again = leaf(client, draft, "1", kind="tiers", change_kind="1", title="报送情况")
    assert "达到多少 = 得几分" in words(again)
    assert "报送情况" in words(again)
    assert leaf(client, draft, "1", kind="tiers", m_tiers="90 = 40\n60 = 20").status_code == 302
    method = the_draft().body["blocks"][0]["method"]
    assert (method["kind"], method["tiers"]) == (
        "tiers",
        [{"from": "90", "points": "40"}, {"from": "60", "points": "20"}],
    )
    assert "1" not in the_draft().marks
    assert "应有 2 格" in words(leaf(client, the_draft(), "1", kind="tiers", m_tiers="90"), 400)
    assert "每次扣几分" in words(leaf(client, the_draft(), "1", kind="deduction", m_per="半"), 400)


def test_criteria_are_added_moved_checked_and_removed(client: Client) -> None:
    draft = drafted(client)
    under = reverse("assessment:draft_criterion", args=[draft.pk])
    form = {"version": 1, "title": "培训", "points": "5", "kind": "met", "source_kind": "manual"}
    assert client.post(f"{under}?under=2", form).status_code == 302
    assert client.post(f"{under}?under=", {**form, "version": 2, "title": "其他"}).status_code == 302

    def titles() -> list[str]:
        return [one["title"] for one in the_draft().body["blocks"]]

    assert titles() == ["信息报送", "采砂整治", "其他"]
    assert send(client, "draft_step", draft.pk, act="up:3", version=3).status_code == 302
    assert titles() == ["信息报送", "其他", "采砂整治"]
    assert send(client, "draft_step", draft.pk, act="remove:3", version=4, **{"p-1": "45"}).status_code == 302
    assert titles() == ["信息报送", "采砂整治"]
    assert the_draft().body["blocks"][0]["points"] == "45"
    assert send(client, "draft_step", draft.pk, act="settle:2.1", version=5).status_code == 302
    assert "2.1" not in the_draft().marks
    assert send(client, "draft_step", draft.pk, act="fly:1", version=6).status_code == 400


def test_two_people_do_not_overwrite_each_other(client: Client) -> None:
    draft = drafted(client)
    assert send(client, "draft", draft.pk, **{"p-1": "50", "version": 1}).status_code == 302
    assert send(client, "draft", draft.pk, **{"p-1": "60", "version": 1}).status_code == 409
    assert the_draft().body["blocks"][0]["points"] == "50"


def test_total_grades_and_vetoes(client: Client) -> None:
    draft = drafted(client)
    form = {
        "version": 1, "title": draft.title, "points": "100", "cap": "105", "not_applicable": "exclude", "missing": "open",
        "grades": "A级 = 90 =\nB级 = 60 = 90\nC级 = = 60", "vetoes": "发生重大事故 = C级", "places": "0",
    }  # fmt: skip
    assert send(client, "draft_whole", draft.pk, **form).status_code == 302
    body = the_draft().body
    assert [one["code"] for one in body["scale"]["grades"]] == ["A级", "B级", "C级"]
    assert body["vetoes"] == [{"code": "v1", "title": "发生重大事故", "grade": "C级"}]
    unknown = send(client, "draft_whole", draft.pk, **{**form, "version": 2, "vetoes": "发生重大事故 = D级"})
    assert "没有“D级”这一等次" in words(unknown, 400)
    assert "发生重大事故 = C级" in go(client, "draft_whole", draft.pk)


def test_a_draft_is_tried_on_a_round_before_it_is_in_force(play: Play, as_: As) -> None:
    play.to_appeals()
    client = as_("office")
    draft = drafted(client, text="", file=SimpleUploadedFile("a.json", as_json(play)))
    assert "个对象的等次会变" in go(client, "draft_try", draft.pk)
    assert "等次变动" not in go(client, "draft_try", draft.pk).split("<tbody>")[1]


def as_json(play: Play) -> bytes:
    import json

    from zhize.apps.assessment.models import Round

    return json.dumps(Round.objects.system("test").get(pk=play.pk).scheme_body, ensure_ascii=False).encode()


def test_registered_it_is_an_edition_and_closed(client: Client) -> None:
    draft = drafted(client)
    form = {"version": 1, "source": "试行文件", "valid_from": "2012-01-01", "accepted": ""}
    assert "处需要决定：请逐处改正，或写明保留的理由" in words(
        send(client, "draft_register", draft.pk, **form), 400
    )
    assert send(client, "draft_register", draft.pk, **{**form, "accepted": "按原表保留"}).status_code == 302
    edition = SchemeEdition.objects.system("test").get()
    assert (edition.code, edition.number, edition.accepted) == ("county", 1, "按原表保留")
    assert send(client, "draft", draft.pk, **{"p-1": "50", "version": 2}).status_code == 409
    assert "已登记第 1 版" in go(client, "drafts").replace("\n", " ") or "第 1 版" in go(client, "drafts")


def test_a_draft_is_dropped_with_what_it_held_in_the_log(client: Client) -> None:
    draft = drafted(client)
    assert send(client, "draft_drop", draft.pk).status_code == 302
    assert not SchemeDraft.objects.system("test").exists()
    kinds = [
        one.type
        for one in Entry.objects.system("test").order_by("pk")
        if one.type.startswith("assessment.draft")
    ]
    assert kinds == ["assessment.draft.created", "assessment.draft.dropped"]


def shown(page: str, field: str) -> dict[str, str]:
    """What a browser would send of the form that holds the field."""
    form = next(one for one in html.fromstring(page).forms if field in one.fields)
    return dict(form.form_values())


def test_what_the_form_does_not_show_is_kept(client: Client) -> None:
    """Saving the whole and each criterion of the shipped scheme as they stand changes nothing: not an end that holds its
    figure, a quota, a clause of a veto, the note of a source."""
    draft = drafted(client, text="", copy="prefecture", code="prefecture")
    before = draft.body
    form = shown(go(client, "draft_whole", draft.pk), "points")
    assert send(client, "draft_whole", draft.pk, **form).status_code == 302
    assert the_draft().body == before
    for _depth, node in walk(before):
        url = reverse("assessment:draft_criterion", args=[draft.pk]) + f"?code={node['code']}"
        form = shown(words(client.get(url)), "kind")  # type: ignore[arg-type]
        assert client.post(url, form).status_code == 302, node
        assert the_draft().body == before, node["code"]


def test_a_table_pasted_is_read_although_the_page_offered_a_scheme_to_copy(client: Client) -> None:
    page = client.post(
        "/assessment/drafts/new/?copy=prefecture", {"code": "x", "text": TABLE, "copy": "prefecture"}
    )
    assert page.status_code == 302
