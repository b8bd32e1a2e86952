"""Reading the first register's files for the tests: rows, templates expanded, what is valid on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from zhize.kit.yaml_text import yaml_of

GANSU = Path(__file__).resolve().parents[2] / "reference" / "gansu"
IN_FORCE = dt.date(2011, 7, 12)  # the day the regulation was issued


@cache
def load(name: str) -> Any:
    return yaml_of((GANSU / f"{name}.yaml").read_text(encoding="utf-8"))


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
