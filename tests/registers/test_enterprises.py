"""An enterprise's page, its material, what is due, the search of the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.kit.bad_files import pdf_file
from tests.registers.conftest import code, text
from tests.world import World

from zhize.apps.registers.models import Record
from zhize.apps.registers.services import due_remind
from zhize.kit.actor import system_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
Register = Callable[..., Record]
Browser = Callable[[str], Client]


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


def test_more_records_than_the_page_shows_are_counted_and_linked(
    register: Register, as_: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhize.apps.registers.selectors.records.SHOWN", 2)
    first = register("sampling", 1, result="fail")
    for n in (2, 3):
        register("sampling", n, subject_name="", subject_code=code(1), sampled_on=date(2012, 2, n))
    page = text(as_("office"), reverse("registers:subject", args=[first.subject_id]))
    assert "共 3 条，这里列出最近的 2 条。" in page and "合格率（2/3）" in page and "YS-00001" not in page
    assert reverse("registers:records", args=["sampling"]) in page


def test_a_list_beside_a_record_that_is_cut_says_so(
    register: Register, as_: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhize.apps.registers.selectors.records.BESIDE", 1)
    monkeypatch.setattr("zhize.apps.registers.selectors.BESIDE", 1)
    days = [date(2010, 3, 1), date(2011, 3, 1), date(2012, 3, 1)]
    records = [register("instruments", 1, verified_on=day) for day in days]
    page = text(as_("office"), reverse("registers:record", args=[records[-1].pk]))
    assert "这里列出最近的 1 条。" in page and "q=YS-J-0001" in page
