"""The shipped rules about roles, as plain values (rules/orgs/roles.yaml, each value from a date on); the roster on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import translation
from pydantic import BaseModel, ConfigDict, NonNegativeInt, PositiveInt

from zhize.core.papers.days import printed_day
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import Paper, para, table
from zhize.kit.officialdoc.paper import Form
from zhize.kit.rules import register_schema, shipped

# The shipped file is not adjustable, so no jurisdiction's own edition can stand over it.
RULES = "orgs/roles"


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One role: where it belongs, whether it only reads, whether its term must end."""

    code: str
    label_zh: str
    label_en: str
    level: str
    read_only: bool
    needs_end: bool
    order: int

    @property
    def label(self) -> str:
        return self.label_zh if (translation.get_language() or "zh").startswith("zh") else self.label_en


@dataclass(frozen=True, slots=True)
class Separation:
    """Roles of which no two may be one person's, and at which levels of region that is enforced."""

    code: str
    label: str
    roles: frozenset[str]
    at_levels: frozenset[str]
    source: str


@lru_cache(maxsize=64)
def roles_on(day: date) -> dict[str, RoleRule]:
    """All roles in force on the day, by code, in their listed order."""
    rules = {}
    for key, entry in shipped(RULES).entries.items():
        kind, _, code = key.partition(".")
        if kind == "role" and (dated := entry.on(day)):
            v = dated.value
            rules[code] = RoleRule(
                code, entry.label, entry.label_en, v["level"], v["read_only"], v["needs_end"], v["order"]
            )
    return dict(sorted(rules.items(), key=lambda pair: pair[1].order))


@lru_cache(maxsize=64)
def separations_on(day: date) -> tuple[Separation, ...]:
    """All incompatibilities in force on the day (GB/T 22239—2019 8.1.5 for the three administrators)."""
    found = []
    for key, entry in shipped(RULES).entries.items():
        kind, _, code = key.partition(".")
        if kind == "separation" and (dated := entry.on(day)):
            roles, levels = frozenset(dated.value["roles"]), frozenset(dated.value["at_levels"])
            found.append(Separation(code, entry.label, roles, levels, dated.source))
    return tuple(found)


def separations_broken(roles: frozenset[str], new: str, level: str, day: date) -> tuple[Separation, ...]:
    """The rules that taking `new` beside `roles` would break in a region of this level. Pure."""
    return tuple(
        rule
        for rule in separations_on(day)
        if level in rule.at_levels and new in rule.roles and (roles & rule.roles) - {new}
    )


class SignInRule(BaseModel):
    """rules/orgs/sign_in.yaml, typed."""

    model_config = ConfigDict(frozen=True)
    password_min_length: PositiveInt
    password_kinds: NonNegativeInt
    password_max_age_days: PositiveInt
    password_history: NonNegativeInt
    first_sign_in_change: bool
    lock_after_failures: PositiveInt
    lock_minutes: PositiveInt
    session_idle_minutes: PositiveInt
    session_hours: PositiveInt
    totp_required: bool
    totp_roles: tuple[str, ...]


register_schema("orgs/sign_in", SignInRule)
_LESS_IS_STRICTER = ("password_max_age_days", "lock_after_failures", "session_idle_minutes", "session_hours")


def strictest(rules: Sequence[SignInRule]) -> SignInRule:
    """One rule for a person of several jurisdictions: each demand as the strictest of them makes it.

    One password and one session serve all hats, so the mildest jurisdiction must not weaken another. Demands of
    one-time codes are not merged: they go by the hat worn.
    """
    merged = rules[0].model_dump()
    for other in rules[1:]:
        for key, value in other.model_dump().items():
            if isinstance(value, tuple) or key == "totp_required":
                continue
            merged[key] = (min if key in _LESS_IS_STRICTER else max)(merged[key], value)
    return SignInRule.model_validate(merged)


@in_chinese
def roster_paper(place: str, on: date, rows: Sequence[Any]) -> Paper:
    """联络员名册: one line a unit in official order, as `selectors.roster` gives them; a gap stays a gap."""
    head = ("序号", "单位", "分管领导", "职务", "电话", "联络员", "职务", "电话")
    lines = [
        (
            str(number), row.unit.name, row.leader_name or "", row.leader_title or "", row.leader_phone or "",
            row.liaison_name or "", row.liaison_title or "", row.liaison_phone or "",
        )
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    missing = [row.unit.name for row in rows if not (row.leader_name and row.liaison_name)]
    told = para(f"截至{printed_day(on)}，共 {len(rows)} 个单位。")
    left = [para(f"名册不全的单位：{'、'.join(missing)}。")] if missing else []
    return Paper(title=f"{place}联络员名册", body=(told, table(head, lines), *left), form=Form.SHEET)
