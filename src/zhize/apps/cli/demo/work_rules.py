"""工作规则 of an office (二（四）): brought in as they were, revised or looked at again during the year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhize.apps.cli.demo.stage import Stage, actor, at, read_yaml
from zhize.apps.regulations import services
from zhize.apps.regulations.models import Regulation

REGISTERED = date(2012, 1, 10)


def play(stage: Stage) -> None:
    """The province's office."""
    of_place(stage, "gs")


def of_place(stage: Stage, place: str) -> None:
    """The rules of one place, registered in January by its office, each later text on its own day."""
    for row in read_yaml(stage.folder / "work_rules.yaml")["places"][place]:
        first, *later = row["texts"]
        rules = _registered(stage, place, row, first)
        for text in later:
            _adopted(rules, place, text["adopted_on"], text["text"], text["in_force_on"])
        if review := row.get("review"):
            services.work_rules_review(
                regulation=rules, opinion=review["opinion"], expected=None,
                actor=actor(f"{place}-office", review["day"]), now=at(review["day"], 15),
            )  # fmt: skip


def _registered(stage: Stage, place: str, row: Mapping[str, Any], first: Mapping[str, Any]) -> Regulation:
    day = first.get("adopted_on", REGISTERED)
    rules = services.regulation_create(
        jurisdiction=stage.jurisdiction,
        data={
            "sort": Regulation.Sort.WORK_RULES,
            "code": "",
            "title": row["title"],
            "issuer": row["issuer"],
            "issued_on": first["in_force_on"],
            "in_force_from": first["in_force_on"],
            "note": "演示数据。" + row["note"],
        },
        actor=actor(f"{place}-office", day),
        now=at(day),
    )
    _adopted(rules, place, day, first["text"], first["in_force_on"])
    return rules


def _adopted(rules: Regulation, place: str, day: date, text: str, starts: date) -> None:
    office = actor(f"{place}-office", day)
    services.version_read(regulation=rules, text=text, in_force_on=starts, actor=office, now=at(day, 11))
    services.work_rules_adopt(regulation=rules, expected=None, actor=office, now=at(day, 14))
