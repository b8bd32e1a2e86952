"""Pages of registers: who sees what, forms in words, figures, files; statements that do not grow with rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.kit.bad_files import pdf_file
from tests.registers.conftest import code, sampling
from tests.world import World

from zhize.apps.registers.models import Record, Subject
from zhize.apps.registers.services import due_remind, records_save
from zhize.kit.actor import system_actor

pytestmark = pytest.mark.django_db
Register = Callable[..., Record]
Browser = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    monkeypatch.setattr("zhize.kit.clock.demonstration_date", lambda: today)


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[-3000:]
    return response.content.decode()


def test_the_register_of_registers_shows_what_the_hat_keeps_and_may_read(
    register: Register, as_: Browser
) -> None:
    for n in range(1, 4):
        register("sampling", n, result="fail" if n == 1 else "pass")
    register("instruments", 1)
    keeper = text(as_("liaison"), reverse("registers:index"))
    assert "本单位登记" in keeper and "66.7%" in keeper and "质量违法案件" in keeper
    other = text(as_("other"), reverse("registers:index"))
    assert "产品质量监督抽查" in other and "可查看" in other
    assert "没有可看的台账" not in text(as_("sibling"), reverse("registers:index"))


def test_a_list_carries_its_pass_rate_with_the_interval(register: Register, as_: Browser) -> None:
    for n in range(1, 13):
        register("sampling", n, result="fail" if n == 1 else "pass")
    page = text(as_("office"), reverse("registers:records", args=["sampling"]))
    assert "91.7%" in page and "合格率（11/12）" in page and "64.6%—98.5%" in page
    narrowed = text(as_("office"), reverse("registers:records", args=["sampling"]) + "?result=fail")
    assert "YS-00001" in narrowed and "YS-00002" not in narrowed and "0.0%" in narrowed


def test_an_instrument_list_shows_how_each_stands(register: Register, as_: Browser) -> None:
    register("instruments", 1)
    register("instruments", 2, verified_on=date(2012, 3, 1))
    register("instruments", 3, valid_to=date(2012, 2, 1))
    page = text(as_("liaison"), reverse("registers:records", args=["instruments"]))
    for word in ("即将到期", "已过期", "有效"):
        assert f"<span>{word}</span>" in page
    expired = text(as_("liaison"), reverse("registers:records", args=["instruments"]) + "?standing=overdue")
    assert "YS-J-0003" in expired and "YS-J-0002" not in expired


def test_a_record_is_registered_by_form_with_a_new_enterprise(as_: Browser) -> None:
    data = {
        "report_no": "ＹＳ-１", "subject_name": "演示企业有限公司", "subject_code": code(1), "sampled_on": "2012年2月3日",
        "product": "水泥", "result": "pass",
    }  # fmt: skip
    response = as_("clerk").post(reverse("registers:record_create", args=["sampling"]), data)
    assert response.status_code == 302, response.content.decode()
    row = Record.objects.system("test").get()
    assert (row.key, row.occurred_on) == ("YS-1", date(2012, 2, 3))
    assert Subject.objects.system("test").get().uscc == code(1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"subject_code": "9162"}, "应为 18 位"),
        ({"sampled_on": "去年"}, "不是日期"),
        ({"result": "maybe"}, "不在可选范围内"),
        ({"report_no": ""}, "没有填写"),
    ],
)
def test_wrong_input_is_answered_in_words(as_: Browser, change: dict[str, str], words: str) -> None:
    data = {
        "report_no": "YS-1", "subject_name": "演示企业有限公司", "sampled_on": "2012-02-03", "product": "水泥",
        "result": "pass",
    }  # fmt: skip
    response = as_("liaison").post(reverse("registers:record_create", args=["sampling"]), data | change)
    assert response.status_code == 422 and words in response.content.decode()
    assert not Record.objects.system("test").exists()


def test_the_second_of_two_people_gets_both_versions(register: Register, as_: Browser) -> None:
    record = register("sampling", 1)
    url = reverse("registers:record_edit", args=[record.pk])
    form = {
        "report_no": "YS-00001", "subject_name": "演示企业1有限公司", "subject_code": code(1), "sampled_on": "2012-02-01",
        "result": "pass", "version": 1, "initial-product": "复混肥料", "initial-brand": "",
    }  # fmt: skip
    one = as_("liaison").post(url, form | {"product": "水泥", "brand": ""})
    assert one.status_code == 302
    two = as_("clerk").post(url, form | {"product": "复混肥料", "brand": "演示牌"})
    page = two.content.decode()
    assert two.status_code == 409 and "水泥" in page and "演示牌" in page


def test_a_record_shows_its_facts_its_enterprise_and_earlier_ones(register: Register, as_: Browser) -> None:
    old = register("instruments", 1)
    new = register("instruments", 1, verified_on=date(2012, 3, 1))
    page = text(as_("other"), reverse("registers:record", args=[new.pk]))
    assert "演示企业1有限公司" in page and "同一件的其他记录" in page and "2013年2月28日" in page
    assert "已有新记录" in text(as_("other"), reverse("registers:record", args=[old.pk]))
    assert "作废" not in page.split("<main", 1)[1], "only who registered it is offered to void it"


def test_a_voided_record_leaves_the_list_and_stands_among_the_void(register: Register, as_: Browser) -> None:
    record, client = register("sampling", 1), as_("liaison")
    url = reverse("registers:record_void", args=[record.pk])
    assert client.post(url, {"reason": "", "version": 1}).status_code == 400
    assert client.post(url, {"reason": "重复登记", "version": 1}).status_code == 302
    assert "YS-00001" not in text(client, reverse("registers:records", args=["sampling"]))
    assert "YS-00001" in text(client, reverse("registers:records_void", args=["sampling"]))
    assert "重复登记" in text(client, reverse("registers:record", args=[record.pk]))
    assert client.get(reverse("registers:record_edit", args=[record.pk])).status_code == 403


def test_material_is_attached_and_stands_on_the_enterprises_page(
    register: Register, as_: Browser, files: object
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    record, client = register("sampling", 1), as_("liaison")
    url = reverse("registers:record_material", args=[record.pk])
    assert client.post(url, {}).status_code == 400
    upload = SimpleUploadedFile("检验报告.pdf", pdf_file())
    assert client.post(url, {"upload": upload, "title": "检验报告（演示）"}).status_code == 302
    assert "检验报告（演示）" in text(client, reverse("registers:record", args=[record.pk]))
    assert "检验报告（演示）" in text(client, reverse("registers:subject", args=[record.subject_id]))


def test_an_enterprises_page_holds_everything_about_it(register: Register, as_: Browser) -> None:
    first = register("sampling", 1)
    register("sampling", 2, subject_name="演示企业1有限公司", subject_code=code(1), result="fail")
    register("sampling", 3, subject_name="", subject_code=code(1), sampled_on=date(2011, 6, 1))
    register("instruments", 1)
    page = text(as_("office"), reverse("registers:subject", args=[first.subject_id]))
    for words in (
        "产品质量监督抽查",
        "强制检定计量器具",
        "66.7%",
        "产品质量监督抽查合格率（2/3）",
        "历年合格情况",
        "即将到期",
    ):
        assert words in page


def test_what_a_type_does_not_publish_stays_with_its_unit(
    world: World, register: Register, as_: Browser
) -> None:
    subject = register("sampling", 1).subject
    case = Record.objects.create(
        type="cases", jurisdiction=world.jurisdiction["gs"], keeper=world.unit["zjj"], subject=subject, key="演案1",
        occurred_on=date(2012, 2, 1), values={"case_no": "演案1"}, edition="x", created_at=datetime(2012, 3, 1).astimezone(),
        created_by="演示",
    )  # fmt: skip
    assert subject
    for who, status in (("liaison", 200), ("office", 200), ("leader", 200), ("other", 404), ("sibling", 404)):
        assert as_(who).get(reverse("registers:record", args=[case.pk])).status_code == status, who
    assert "演案1" in text(as_("leader"), reverse("registers:subject", args=[subject.pk]))
    assert "演案1" not in text(as_("other"), reverse("registers:subject", args=[subject.pk]))


def test_a_prefecture_sees_the_enterprise_but_not_the_provinces_records(
    world: World, register: Register, as_: Browser
) -> None:
    record = register("sampling", 1, region=world.region["lz"])
    page = text(as_("sibling"), reverse("registers:subject", args=[record.subject_id]))
    assert "演示企业1有限公司" in page and "YS-00001" not in page
    text(as_("sibling2"), reverse("registers:subject", args=[record.subject_id]), 404)
    text(as_("sibling"), reverse("registers:record", args=[record.pk]), 404)


def test_what_is_due_is_listed_with_a_text_to_paste(register: Register, as_: Browser) -> None:
    register("instruments", 1)
    register("instruments", 2, verified_on=date(2012, 3, 1))
    register("instruments", 3, way="rotated", valid_to=date(2012, 3, 1))
    page = text(as_("liaison"), reverse("registers:due"))
    assert "YS-J-0001" in page and "YS-J-0002" not in page
    assert "2012-03-09到期，应重新检定" in page and "2012-03-01到期，应到期轮换" in page


def test_each_morning_the_keeping_unit_is_told_once_and_no_longer_when_seen_to(
    register: Register, world: World, now: datetime, as_: Browser
) -> None:
    register("instruments", 1)
    system = system_actor("演示")
    assert due_remind(actor=system, now=now) == 1
    assert due_remind(actor=system, now=now) == 0
    inbox = text(as_("liaison"), "/")
    assert "强制检定计量器具有即将到期或已过期的" in inbox
    register("instruments", 1, verified_on=date(2012, 3, 4))
    due_remind(actor=system, now=now)
    assert "有即将到期或已过期的" not in text(as_("liaison"), "/")


def test_an_enterprise_is_found_by_the_search_of_the_house(register: Register, as_: Browser) -> None:
    record = register("sampling", 1)
    page = text(as_("office"), "/search/?q=演示企业1")
    assert reverse("registers:subject", args=[record.subject_id]) in page


def test_names_are_suggested_while_typing_within_the_scope(register: Register, as_: Browser) -> None:
    register("sampling", 1)
    url = reverse("registers:suggest") + "?subject_name=演示企业"
    assert "演示企业1有限公司" in text(as_("liaison"), url)
    assert "演示企业1有限公司" not in text(as_("sibling2"), url.replace("演示企业", "演"))
    form = text(as_("liaison"), reverse("registers:record_create", args=["sampling"]))
    assert 'list="known-subjects"' in form


def test_no_cell_of_an_exported_file_starts_a_formula(register: Register, as_: Browser) -> None:
    register("sampling", 1, product="=HYPERLINK(1)", brand="@演示")
    response = as_("liaison").get(reverse("registers:records", args=["sampling"]) + "?export=csv&all=1")
    body = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=HYPERLINK(1)" in body and "'@演示" in body


def test_statements_of_the_lists_do_not_grow_with_rows(world: World, as_: Browser, now: datetime) -> None:
    def asked(url: str) -> int:
        client = as_("liaison")
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            text(client, url)
        return len([q for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]])

    def fill(first: int, last: int) -> None:
        rows = [sampling(n) for n in range(first, last)]
        records_save(type_code="sampling", rows=rows, actor=world.actor("liaison"), now=now, digest="0" * 64)

    urls = [
        reverse("registers:records", args=["sampling"]),
        reverse("registers:subjects"),
        reverse("registers:index"),
    ]
    fill(0, 20)
    few = [asked(url) for url in urls]
    fill(20, 2000)
    many = [asked(url) for url in urls]
    assert all(m <= f + 1 for f, m in zip(few, many, strict=True)), (
        "one more: the total of a list longer than its page"
    )
    assert max(many) <= 14, many
