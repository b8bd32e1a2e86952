"""The first register's files as flat rows: templates expanded, dates read, names put in their places.

Pure reading: no table is touched here. Rows name each other by their keys; `reference` writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from zhize.kit.errors import BadInput, Problem
from zhize.kit.yaml_text import yaml_of

Row = dict[str, Any]
FILES = ("regions", "units", "successors", "programmes", "jurisdictions", "documents", "members")


@dataclass
class ReferenceRows:
    """Everything the files say, one list a table, in an order in which it can be written."""

    regions: list[Row] = field(default_factory=list)
    programmes: list[Row] = field(default_factory=list)
    units: list[Row] = field(default_factory=list)
    aliases: list[Row] = field(default_factory=list)
    successions: list[Row] = field(default_factory=list)
    jurisdictions: list[Row] = field(default_factory=list)
    memberships: list[Row] = field(default_factory=list)
    group_members: list[Row] = field(default_factory=list)


def reference_read(path: Path, *, counties: frozenset[str] = frozenset()) -> ReferenceRows:
    """Reads a register's folder. `counties` are the county codes whose jurisdictions are opened from templates.

    Units of every prefecture and county are made from templates; a county's jurisdiction only when named,
    since whether a county runs the work is its prefecture's decision (clause 四).
    """
    files = {name: _load(path / f"{name}.yaml") for name in FILES}
    register_from: date = files["units"]["meta"]["register_from"]
    rows = ReferenceRows(
        regions=list(_regions(files["regions"])),
        programmes=[_pick(p, "code", "name", "name_en") for p in files["programmes"]["programmes"]],
    )
    regions = files["regions"]["regions"]
    templates = files["units"]["templates"]
    made = [
        (one, _fill(template, region))
        for region in regions
        for template in templates
        if region["level"] in template["levels"]
        for one in [region]
    ]
    listed = files["units"]["units"]
    for unit in listed:
        rows.units.append(_unit(unit))
        rows.aliases += [{"unit": unit["key"], "name": name} for name in _other_names(unit)]
    for region, unit in made:
        dates = _pick(region, "valid_from", "valid_to")
        rows.units.append(_unit(unit | dates | {"region": region["code"]}))
    rows.successions = list(_successions(files["successors"]))
    rows.jurisdictions = list(_jurisdictions(files["jurisdictions"], regions, counties))
    rows.memberships = list(_memberships(rows, files, made, register_from))
    rows.group_members = list(_group_members(files["members"], files["documents"]))
    return rows


def demo_people_read(path: Path) -> tuple[list[Row], frozenset[str]]:
    """The demonstration's people and the counties it opens (demo.yaml)."""
    demo = _load(path / "demo.yaml")
    return list(demo["persons"]), frozenset(str(code) for code in demo["county_jurisdictions"])


def _load(file: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = yaml_of(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadInput(
            f"参考数据缺少文件 {file.name}", where=str(file.parent.name), remedy="请补齐后重新装载"
        ) from error
    except yaml.YAMLError as error:
        raise BadInput(
            f"{file.name} 不是有效的 YAML",
            problems=[Problem(str(error), where=file.name)],
            remedy="请按所指位置改正",
        ) from error
    return content


def _pick(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names}


def _regions(content: Row) -> Iterator[Row]:
    """All regions with an order of their own: the files number brothers, the table needs one order for the tree.

    Sample: 甘肃省 620000, 兰州市 620010, 城关区 620020: the province's code leaves room for others beside it.
    """
    rows = [*content["regions"], *content["zones"]]
    children: dict[str | None, list[Row]] = {}
    for row in sorted(rows, key=lambda r: r["order"]):
        children.setdefault(row["parent"], []).append(row)
    place = 0

    def walk(parent: str | None) -> Iterator[Row]:
        nonlocal place
        for row in children.get(parent, []):
            if parent is None:
                place = int(row["code"][:2]) * 10_000
            yield _pick(
                row, "code", "name", "short", "name_en", "level", "parent", "valid_from", "valid_to"
            ) | {"order": place}
            place += 10
            yield from walk(row["code"])

    yield from walk(None)


def _fill(template: Row, region: Row) -> Row:
    """A template's row for one region; sample: "{short}质监局" and 兰州市 give 兰州市质监局."""
    places = {k: region[k] or "" for k in ("code", "name", "short", "name_en", "parent")}
    places["parent_jurisdiction"] = region.get("parent_jurisdiction", "")
    return {k: v.format(**places) if isinstance(v, str) else v for k, v in template.items()}


def _unit(row: Row) -> Row:
    return {
        "code": row["key"],
        "region": row["region"],
        "name": row["short"],
        "full_name": row["name"],
        "name_en": row["name_en"],
        "kind": row["kind"],
        "governance": row["governance"],
        "order": row["order"],
        "located_in": row["hosted_by"],
        "answers_through": row["answers_through"],
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
        "confirmed": not row.get("configured", False),
    }


def _other_names(unit: Row) -> list[str]:
    names = [*unit["aliases"], unit["printed"]]
    return [n for n in dict.fromkeys(names) if n and n not in (unit["short"], unit["name"])]


def _successions(content: Row) -> Iterator[Row]:
    for row in content["successions"]:
        for old in row["from"]:
            for new in row["to"]:
                yield {
                    "predecessor": old,
                    "successor": new,
                    "kind": row["kind"],
                    "effective_on": row["effective"],
                    "date_confirmed": bool(row["confirmed"]),
                    "is_primary": row["primary"] == new,
                    "moved": row["scope"],
                    "basis": row["source"],
                }


def _jurisdictions(content: Row, regions: list[Row], counties: frozenset[str]) -> Iterator[Row]:
    listed = {row["region"]: row for row in content["jurisdictions"]}
    wanted = list(content["jurisdictions"])
    for region in regions:
        if region["code"] in counties:
            above = listed[region["parent"]]["code"]
            wanted += [
                _fill(t, region | {"parent_jurisdiction": above}) | {"region": region["code"]}
                for t in content["templates"]
                if region["level"] in t["levels"]
            ]
    for row in wanted:
        yield {
            "code": row["code"],
            "region": row["region"],
            "programme": row["programme"],
            "name": row["name"],
            "parent": row["parent"],
            "group_unit": row["group"],
            "office_unit": row["office"],
            "assessed_as": row["assessed_as"],
        }


def _memberships(
    rows: ReferenceRows, files: dict[str, Row], made: list[tuple[Row, Row]], since: date
) -> Iterator[Row]:
    """Group, office, members, and the governments below: members of the province as printed, of the others by template."""
    printed = [unit for item in files["units"]["items"] for unit in item["units"]]
    local: dict[str, list[str]] = {}
    for region, unit in made:
        if unit["member"]:
            local.setdefault(region["code"], []).append(unit["key"])
    basis = {row["code"]: row["source"] for row in files["jurisdictions"]["jurisdictions"]}
    for j in rows.jurisdictions:
        source = basis.get(j["code"], "责任制度 四")
        members = printed if j["parent"] is None else local.get(j["region"], [])
        places = [("group", j["group_unit"]), ("office", j["office_unit"])]
        places += [("member", unit) for unit in members]
        places += [
            ("assessed", below["assessed_as"])
            for below in rows.jurisdictions
            if below["parent"] == j["code"] and below["assessed_as"]
        ]
        for order, (capacity, unit) in enumerate(places, 1):
            yield {
                "jurisdiction": j["code"],
                "unit": unit,
                "capacity": capacity,
                "order": order,
                "valid_from": since,
                "valid_to": None,
                "basis": source if capacity != "member" or j["parent"] else "责任制度 三",
            }


def _group_members(content: Row, documents: Row) -> Iterator[Row]:
    numbers = {d["key"]: d["number"] or d["title"] for d in documents["documents"]}
    for one in content["lists"]:
        for line in one["members"]:
            yield {
                "jurisdiction": one["jurisdiction"],
                "capacity": line["capacity"],
                "title": line["post"],
                "person": "",
                "unit": line["unit"],
                "order": line["order"],
                "valid_from": one["valid_from"],
                "valid_to": one["valid_to"],
                "basis": numbers[one["document"]],
                "confirmed": bool(one["confirmed"]) and not line["configured"],
            }
