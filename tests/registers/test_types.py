"""A record type is data alone: one more file gives list, form, import, export, API, page, numbers and source."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from ninja import NinjaAPI
from tests.kit.bad_files import xlsx_file
from tests.world import World

from zhize.apps.registers import specs as registers
from zhize.apps.registers.models import Record, record_type, type_codes, types
from zhize.apps.registers.specs import records as spec_records
from zhize.kit import fields, measures
from zhize.kit.actor import Actor
from zhize.kit.api import router_for
from zhize.kit.fields import Outcome, specs
from zhize.kit.imports.publish import import_publish
from zhize.kit.imports.services import import_upload
from zhize.kit.measures import By, Where
from zhize.kit.models import ImportRun
from zhize.kit.rules import RuleError, load, shipped
from zhize.kit.yaml_text import yaml_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
ON = date(2012, 3, 5)


def rule(key: str, value: Any) -> dict[str, Any]:
    dated = [{"from": date(2011, 1, 1), "value": value, "source": "系统默认（测试）", "configured": True}]
    return {"key": key, "label": key, "label_en": key, "unit": None, "adjustable": False, "dated": dated}


FUNDS: dict[str, Any] = {
    "keepers": {"units": ["*-gsj"]},
    "subject": None,
    "clauses": ["3.1.9"],
    "fields": [
        {"name": "state", "label": "文号", "label_en": "No.", "kind": "code", "required": True, "max_length": 40, "sortable": True},
        {"name": "spent_on", "label": "拨付日期", "label_en": "Paid on", "kind": "date", "required": True, "filter": "range"},
        {"name": "amount", "label": "金额", "label_en": "Amount", "kind": "decimal", "unit": "万元", "sortable": True, "filter": "range"},
        {"name": "good", "label": "验收", "label_en": "Accepted", "kind": "choice", "required": True,
         "choices": [{"value": "y", "label": "通过", "words": ["同意"]}, {"value": "n", "label": "不通过"}]},
    ],
    "reading": {"key": ["state"], "counts_on": "spent_on", "outcome": {"field": "good", "pass": ["y"], "fail": ["n"]}, "search": ["state"]},
    "remind_days": 0,
    "publicity": "keeper",
    "measures": ["count", "pass_rate"],
}  # fmt: skip


def written(folder: Path, values: dict[str, Any], code: str = "funds") -> None:
    body = {
        "subject": f"registers/{code}", "title": "质量经费", "title_en": "Quality funds",
        "values": [rule(k, v) for k, v in values.items()],
    }  # fmt: skip
    (folder / "registers" / f"{code}.yaml").write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")


@pytest.fixture
def rules(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shipped rules in a folder of their own, to add a file to; what the process had read is forgotten and restored."""
    folder = tmp_path / "rules"
    shutil.copytree(django_settings.RULES_DIR, folder)
    settings.RULES_DIR = folder
    for name, held in (
        ("_things", fields),
        ("_sources", measures),
        ("_measures", measures),
        ("_schemas", load),
    ):
        monkeypatch.setattr(held, name, dict(getattr(held, name)))
    forget()
    yield folder
    forget()


def forget() -> None:
    for cached in (type_codes, record_type, shipped, spec_records.spec_on):
        cached.cache_clear()


@pytest.fixture
def funds(rules: Path) -> None:
    written(rules, FUNDS)
    types.load_types(ON)
    registers.register_type("funds")


def test_a_file_alone_gives_form_list_page_and_export(
    funds: None, world: World, as_: Callable[[str], Client]
) -> None:
    client = as_("other")
    page = client.get(reverse("registers:index")).content.decode()
    assert "质量经费" in page
    data = {"state": "甘财〔2012〕1号", "spent_on": "2012-02-01", "amount": "12.5", "good": "y"}
    made = client.post(reverse("registers:record_create", args=["funds"]), data)
    assert made.status_code == 302, made.content.decode()
    record = Record.objects.system("test").get()
    assert (record.outcome, record.subject, record.state) == ("pass", None, "active"), (
        "a field named like a column"
    )
    page = client.get(reverse("registers:records", args=["funds"]) + "?sort=-amount").content.decode()
    assert "甘财〔2012〕1号" in page and "12.50" in page and "金额（万元）" in page
    assert "甘财〔2012〕1号" in client.get(reverse("registers:record", args=[record.pk])).content.decode()
    csv = client.get(reverse("registers:records", args=["funds"]) + "?export=csv")
    assert "12.50" in b"".join(csv.streaming_content).decode()  # type: ignore[attr-defined]
    assert as_("liaison").get(reverse("registers:record", args=[record.pk])).status_code == 404
    assert as_("liaison").get(reverse("registers:record_create", args=["funds"])).status_code == 403


def test_a_file_alone_gives_import_numbers_and_source(
    funds: None, world: World, now: datetime, actor: Actor
) -> None:
    spec = specs()["registers.funds"]
    raw = xlsx_file(
        [
            ["文号", "拨付日期", "金额", "验收"],
            ["1号", "2012.2.1", 3, "同意"],
            ["2号", "2012.2.1", 4, "不通过"],
        ]
    )
    run = import_upload(
        spec=spec, upload=io.BytesIO(raw), name="经费.xlsx", size=len(raw), actor=actor, now=now
    )
    run = ImportRun.objects.system("test").get(pk=run.pk)
    assert import_publish(run=run, spec=spec, only_good=False, actor=actor, now=now) == Outcome(2, 0, 0)
    where = Where(world.jurisdiction["gs"].pk, date(2012, 1, 1), date(2012, 12, 31), (world.unit["gsj"].pk,))
    rate = measures.measures()["registers.funds.pass_rate"].load(where, By.UNIT)
    assert rate[world.unit["gsj"].pk].value == Decimal(50)
    (fact,) = measures.sources()["registers.funds"].records(where)  # type: ignore[misc]
    assert (fact.number, fact.on) == (2, date(2012, 2, 1))


@pytest.fixture
def actor(world: World) -> Actor:
    return world.actor("other")


def test_a_file_alone_gives_an_api(funds: None, actor: Actor) -> None:
    api = NinjaAPI(urls_namespace="one-more")
    api.add_router("/funds", router_for(specs()["registers.funds"]))
    schema = api.get_openapi_schema(path_prefix="")["components"]["schemas"]
    assert {"state", "spent_on", "amount", "good"} <= set(schema["RegistersFundsIn"]["properties"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reading": FUNDS["reading"] | {"key": ["no"]}}, "不是登记项"),
        ({"reading": FUNDS["reading"] | {"counts_on": "amount"}}, "应为 date"),
        ({"fields": [*FUNDS["fields"], {"name": "Bad", "label": "坏"}]}, "字段名“Bad”不合适"),
        ({"fields": [*FUNDS["fields"], FUNDS["fields"][0]]}, "同名"),
        ({"fields": [*FUNDS["fields"], {"name": "region", "label": "地区"}]}, "留给系统"),
        ({"measures": ["coverage"]}, "没有到期"),
        ({"publicity": "world"}, "值不合要求"),
        ({"surprise": 1}, "值不合要求"),
    ],
)
def test_a_wrong_file_stops_the_start_in_words(rules: Path, change: dict[str, Any], words: str) -> None:
    written(rules, FUNDS | change)
    with pytest.raises(RuleError) as caught:
        types.load_types(ON)
    assert "registers/funds.yaml" in str(caught.value) and words in str(caught.value)


def test_a_later_edition_is_followed_from_its_day_and_old_records_keep_theirs(rules: Path) -> None:
    written(rules, FUNDS)
    path = rules / "registers" / "funds.yaml"
    body = yaml_of(path.read_text("utf-8"))
    fields_ = next(one for one in body["values"] if one["key"] == "fields")
    more = [*FUNDS["fields"], {"name": "purpose", "label": "用途"}]
    fields_["dated"].append(
        {"from": date(2013, 1, 1), "value": more, "source": "系统默认（测试）", "configured": True}
    )
    path.write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")
    types.load_types(ON)
    before, after = record_type("funds", date(2012, 12, 31)), record_type("funds", date(2013, 1, 1))
    assert [len(one.fields) for one in (before, after)] == [4, 5]
    assert before.edition != after.edition


def test_the_name_of_a_page_is_no_register(rules: Path) -> None:
    written(rules, FUNDS, code="due")
    with pytest.raises(RuleError, match="不能叫“due”"):
        types.load_types(ON)


def test_shipped_types_say_everything_in_both_languages() -> None:
    for code in type_codes():
        type_ = record_type(code, ON)
        assert type_.title_en
        for field in type_.rule.fields:
            assert field.get("label_en"), f"{code}.{field['name']}"
            assert all(one.get("label_en") for one in field.get("choices", ())), f"{code}.{field['name']}"


def test_instruments_have_the_fifty_five_categories_and_only_two_ways_fall_due() -> None:
    type_ = record_type("instruments", ON)
    category = next(f for f in type_.rule.fields if f["name"] == "category")
    assert len(category["choices"]) == 55
    assert type_.reading.due and set(type_.reading.due.words) == {"periodic", "rotated"}
