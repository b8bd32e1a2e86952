"""Rule editions: dated, sourced, never changed; a jurisdiction's own before the shipped one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from zhize.apps.audit.models import Entry
from zhize.kit.actor import Actor
from zhize.kit.files.limits import FileLimits
from zhize.kit.models import RuleEdition
from zhize.kit.rules import (
    RuleError,
    Shipped,
    edition_write,
    load_file,
    register_schema,
    rule,
    rule_as,
    shipped_names,
)

GOOD = """
subject: t/good
title: 测试
values:
  - {key: days, label: 天数, adjustable: true, dated: [
      {from: 2011-01-01, value: 5, source: 测试一}, {from: 2012-07-01, value: 9, source: 测试二}]}
"""


def load(tmp_path: Path, text: str, name: str = "t/good") -> Shipped:
    path = tmp_path / "rule.yaml"
    path.write_text(text)
    return load_file(path, name)


def test_every_shipped_rule_loads_and_has_sources() -> None:
    for name in shipped_names():
        assert rule(name, on=date.max).values, "some are in force only later (the burden rules of 2024)"


def test_the_last_value_not_after_the_day_is_in_force(tmp_path: Path) -> None:
    entry = load(tmp_path, GOOD).entries["days"]
    assert entry.on(date(2010, 12, 31)) is None
    assert entry.on(date(2012, 6, 30)).value == 5
    assert entry.on(date(2012, 7, 1)).value == 9


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (", source: 测试一", "", "没有出处"),
        ("2012-07-01", "2010-07-01", "没有递增"),
        ("subject: t/good", "subject: other", "subject"),
        ("value: 9, ", "", "缺少 from 或 value"),
        ("key: days, ", "", "没有 key"),
    ],
)
def test_a_bad_file_is_refused_naming_the_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(RuleError, match=words) as error:
        load(tmp_path, GOOD.replace(old, new))
    assert error.value.problem.where.startswith("rules/t/good.yaml")
    assert error.value.problem.remedy


def test_a_value_its_schema_refuses_is_named_by_key(tmp_path: Path) -> None:
    class Days(BaseModel):
        model_config = ConfigDict(strict=True)
        days: int

    register_schema("t/typed", Days)
    text = GOOD.replace("t/good", "t/typed").replace("value: 9", "value: 九")
    with pytest.raises(RuleError) as error:
        load(tmp_path, text, "t/typed")
    assert error.value.problem.where == "rules/t/typed.yaml · days"


@pytest.mark.django_db
def test_a_jurisdictions_own_version_comes_before_the_shipped_one(office: Actor, now: datetime) -> None:
    code = office.jurisdiction_code
    edition_write(
        name="files/limits",
        jurisdiction_code=code,
        valid_from=date(2012, 4, 1),
        values={"max_upload_mb": 20},
        source="甘质振办〔2012〕1号",
        actor=office,
        now=now,
    )
    assert rule_as(FileLimits, on=date(2012, 3, 31), jurisdiction=code).max_upload_mb == 50
    found = rule("files/limits", on=date(2012, 4, 1), jurisdiction=code)
    assert found["max_upload_mb"] == 20
    assert found.values["max_upload_mb"].source == "甘质振办〔2012〕1号"
    assert found["max_unpack_ratio"] == 100, "keys it does not name stay as shipped"
    assert rule("files/limits", on=date(2012, 4, 1), jurisdiction="620100-quality")["max_upload_mb"] == 50
    assert Entry.objects.system("test").filter(type="kit.rule.written").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "source", "words"),
    [
        ({"max_unpack_ratio": 900}, "x", "不能由辖区调整"),
        ({"nothing": 1}, "x", "没有这一项"),
        ({"max_upload_mb": "many"}, "x", "不合要求"),
        ({"max_upload_mb": 1}, " ", "依据"),
    ],
)
def test_a_version_that_cannot_stand_is_refused_and_nothing_is_written(
    office: Actor, now: datetime, values: dict[str, object], source: str, words: str
) -> None:
    with pytest.raises(RuleError, match=words):
        edition_write(
            name="files/limits", jurisdiction_code="x", valid_from=date(2012, 1, 1), values=values,
            source=source, actor=office, now=now,
        )  # fmt: skip
    assert not RuleEdition.objects.exists()


@pytest.mark.django_db
def test_a_version_is_never_changed_and_an_altered_one_is_not_used(office: Actor, now: datetime) -> None:
    edition = edition_write(
        name="files/limits", jurisdiction_code="j", valid_from=date(2012, 1, 1), values={"max_upload_mb": 7},
        source="s", actor=office, now=now,
    )  # fmt: skip
    with pytest.raises(TypeError):
        edition.save()
    with pytest.raises(TypeError):
        edition.delete()
    edition.body["values"]["max_upload_mb"]["value"] = 700
    RuleEdition.objects.filter(pk=edition.pk).update(body=edition.body)
    with pytest.raises(RuleError, match="摘要不符"):
        rule("files/limits", on=date(2012, 2, 1), jurisdiction="j")
