"""The shipped rules about roles, as plain values (rules/orgs/roles.yaml, each value from a date on)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import yaml
from django.conf import settings
from django.utils import translation

UNIT_ROLES = frozenset({"unit_head", "liaison", "clerk"})
ADMIN_ROLES = frozenset({"system_admin", "security_admin", "audit_admin"})
GUARDED_ROLES = ADMIN_ROLES | {"external_auditor"}


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


def _value_on(item: dict[str, Any], day: date) -> dict[str, Any] | None:
    """The last dated value whose `from` is not after the day."""
    reached = [one for one in item["dated"] if one["from"] <= day]
    return reached[-1] if reached else None


@lru_cache(maxsize=1)
def _items() -> list[dict[str, Any]]:
    # Isolated here until rule editions (kit.rules) carry jurisdictions' own versions: the shipped file is
    # not adjustable, so reading it directly gives the same answer.
    text = (settings.RULES_DIR / "orgs" / "roles.yaml").read_text(encoding="utf-8")
    values: list[dict[str, Any]] = yaml.safe_load(text)["values"]
    return values


@lru_cache(maxsize=64)
def roles_on(day: date) -> dict[str, RoleRule]:
    """All roles in force on the day, by code, in their listed order."""
    rules = {}
    for item in _items():
        kind, _, code = item["key"].partition(".")
        if kind == "role" and (dated := _value_on(item, day)):
            v = dated["value"]
            rules[code] = RoleRule(
                code, item["label"], item["label_en"], v["level"], v["read_only"], v["needs_end"], v["order"]
            )
    return dict(sorted(rules.items(), key=lambda pair: pair[1].order))


@lru_cache(maxsize=64)
def separations_on(day: date) -> tuple[Separation, ...]:
    """All incompatibilities in force on the day (GB/T 22239—2019 8.1.5 for the three administrators)."""
    found = []
    for item in _items():
        kind, _, code = item["key"].partition(".")
        if kind == "separation" and (dated := _value_on(item, day)):
            v = dated["value"]
            found.append(
                Separation(
                    code, item["label"], frozenset(v["roles"]), frozenset(v["at_levels"]), dated["source"]
                )
            )
    return tuple(found)


def separations_broken(roles: frozenset[str], new: str, level: str, day: date) -> tuple[Separation, ...]:
    """The rules that taking `new` beside `roles` would break in a region of this level. Pure."""
    return tuple(
        rule
        for rule in separations_on(day)
        if level in rule.at_levels and new in rule.roles and (roles & rule.roles) - {new}
    )
