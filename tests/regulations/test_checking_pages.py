"""核对页: plain forms that htmx only swaps; uncertain first, filters, what was typed is never lost."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.regulations.checking import read_text, row_at, rows
from tests.world import World

from zhize.apps.regulations import services
from zhize.apps.regulations.models import Duty, RegulationVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(world: World, now: datetime) -> RegulationVersion:
    return read_text(world, now)


@pytest.fixture
def office(world: World, client: Client) -> Client:
    client.force_login(world.user["office"], "django.contrib.auth.backends.ModelBackend")
    return client


def _list(version: RegulationVersion, query: str = "") -> str:
    return reverse("regulations:confirm", kwargs={"pk": version.pk}) + query


def _post(client: Client, text: RegulationVersion, key: str, /, htmx: bool = False, **data: object) -> object:
    row = row_at(text, key)
    headers = {"HX-Request": "true"} if htmx else {}
    sent = {"version": row.version, "back": "show=all&next=//evil", **data}
    return client.post(reverse("regulations:row", kwargs={"pk": row.pk}), sent, headers=headers)


def test_the_uncertain_stand_first_and_progress_is_kept(office: Client, version: RegulationVersion) -> None:
    page = office.get(_list(version)).content.decode()
    assert "已核对 0 / 共 4" in page
    answer = _post(office, version, "1.2#1", act="accept")
    row = row_at(version, "1.2#1")
    assert answer.url == f"{_list(version)}?show=all#row-{row.pk}"  # type: ignore[attr-defined]
    page = office.get(_list(version)).content.decode()
    assert "已核对 1 / 共 4" in page and f'id="row-{row.pk}"' not in page
    assert f'id="row-{row.pk}"' in office.get(_list(version, "?show=mine")).content.decode()
    found = office.get(_list(version, "?show=all&q=省粮食局")).content.decode()
    assert found.count('class="check-row ') == 1


def test_htmx_gets_the_row_and_the_counts_alone(office: Client, version: RegulationVersion) -> None:
    answer = _post(office, version, "1.2#1", htmx=True, act="accept").content.decode()  # type: ignore[attr-defined]
    assert "<html" not in answer and "已核对 1 / 共 4" in answer and 'data-state="accepted"' in answer
    gone = row_at(version, "1.1#2").pk
    answer = _post(office, version, "1.1#1", htmx=True, act="merge").content.decode()  # type: ignore[attr-defined]
    assert f'<li id="row-{gone}" hx-swap-oob="delete">' in answer
    lines = "每年组织开展全省产品质量监督抽查，公布抽查结果；\n建立企业质量档案"
    answer = _post(office, version, "1.1#1", htmx=True, act="split", lines=lines).content.decode()  # type: ignore[attr-defined]
    assert answer.count('class="check-row ') == 2


def test_a_correction_is_saved_with_its_holders_and_its_due_date(
    office: Client, world: World, version: RegulationVersion
) -> None:
    data = {
        "act": "save", "text": "开展流通领域商品质量检查", "title": "流通检查", "nature": "periodic", "kind": "inspect",
        "every": "year", "month_day": "11-30", "h_role": ["lead"], "new_name": ["省质监局", ""],
        "new_role": ["support", "joint"],
    }  # fmt: skip
    assert _post(office, version, "1.2#1", **data).status_code == 302  # type: ignore[attr-defined]
    row = row_at(version, "1.2#1")
    assert row.recurrence == {"every": "year", "due": {"fixed": {"month": 11, "day": 30}}}
    assert [(h["name"], h["role"]) for h in row.holders] == [("省工商局", "lead"), ("省质监局", "support")]
    assert row.holders[1]["unit"] == world.unit["zjj"].pk


def test_a_unit_nobody_knows_is_refused_and_what_was_typed_stays(
    office: Client, version: RegulationVersion
) -> None:
    data = {
        "act": "save",
        "text": "改过的文字",
        "nature": "standing",
        "kind": "other",
        "new_name": ["省某局"],
        "h_role": ["joint"],
    }
    answer = _post(office, version, "1.2#1", **data)
    assert answer.status_code == 400  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "改过的文字" in page and "省某局" in page and "单位名录中没有" in page
    assert row_at(version, "1.2#1").version == 1


def test_two_people_at_one_row_the_second_is_told_and_keeps_what_was_typed(
    office: Client, world: World, version: RegulationVersion
) -> None:
    services.row_accept(
        row=row_at(version, "1.2#1"), version=1, actor=world.actor("director"), now=timezone.now()
    )
    sent = {"act": "keep", "text": "我的文字", "nature": "standing", "kind": "other", "version": 1}
    answer = _post(office, version, "1.2#1", **sent)
    assert answer.status_code == 409  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "办公室主任（演示）" in page and "我的文字" in page
    click = _post(office, version, "1.2#1", htmx=True, act="drop", version=1)
    assert "已经处理过这一项" in click.content.decode()  # type: ignore[attr-defined]
    seen = office.get(_list(version)).content.decode()
    assert "办公室主任（演示） 正在核对 一（" in seen


def test_the_office_accepts_in_bulk_and_confirms_from_the_page(
    office: Client, version: RegulationVersion
) -> None:
    many = reverse("regulations:rows", kwargs={"pk": version.pk})
    office.post(many, {"act": "take", "section": "1"})
    assert {row.taken_by for row in rows(version)} == {"办公室工作人员（演示）"}
    office.post(many, {"act": "accept", "least": "0"})
    refused = office.post(_list(version))
    assert refused.status_code == 400 and "省粮食局" in refused.content.decode()
    _post(office, version, "1.3#1", act="drop", reason="已归并")
    assert office.post(_list(version)).status_code == 302
    assert Duty.objects.system("test").count() == 3


def test_a_page_of_three_hundred_rows_asks_no_more_than_one_of_four(
    office: Client,
    world: World,
    now: datetime,
    version: RegulationVersion,
    django_assert_max_num_queries: object,
) -> None:
    office.get(_list(version))
    lines = "\n".join(
        f"（{'一二三四五六七八九'[n % 9]}）省质监局：开展第{n}项检查；公布第{n}项结果。" for n in range(160)
    )
    long = read_text(world, now, f"质量工作制度\n一、职责\n{lines}\n", code="long")
    assert len(rows(long)) > 300
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        page = office.get(_list(long, "?show=all")).content.decode()
    assert page.count('class="check-row ') == 40


def test_a_clause_without_a_duty_is_listed_and_taken_up_by_hand(
    office: Client, world: World, now: datetime
) -> None:
    text = "质量工作制度\n一、总体要求\n（一）坚持质量第一。\n二、职责\n（一）省质监局：建立企业质量档案。\n"
    version = read_text(world, now, text, code="gaps")
    clause = version.clauses.system("test").get(path="1.1")
    assert "坚持质量第一" in office.get(_list(version, "?show=missing")).content.decode()
    many = reverse("regulations:rows", kwargs={"pk": version.pk})
    answer = office.post(many, {"act": "add", "clause": clause.pk})
    row = row_at(version, "1.1#1")
    assert answer.url == reverse("regulations:row", kwargs={"pk": row.pk})
    assert (row.state, row.holders, version.text[row.start : row.end]) == ("open", [], row.text)
    assert office.post(many, {"act": "add", "clause": clause.pk}).status_code == 400
