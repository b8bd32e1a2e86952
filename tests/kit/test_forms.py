"""Derived forms: labels, help, limits from the model, and errors that say what to write instead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.kit.things import UNITS
from tests.world import World

from zhize.apps.orgs.models import Unit
from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Kind, ThingSpec
from zhize.kit.forms import form_class

GOOD = {"name": "演示局", "code": "demo", "region": "620100", "kind": "department", "order": "9"}


def sample(*fields: FieldSpec) -> ThingSpec:
    yes = lambda actor: True  # noqa: E731
    return ThingSpec("test.sample", "样本", Unit, fields, rows=UNITS.rows, may_view=yes, may_edit=yes)


def errors(actor: Actor, field: FieldSpec, value: str) -> list[str]:
    form = form_class(sample(field), actor)({field.name: value})
    form.is_valid()
    return list(form.errors.get(field.name, []))


def test_a_form_takes_labels_help_marks_and_lengths_from_the_specs(office: Actor) -> None:
    form = form_class(UNITS, office)()
    assert form.fields["name"].label == "名称"
    assert form.fields["name"].help_text == "公文中使用的名称"
    assert form.fields["name"].max_length == 80  # the model's
    assert form.fields["name"].required and not form.fields["valid_from"].required
    assert "letters" not in form.fields
    assert form.fields["kind"].initial == "department"  # the model's default


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Kind.TEXT, "", "没有填写。请填写此项。"),
        (Kind.TEXT, "长" * 11, "超过 10 个字（现有 11 个）。请缩短。"),
        (Kind.TEXT, "a\x00b", "含有看不见的空字符。请删去后重新输入。"),
        (Kind.INTEGER, "十二", "不是整数。请填写整数，如 12。"),
        (Kind.INTEGER, "-1", "不能小于 0。请改大。"),
        (Kind.DECIMAL, "NaN", "不是数字。请填写数字，如 12.5。"),
        (Kind.DECIMAL, "1.234", "最多 2 位小数。请四舍五入后填写。"),
        (Kind.DATE, "2012-02-30", "不是日期。请按 2012-03-05 的样式填写。"),
        (Kind.EMAIL, "甲乙丙", "不是电子邮箱。请按 name@example.com 的样式填写。"),
        (Kind.PHONE, "没有电话", "不是电话号码。请填写数字，可带区号和分机，如 0931-8412345转801。"),
        (Kind.CHOICE, "nonsense", "不在可选范围内。请从列表中选择。"),
        (Kind.CHOICE, "", "没有选择。请选一项。"),
    ],
)
def test_an_error_says_what_is_wrong_and_what_to_do(
    office: Actor, kind: Kind, value: str, words: str
) -> None:
    field = FieldSpec("x", "某项", kind, required=True, max_length=10, minimum=0, choices=Unit.Kind)
    assert errors(office, field, value) == [words]


@pytest.mark.parametrize("text", ["2012-03-05", "2012/3/5", "2012.3.5", "2012年3月5日", "20120305"])
def test_a_date_is_understood_as_people_write_it(office: Actor, text: str) -> None:
    form = form_class(sample(FieldSpec("x", "日期", Kind.DATE)), office)({"x": text})
    assert form.is_valid()
    assert form.cleaned_data["x"] == date(2012, 3, 5)


@pytest.mark.parametrize(
    "text", ["0931-8412345", "0931-8412345转801", "+86 931 8412345", "139 0000 0000", "(0931)8412345"]
)
def test_a_telephone_number_is_taken_as_offices_write_it(office: Actor, text: str) -> None:
    assert errors(office, FieldSpec("x", "电话", Kind.PHONE), text) == []


@pytest.mark.parametrize(
    ("typed", "found"), [("620100", "兰州市"), ("兰州市", "兰州市"), (" 620100 ", "兰州市")]
)
def test_a_reference_is_known_by_its_key_and_by_its_name(office: Actor, typed: str, found: str) -> None:
    form = form_class(UNITS, office)(GOOD | {"region": typed})
    assert form.is_valid(), form.errors
    assert form.data_for_service()["region"].name == found


@pytest.mark.parametrize("typed", ["没有", "1", "\x00", "[]"])
def test_a_reference_outside_is_refused_in_words(office: Actor, typed: str) -> None:
    form = form_class(UNITS, office)(GOOD | {"region": typed})
    assert form.errors["region"] == ["不在可选范围内。请从列表中选择。"]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.BOOL, "on", True),
        (Kind.BOOL, "", False),
        (Kind.DECIMAL, "1.50", Decimal("1.50")),
        (Kind.INTEGER, "", None),
    ],
)
def test_values_come_out_typed(office: Actor, kind: Kind, text: str, value: Any) -> None:
    form = form_class(sample(FieldSpec("x", "值", kind)), office)({"x": text} if text else {})
    assert form.is_valid(), form.errors
    assert form.data_for_service() == {"x": value}


def test_a_new_thing_is_made_and_the_page_says_so(client: Client) -> None:
    page = client.get("/t/units/new").content.decode()
    assert "新增单位" in page and "公文中使用的名称" in page and "必填" in page
    assert client.post("/t/units/new", GOOD).status_code == 302
    assert "已新增“演示局”" in client.get("/t/units/").content.decode()
    assert Unit.objects.system("test").get(code="demo").region.name == "兰州市"


def test_what_the_service_objects_to_stands_at_its_field(client: Client, world: World) -> None:
    response = client.post("/t/units/new", GOOD | {"code": "test-zjj"})
    page = unescape(response.content.decode())
    assert response.status_code == 422
    assert 'id="id_code_error"' in page and 'value="演示局"' in page
    dates = {"valid_from": "2012-01-01", "valid_to": "2011-01-01"}
    assert "撤销日期不能早于设立日期" in client.post("/t/units/new", GOOD | dates).content.decode()


def test_who_may_not_edit_gets_no_form(sign_in: Any, world: World) -> None:
    liaison = sign_in("liaison")
    assert liaison.get("/t/units/new").status_code == 403
    assert liaison.post("/t/units/new", GOOD).status_code == 403
    assert liaison.get(f"/t/units/{world.unit['zjj'].pk}/edit").status_code == 403


def test_a_thing_outside_the_scope_does_not_exist(client: Client) -> None:
    assert client.get("/t/units/999999/edit").status_code == 404
