"""Pages of rounds, objects and criteria: what each person sees, what the forms take, and that statements don't grow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.assessment.conftest import DECEMBER, NOVEMBER, Play
from tests.world import World

from zhize.apps.assessment import services
from zhize.apps.assessment.models import Appeal, Assessed, Round
from zhize.apps.assessment.selectors.situation import grades_situation
from zhize.apps.documents.models import Issuer, OfficialDocument
from zhize.apps.orgs.models import Unit
from zhize.apps.years.models import WorkYear

As = Callable[..., Client]


def words(response: HttpResponse, status: int = 200) -> str:
    text = unescape(response.content.decode())
    assert response.status_code == status, text[:3000]
    return text


def go(client: Client, name: str, *args: int, **query: str) -> str:
    return words(client.get(reverse(f"assessment:{name}", args=args), query))


def send(client: Client, name: str, *args: int, **data: Any) -> HttpResponse:
    return client.post(reverse(f"assessment:{name}", args=args), data)  # type: ignore[return-value]


def test_the_office_makes_a_round_from_a_scheme_in_force(as_: As, year: WorkYear, world: World) -> None:
    client = as_("office")
    page = go(client, "create")
    assert "市州人民政府质量工作考核办法（示例）" in page
    assert page.count(" checked") == 2, "all that are assessed, to begin with"
    both = [world.unit[f"{key}_gov"].pk for key in ("lz", "ts")]
    data = {
        "title": "2012年度考核",
        "scheme": "prefecture",
        "cut_off_on": "2012-11-30",
        "self_due_on": "2012-12-05",
    }
    response = send(client, "create", **data, objects=both)
    made = Round.objects.system("test").get()
    assert response.status_code == 302 and made.scheme_code == "prefecture"
    shown = go(client, "round", made.pk)
    assert "兰州市" in shown and "天水市" in shown and "启动自评" in shown
    assert "请至少选一个考核对象" in words(send(client, "create", **data), 400)
    send(client, "create", **data | {"title": "2012年度专项考核"}, objects=both[:1])
    one = Round.objects.system("test").get(title="2012年度专项考核")
    assert [row.unit_id for row in Assessed.objects.system("test").filter(round=one)] == both[:1]
    send(client, "create", **data | {"title": "外地"}, objects=[world.unit["cg_office"].pk])
    assert not Round.objects.system("test").filter(title="外地").exists(), (
        "only whom the jurisdiction has on its list"
    )


def test_a_round_outside_the_year_comes_back_with_its_objection(
    as_: As, year: WorkYear, world: World
) -> None:
    response = send(as_("office"), "create", title="x", scheme="prefecture", cut_off_on="2013-11-30", self_due_on="2012-12-05", objects=[world.unit["lz_gov"].pk])  # fmt: skip
    assert "数据截止日期不在年度之内" in words(response, 400)


def test_the_prefecture_fills_in_saves_and_hands_in(play: Play, as_: As) -> None:
    play.move("open")
    client = as_("sibling", "2012-11-20")
    row = play.row("lz")
    assert "专项整治" in go(client, "self", row.pk) and "天水" not in go(client, "self", row.pk)
    fields = {"points_work": "38", "statement_work": "完成38项", "version": row.version}
    assert send(client, "self", row.pk, **fields, act="save").status_code == 302
    again = send(client, "self", row.pk, **{**fields, "version": play.row("lz").version}, act="submit")
    assert "3 专项整治：没有填写" in words(again, 400) and "已填的内容已保存" in words(again, 400)
    full = {
        **fields,
        "points_campaign": "39.5",
        "statement_campaign": "按方案完成",
        "version": play.row("lz").version,
    }
    assert send(client, "self", row.pk, **full, act="submit").status_code == 302
    assert play.row("lz").self_state == Assessed.Self.SUBMITTED


def test_more_points_than_there_are_is_said_at_the_field(play: Play, as_: As) -> None:
    play.move("open")
    row = play.row("lz")
    response = send(as_("sibling", "2012-11-20"), "self", row.pk, points_work="41", statement_work="x", version=row.version)  # fmt: skip
    assert "40" in words(response, 400) and play.entry("lz", "work").self_points is None


def test_a_criterion_is_marked_over_all_objects_on_one_page(play: Play, as_: As) -> None:
    play.move("open", "check")
    client = as_("head")
    page = go(client, "criterion", play.pk, code="campaign")
    assert "兰州市" in page and "天水市" in page and "任务完成" not in page
    data = {f"e{play.entry(key, 'campaign').pk}-value": mark for key, mark in (("lz", "38.5"), ("ts", "20"))}
    url = reverse("assessment:criterion", args=[play.pk]) + "?code=campaign"
    assert client.post(url, data).status_code == 302
    assert play.entry("ts", "campaign").facts == {"value": "20"}
    refused = words(client.post(url, {**data, f"e{play.entry('ts', 'campaign').pk}-value": "99"}), 400)
    assert "天水市 · 3 专项整治：评分99超出范围" in refused
    assert play.entry("ts", "campaign").facts == {"value": "20"}


def test_a_criterion_that_is_not_ones_own_is_not_there(play: Play, as_: As) -> None:
    play.move("open", "check")
    url = reverse("assessment:criterion", args=[play.pk])
    assert as_("head").get(url, {"code": "work"}).status_code == 404
    assert as_("leader").get(url).status_code == 403


def test_one_criterion_of_one_object_shows_claim_evidence_and_rule_beside_the_mark(
    play: Play, as_: As, sibling: Any
) -> None:
    play.move("open")
    rows = [services.SelfRow("campaign", None, "按方案完成")]
    services.self_save(
        assessed=play.row("lz"), rows=rows, summary="", version=None, actor=sibling, now=NOVEMBER
    )
    play.move("check")
    client, entry = as_("office"), play.entry("lz", "campaign")
    assert "按方案完成" in go(client, "entry", entry.pk) and "看台账" in go(client, "entry", entry.pk)
    assert "请以0.5分为一档" in words(
        send(client, "entry", entry.pk, value="30.3", version=entry.version), 400
    )
    assert (
        send(client, "entry", entry.pk, not_applicable="没有这项任务", version=entry.version).status_code
        == 302
    )
    assert play.entry("lz", "campaign").facts == {"not_applicable": "没有这项任务"}


def test_the_object_page_tells_the_way_to_each_score(play: Play, as_: As) -> None:
    play.to_appeals()
    page = go(as_("office"), "object", play.row("ts").pk)
    assert "实际3，目标4，完成75%，40分×3÷4＝30分" in page and "70.00" in page and "C级" in page


def test_the_assessed_see_their_scores_only_from_the_feedback_on(play: Play, as_: As) -> None:
    play.move("open", "check")
    play.fill()
    play.compute()
    client, row = as_("sibling"), play.row("lz")
    assert "90.00" not in go(client, "object", row.pk) and "A级" not in go(client, "round", play.pk)
    play.move("conclude", "feed_back", now=DECEMBER)
    assert "90.00" in go(client, "object", row.pk) and "提出申辩" in go(client, "object", row.pk)
    assert client.get(reverse("assessment:object", args=[play.row("ts").pk])).status_code == 404


def test_an_objection_goes_from_the_assessed_to_the_director_and_back(play: Play, as_: As) -> None:
    play.to_appeals()
    row = play.row("lz")
    assert send(as_("sibling"), "appeal", row.pk, code="work", text="一项属不可抗力").status_code == 302
    appeal = Appeal.objects.system("test").get()
    director = as_("director")
    assert "一项属不可抗力" in go(director, "answer", appeal.pk)
    assert (
        send(director, "answer", appeal.pk, action="reject", answer="证据不足", version=1).status_code == 302
    )
    assert "证据不足" in go(as_("sibling"), "object", row.pk)


def test_the_director_records_a_veto_and_the_approval_on_the_page(play: Play, as_: As) -> None:
    play.to_appeals()
    director, row = as_("director"), play.row("ts")
    assert send(director, "veto", row.pk, code="incident", reason="八月发生事件").status_code == 302
    assert "数据有变动" in go(director, "round", play.pk)
    assert send(director, "compute", play.pk).status_code == 302
    assert send(director, "approve", play.pk, by_name="组长", on="2012-12-10", version=play.round.version).status_code == 302  # fmt: skip
    page = go(director, "round", play.pk)
    assert "起草通报" in page and "组长" in page and "导出核验包" in page
    assert "一票否决：发生区域性质量安全事件，按得分为C级" in page and page.count("按得分为") == 1


def test_the_bundle_comes_as_a_file(play: Play, as_: As) -> None:
    play.to_appeals()
    play.approve()
    response = send(as_("director"), "bundle", play.pk)
    assert response["Content-Type"] == "application/zip" and response.content[:2] == b"PK"


def test_the_notice_is_drafted_and_after_it_is_sent_everybody_sees_the_grades(
    play: Play, as_: As, issuer: Issuer
) -> None:
    play.to_appeals()
    play.approve()
    assert send(as_("director"), "notice", play.pk).status_code == 302
    assert OfficialDocument.objects.system("test").filter(source_kind="assessment.round").exists()
    assert as_("other").get(reverse("assessment:round", args=[play.pk])).status_code == 404
    Round.objects.system("test").filter(pk=play.pk).update(state="published", published_on=date(2012, 12, 10))
    page = go(as_("other"), "round", play.pk)
    assert "A级" in page and "B级：无" in page.replace("</strong>", "") and "90.00" not in page


def test_schemes_show_their_table(as_: As, year: WorkYear) -> None:
    assert "产品质量监督抽查批次合格率" in go(as_("office"), "schemes")


def test_the_members_account_has_no_score_and_no_rank(as_: As, year: WorkYear, issuer: Issuer) -> None:
    client = as_("office")
    page = go(client, "accounts")
    assert "省质监局" in page and "名次" not in page
    assert "没有到期的履职事项" in go(client, "account", Unit.objects.system("test").get(code="test-zjj").pk)
    assert send(client, "account_draft").status_code == 302
    document = OfficialDocument.objects.system("test").get()
    assert document.address_line == "各成员单位" and "不评分、不排名" in str(document.blocks)


def test_two_results_stand_side_by_side(play: Play, as_: As) -> None:
    """The office compares the objects of a round; the prefecture sees no other object, only its own other rounds."""
    play.to_appeals()
    address = reverse("assessment:object_compare", args=[play.row("lz").pk])
    page = words(as_("office").get(address))  # type: ignore[arg-type]
    assert "天水市" in page
    assert "多 10" in page
    assert "没有可以对比的结果" in words(as_("sibling").get(address))  # type: ignore[arg-type]


def test_a_grade_counted_on_the_situation_page_opens_exactly_its_objects(
    play: Play, as_: As, world: World
) -> None:
    play.to_appeals()
    actor, client = world.actor("office"), as_("office")
    totals = grades_situation(actor, play.round.year_id, DECEMBER.date()).totals
    names = {row.name: row.grade_label for row in Assessed.objects.system("test")}
    assert sum(int(one.number) for one in totals) == len(names) == 2
    for one in totals:
        page = words(client.get(one.url))
        table = page[page.index("对象和得分") : page.index("办理情况")]
        assert {name for name in names if name in table} == {
            n for n, label in names.items() if label == one.label
        }
