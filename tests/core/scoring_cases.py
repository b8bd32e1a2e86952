"""Golden cases of scoring, written short: one leaf, one table, or one mark each; expanded to the method's own input."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tests.core.test_cases import iso

from zhize.kit.yaml_text import yaml_of

CASES = Path(__file__).parent.parent / "cases" / "scoring"
BURDEN = Path(__file__).resolve().parents[2] / "src/zhize/rules/scoring/burden.yaml"


@cache
def burden() -> list[dict[str, Any]]:
    """The shipped burden rules, as the engine takes them."""
    rows = yaml_of(BURDEN.read_text(encoding="utf-8"))["values"]
    return [
        {"code": row["key"], "source": row["dated"][-1]["source"], **row["dated"][-1]["value"]}
        for row in rows
    ]


def cases() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.stem, case)
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml_of(path.read_text(encoding="utf-8"))
    ]


def given(case: dict[str, Any]) -> dict[str, Any]:
    """The input of `scoring.score`: {scheme, objects, burden}."""
    found: dict[str, Any] = {"scheme": case["scheme"] if "scheme" in case else _one_leaf(case["leaf"])}
    found["objects"] = list(_objects(case))
    if case.get("burden") == "shipped":
        found["burden"] = burden()
    plain: dict[str, Any] = iso(_without_none(found))
    return plain


def _one_leaf(leaf: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": "示例",
        "points": leaf.get("points", "0"),
        "blocks": [{"code": "x", "title": "本项", **leaf}],
    }


def _objects(case: dict[str, Any]) -> Any:
    """甲 alone with `facts`; `all` numbers them; `each` marks the one leaf m; `objects` says it all."""
    if "objects" in case:
        sheets = case["objects"]
    elif "each" in case:
        sheets = {name: {} if mark is None else {"m": {"value": mark}} for name, mark in case["each"].items()}
    elif "all" in case:
        sheets = {str(number): {"x": facts} for number, facts in enumerate(case["all"])}
    elif "leaf" in case:
        sheets = {"甲": {"x": case["facts"]} if "facts" in case else {}}
    else:
        sheets = {}
    for name, facts in sheets.items():
        one: dict[str, Any] = {"id": name, "name": name, "facts": facts}
        one["groups"] = case.get("groups", {}).get(name)
        one["vetoes"] = case.get("vetoes", {}).get(name)
        unranked = [str(number) for number in case.get("unranked", [])]
        one["ranked"] = False if name in unranked else None
        yield one


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    return [_without_none(inner) for inner in value] if isinstance(value, list) else value
