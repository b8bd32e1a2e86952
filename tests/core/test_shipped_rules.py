"""The shipped edition of rules: every value has a day it starts and a source; ours say that they are ours."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

RULES = Path(__file__).resolve().parents[2] / "src" / "zhize" / "rules"
FILES = [
    "files/limits", "orgs/roles", "orgs/sign_in", "regulations/natures", "years/lights",
]  # fmt: skip


def load(name: str) -> Any:
    return yaml.safe_load((RULES / f"{name}.yaml").read_text(encoding="utf-8"))


def value(name: str, key: str) -> Any:
    return next(row for row in load(name)["values"] if row["key"] == key)["dated"][-1]["value"]


@pytest.mark.parametrize("name", FILES)
def test_no_value_without_its_first_day_and_its_source(name: str) -> None:
    data = load(name)
    assert data["subject"] == name and data["title"] and data["title_en"]
    keys = [row["key"] for row in data["values"]]
    assert len(set(keys)) == len(keys)
    for row in data["values"]:
        assert set(row) == {"key", "label", "label_en", "unit", "adjustable", "dated"}
        assert row["label"] and row["label_en"] and row["dated"]
        days = [entry["from"] for entry in row["dated"]]
        assert all(isinstance(day, dt.date) for day in days) and days == sorted(set(days))
        for entry in row["dated"]:
            assert set(entry) == {"from", "value", "source", "configured"}
            assert len(entry["source"]) >= 4, row["key"]


@pytest.mark.parametrize("name", FILES)
def test_a_number_that_no_text_prescribes_says_that_it_is_ours(name: str) -> None:
    for row in load(name)["values"]:
        for entry in row["dated"]:
            if "系统默认" in entry["source"]:
                assert entry["configured"] is True, row["key"]
            if not entry["configured"]:
                assert re.search(r"责任制度|法》|GB/T", entry["source"]), row["key"]


def test_the_twelve_roles_are_there_each_on_its_level_and_the_three_administrators_apart() -> None:
    roles = {
        r["key"][5:]: r["dated"][-1]["value"] for r in load("orgs/roles")["values"] if r["key"][:5] == "role."
    }
    assert list(roles) == [
        "leader", "office_director", "office_staff", "unit_head", "liaison", "clerk", "assessor", "inspector",
        "system_admin", "security_admin", "audit_admin", "external_auditor",
    ]  # fmt: skip
    assert {role["level"] for role in roles.values()} == {"jurisdiction", "unit", "round", "system"}
    assert [role["order"] for role in roles.values()] == list(range(1, 13))
    for row in load("orgs/roles")["values"]:
        if row["key"].startswith("separation."):
            assert set(row["dated"][-1]["value"]["roles"]) <= set(roles)
    assert set(value("orgs/roles", "separation.three_admins")["roles"]) == {
        "system_admin", "security_admin", "audit_admin",
    }  # fmt: skip
    assert roles["external_auditor"]["read_only"] and roles["external_auditor"]["needs_end"]


def test_due_dates_exist_on_a_year_of_any_start_and_as_many_as_periods() -> None:
    kinds = [row for row in load("regulations/natures")["values"] if row["key"].startswith("kind.")]
    natures = {
        row["key"][7:] for row in load("regulations/natures")["values"] if row["key"].startswith("nature.")
    }
    assert natures == {"periodic", "once", "counted", "standing"}
    for row in kinds:
        rule = row["dated"][-1]["value"]
        assert rule["nature"] in natures and rule["holders"] in {"group", "office", "members", "governments"}
        assert len(rule["due"]) == (rule["per_year"] or 0)
        assert all(re.fullmatch(r"[一二三四]（[一二三四五]）", clause) for clause in rule["clauses"])
        for due in rule["due"]:
            assert due["year"] in (0, 1) and 1 <= due["month"] <= 12
            assert due["day"] == "last" or 1 <= due["day"] <= 28, "28 日之后的写 last：年度可从任何月份起"
        if rule["nature"] == "standing":
            assert not rule["due"]


def test_what_lower_levels_owe_falls_due_before_what_the_upper_level_makes_of_it() -> None:
    def months(kind: str) -> int:
        due = value("regulations/natures", f"kind.{kind}")["due"][-1]
        return int(due["year"]) * 12 + int(due["month"])

    assert months("annual_plan") < months("provincial_plan")
    assert months("local_assessment_report") < months("annual_assessment") < months("result_notice")
    assert months("annual_summary") < months("annual_assessment")
    assert months("provincial_plan") < months("local_scheme"), "地方方案在全省计划之后"


def test_secrecy_marks_are_the_three_of_the_law_and_upload_limits_hang_together() -> None:
    assert value("files/limits", "secrecy_marks") == ["绝密", "机密", "秘密"]
    assert value("files/limits", "max_upload_mb") < value("files/limits", "max_unpacked_mb")
    extensions = [kind["ext"] for kind in value("files/limits", "allowed_types")]
    assert len(set(extensions)) == len(extensions) and not {
        "exe",
        "html",
        "svg",
        "zip",
        "docm",
        "xlsm",
    } & set(extensions)


def test_sign_in_is_no_weaker_than_it_was_meant_to_be_and_administrators_need_a_code() -> None:
    assert value("orgs/sign_in", "password_min_length") >= 8
    assert 3 <= value("orgs/sign_in", "lock_after_failures") <= 10
    assert value("orgs/sign_in", "session_idle_minutes") < value("orgs/sign_in", "session_hours") * 60
    assert set(value("orgs/sign_in", "totp_roles")) == {"system_admin", "security_admin", "audit_admin"}
    assert max(value("years/lights", "remind_days")) <= value("years/lights", "warn_days")
