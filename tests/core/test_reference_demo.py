"""The demonstration's people: invented, marked, complete, and within the rules they demonstrate."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

from zhize.kit.yaml_text import yaml_of

ROOT = Path(__file__).resolve().parents[2]


def read(path: str) -> Any:
    return yaml_of((ROOT / path).read_text(encoding="utf-8"))


DEMO = read("reference/gansu/demo.yaml")
UNITS = read("reference/gansu/units.yaml")
JURISDICTIONS = read("reference/gansu/jurisdictions.yaml")["jurisdictions"]
RULES = {row["key"]: row["dated"][-1]["value"] for row in read("src/zhize/rules/orgs/roles.yaml")["values"]}
ROLES = {key.removeprefix("role."): value for key, value in RULES.items() if key.startswith("role.")}


def test_every_person_is_marked_and_cannot_be_mistaken_for_a_real_one() -> None:
    assert DEMO["meta"]["marked"] == "演示数据"
    for person in DEMO["persons"]:
        assert person["name"].endswith("（演示）") and person["name_en"].endswith("(demo)")
        assert re.fullmatch(r"0931-0000\d{3}", person["phone"])
        assert person["email"] == f"{person['username']}@example.invalid"
        assert "password" not in person


def test_usernames_telephones_and_display_names_are_unique() -> None:
    for field in ("username", "phone", "name", "name_en"):
        assert max(Counter(person[field] for person in DEMO["persons"]).values()) == 1, field
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", p["username"]) for p in DEMO["persons"])


def test_every_hat_names_a_role_a_unit_and_a_jurisdiction_that_exist() -> None:
    counties = {f"{code}-quality" for code in DEMO["county_jurisdictions"]}
    region_of = {row["code"]: row["region"] for row in JURISDICTIONS} | {c: c[:6] for c in counties}
    listed = {row["key"]: row["region"] for row in UNITS["units"]}
    ends = {row["key"].removeprefix("{code}") for row in UNITS["templates"]}
    for person in DEMO["persons"]:
        assert [hat["acting"] for hat in person["hats"]] == [True] + [False] * (len(person["hats"]) - 1)
        assert person["two_hats"] == (len(person["hats"]) > 1)
        for hat in person["hats"]:
            assert hat["role"] in ROLES and hat["jurisdiction"] in region_of
            assert hat["unit"] in listed or hat["unit"][6:] in ends
            assert bool(hat["valid_to"]) or hat["role"] != "external_auditor", "外部审计必须有期限"


def test_each_of_the_21_members_has_a_liaison_and_every_role_somebody() -> None:
    hats = [hat for person in DEMO["persons"] for hat in person["hats"]]
    members = {key for item in UNITS["items"] for key in item["units"]}
    assert {
        h["unit"] for h in hats if h["role"] == "liaison" and h["jurisdiction"] == "gs-quality"
    } >= members
    assert {hat["role"] for hat in hats} == set(ROLES)


def test_somebody_serves_the_bureau_and_the_office_with_two_hats() -> None:
    pairs = [{hat["unit"] for hat in person["hats"]} for person in DEMO["persons"] if person["two_hats"]]
    assert {"gs-zjj", "gs-office"} in pairs


def test_nobody_holds_two_roles_that_must_be_kept_apart() -> None:
    apart = [
        frozenset(pair)
        for key, value in RULES.items()
        if key.startswith("separation.")
        for pair in combinations(value["roles"], 2)
    ]
    assert frozenset({"system_admin", "audit_admin"}) in apart
    for person in DEMO["persons"]:
        roles = {hat["role"] for hat in person["hats"]}
        assert not [pair for pair in apart if pair <= roles], person["username"]
