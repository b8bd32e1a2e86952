"""Units of 2011 in their printed order, their templates, and who succeeded whom."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from tests.core.reference import IN_FORCE, expanded, load, region_rows, unit_keys, valid_on

PRINTED = (  # as the regulation prints them, part three (one); typed here a second time on purpose
    (1, "省质监局"), (2, "甘肃出入境检验检疫局"), (3, "省工商局"),
    (4, "省建设厅"), (4, "省交通运输厅"), (4, "省水利厅"), (5, "省教育厅"),
    (6, "省农牧厅"), (6, "省林业厅"), (7, "省发展改革委"), (7, "省工信委"), (7, "省政府国资委"),
    (8, "省科技厅"), (9, "省财政厅"), (10, "省卫生厅"), (10, "省食品药品监管局"),
    (11, "省环保厅"), (12, "省安监局"), (13, "省统计局"), (14, "省商务厅"), (14, "省旅游局"),
)  # fmt: skip


def test_21_member_units_stand_in_14_items_in_the_printed_order() -> None:
    units = {row["key"]: row for row in load("units")["units"]}
    items = load("units")["items"]
    printed = [(item["item"], units[key]["printed"]) for item in items for key in item["units"]]
    assert printed == list(PRINTED) and len(items) == 14
    orders = [units[key]["order"] for item in items for key in item["units"]]
    assert orders == sorted(orders)
    assert all(valid_on(units[key], IN_FORCE) for item in items for key in item["units"])


def test_the_three_kinds_of_governance_of_2011_are_where_they_belong() -> None:
    by_governance: dict[str, set[str]] = {}
    units = {row["key"]: row for row in load("units")["units"]}
    for item in load("units")["items"]:
        for key in item["units"]:
            by_governance.setdefault(units[key]["governance"], set()).add(key)
    assert by_governance.pop("central") == {"gs-ciq"}
    assert by_governance.pop("vertical_below_province") == {"gs-zjj", "gs-gsj"}
    assert set(by_governance) == {"local"}


def test_no_name_means_two_units_on_the_same_day() -> None:
    for day in (IN_FORCE, dt.date(2014, 6, 1), dt.date(2017, 6, 1), dt.date(2020, 1, 1)):
        seen: dict[str, str] = {}
        for unit in load("units")["units"]:
            if valid_on(unit, day):
                for name in {unit["name"], unit["short"], *unit["aliases"], *filter(None, [unit["printed"]])}:
                    assert seen.setdefault(name, unit["key"]) == unit["key"], f"{day} {name}"


def test_units_and_their_templates_expand_to_unique_keys_whose_references_resolve() -> None:
    rows = [*load("units")["units"], *expanded("units")]
    assert len(unit_keys()) == len(rows)
    for row in rows:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["key"])
        assert row["region"] in region_rows()
        assert row["kind"] in {"government", "leading_group", "office", "department", "agency", "other"}
        assert (row["kind"] == "agency") == (row["governance"] == "central"), "agency 只指中央在地方单位"
        assert {row["parent"], row["hosted_by"], row["answers_through"]} - {None} <= unit_keys()
        assert "{" not in row["name"] + row["name_en"] + row["short"]


def test_no_two_local_units_of_one_region_share_a_name() -> None:
    names = [
        (row["region"], field, row[field])
        for row in expanded("units")
        for field in ("name", "short", "name_en")
    ]
    assert len(set(names)) == len(names)


def test_successions_are_dated_sourced_and_say_why_they_are_in_doubt() -> None:
    for row in load("successors")["successions"]:
        assert isinstance(row["effective"], dt.date) and row["precision"] in {"day", "month", "year"}
        assert row["scope"] and row["source"] and isinstance(row["confirmed"], bool)
        assert row["confirmed"] or row["why"], row["key"]
        tomorrow = row["effective"] + dt.timedelta(days=1)
        if row["precision"] != "day":
            assert tomorrow.day == 1, f"{row['key']}：只知月份的取月末"
        if row["precision"] == "year":
            assert tomorrow.month == 1, f"{row['key']}：只知年份的取年末"


def test_a_unit_ends_exactly_when_its_one_heir_takes_over() -> None:
    units = {row["key"]: row for row in load("units")["units"]}
    heirs: dict[str, list[dict[str, Any]]] = {}
    for row in load("successors")["successions"]:
        assert set(row["from"] + row["to"]) <= set(units)
        assert row["primary"] is None or row["primary"] in row["to"]
        assert row["primary"] is None or row["ends"], row["key"]
        for key in row["to"]:
            assert (units[key]["valid_from"] or dt.date.min) <= row["effective"]
        for key in row["from"]:
            assert valid_on(units[key], row["effective"] - dt.timedelta(days=1))
            if row["ends"]:
                assert units[key]["valid_to"] == row["effective"]
                heirs.setdefault(key, []).append(row)
    assert set(heirs) == {key for key, unit in units.items() if unit["valid_to"]}
    assert all(sum(row["primary"] is not None for row in rows) == 1 for rows in heirs.values())


def test_successions_have_no_cycle() -> None:
    edges: dict[str, set[str]] = {}
    for row in load("successors")["successions"]:
        for key in row["from"]:
            edges.setdefault(key, set()).update(row["to"])
    done: set[str] = set()

    def walk(key: str, path: tuple[str, ...]) -> None:
        assert key not in path, " → ".join([*path, key])
        if key not in done:
            for following in edges.get(key, ()):
                walk(following, (*path, key))
            done.add(key)

    for key in list(edges):
        walk(key, ())


def test_by_2020_the_21_members_of_2011_have_become_19_bodies() -> None:
    heir = {k: r["primary"] for r in load("successors")["successions"] if r["primary"] for k in r["from"]}
    bodies = set()
    for item in load("units")["items"]:
        for key in item["units"]:
            while key in heir:
                key = heir[key]
            bodies.add(key)
    assert len(bodies) == 19 and {"gs-scjg", "lz-customs", "gs-wlt", "gs-wjw"} <= bodies
