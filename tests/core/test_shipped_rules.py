"""The shipped edition of rules: every value has a day it starts and a source; ours say that they are ours."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from zhize.kit.yaml_text import yaml_of

RULES = Path(__file__).resolve().parents[2] / "src" / "zhize" / "rules"
FILES = [
    "files/limits", "orgs/roles", "orgs/sign_in", "regulations/natures", "scoring/burden", "work/conference", "work/ladder", "work/plans",
    "years/lights", "years/rollover",
]  # fmt: skip


def load(name: str) -> Any:
    return yaml_of((RULES / f"{name}.yaml").read_text(encoding="utf-8"))


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


def kinds() -> dict[str, Any]:
    rows = load("regulations/natures")["values"]
    return {row["key"][5:]: row["dated"][-1]["value"] for row in rows if row["key"].startswith("kind.")}


def test_default_due_dates_hang_on_the_work_year_so_that_any_start_day_fits() -> None:
    rows = load("regulations/natures")["values"]
    natures = [row["key"][7:] for row in rows if row["key"].startswith("nature.")]
    assert natures == ["periodic", "once", "counted", "standing"]
    for key, rule in kinds().items():
        assert len(key) <= 20
        assert rule["nature"] in natures and rule["holders"] in {"group", "office", "members", "locals"}
        assert all(re.fullmatch(r"[一二三四]（[一二三四五]）", clause) for clause in rule["clauses"])
        if rule["recurrence"] is None:
            assert key in {"assigned_matter", "standing_duty"}
            continue
        ((way, span),) = rule["recurrence"]["due"].items()
        assert (way == "after_in_force") == (rule["recurrence"]["every"] == "once")
        assert way in {"after_in_force", "after_start", "before_end", "after_end"} and span["days"] >= 0


def test_what_lower_levels_owe_falls_due_before_what_the_upper_level_makes_of_it() -> None:
    def day(kind: str) -> int:
        """Day of the work year, counted from its first; 365 is its end."""
        ((way, span),) = kinds()[kind]["recurrence"]["due"].items()
        return {"after_start": 0, "before_end": 365, "after_end": 365}[way] + (
            -span["days"] if way == "before_end" else span["days"]
        )

    assert day("annual_plan") < day("provincial_plan")
    assert day("annual_summary") < day("annual_assessment")
    assert day("local_conference") < day("joint_conference")
    assert day("local_assessment") < day("annual_assessment") < day("result_notice")


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
