"""The rules a jurisdiction may adjust: what is in force, what the product ships, and every version written (ADR 0005)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from zhize.kit.field_data import two_languages
from zhize.kit.models import RuleEdition
from zhize.kit.rules import editions_of, rule, shipped, shipped_names
from zhize.kit.rules.load import Shipped
from zhize.kit.rules.shapes import Kind, Part, dumped, parts_of


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in the list: how many of its values may be adjusted, how many are, since when and after which paper."""

    name: str
    title: str
    keeper: str
    adjustable: int
    adjusted: int
    since: date | None
    source: str
    coming: date | None


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A part of a rule: its words in force, the shipped ones where they differ, and where it comes from."""

    part: Part
    label: str
    words: str
    shipped_words: str
    since: date
    source: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What a new version would change, in words."""

    label: str
    before: str
    after: str


def adjustable_rules() -> list[Shipped]:
    """All rules with anything to adjust, by name."""
    return [one for one in map(shipped, shipped_names()) if any(e.adjustable for e in one.entries.values())]


def adjustable_rule(name: str) -> Shipped | None:
    return next((one for one in adjustable_rules() if one.name == name), None)


def rule_lines(jurisdiction: str, today: date) -> list[RuleLine]:
    """The list. One query, whatever the rules."""
    own: dict[str, list[RuleEdition]] = {}
    rows = RuleEdition.objects.filter(jurisdiction_code=jurisdiction).order_by("-valid_from", "-pk")
    for row in rows:
        own.setdefault(row.name, []).append(row)
    lines = []
    for one in adjustable_rules():
        mine = own.get(one.name, [])
        now = next((row for row in mine if row.valid_from <= today), None)
        later = [row.valid_from for row in mine if row.valid_from > today]
        lines.append(
            RuleLine(
                one.name,
                title_of(one),
                one.keeper,
                sum(e.adjustable for e in one.entries.values()),
                len(now.body["values"]) if now else 0,
                now.valid_from if now else None,
                now.source if now else "",
                min(later, default=None),
            )
        )
    return lines


def value_lines(one: Shipped, jurisdiction: str, today: date) -> list[ValueLine]:
    """Every adjustable part with its value in force. One query."""
    found = rule(one.name, on=today, jurisdiction=jurisdiction).values
    lines = []
    for part in parts_of(one):
        base = one.entries[part.key].on(today)
        held = found.get(part.key)
        if held is None or base is None:
            continue
        words, original = worded(part, part.inside(held.value)), worded(part, part.inside(base.value))
        lines.append(
            ValueLine(
                part,
                label_of(one, part),
                words,
                original if original != words else "",
                held.since,
                held.source,
                bool(held.edition),
            )
        )
    return lines


def values_to_edit(one: Shipped, jurisdiction: str, today: date) -> dict[str, Any]:
    """What a form starts from: the newest own version, in force or yet to come, over the shipped values of today."""
    newest = next(iter(editions_of(one.name, jurisdiction)), None)
    named = newest.body["values"] if newest else {}
    return {
        key: named[key]["value"] if key in named else dated.value
        for key, entry in one.entries.items()
        if entry.adjustable and (dated := entry.on(today))
    }


def changes(
    one: Shipped, before: Mapping[str, Any], after: Mapping[str, Any], parts: Sequence[Part]
) -> list[Change]:
    """Part by part what differs, in words."""
    found = []
    for part in parts:
        old, new = part.inside(before[part.key]), part.inside(after[part.key])
        if old != new:
            found.append(Change(label_of(one, part), worded(part, old), worded(part, new)))
    return found


def title_of(one: Shipped) -> str:
    return str(two_languages(one.title, one.title_en))


def label_of(one: Shipped, part: Part) -> str:
    """督办办法's parts are named by what they belong to: 催办 · 逾期满几日."""
    own = str(two_languages(part.label, part.label_en))
    if not part.name:
        return own
    entry = one.entries[part.key]
    return f"{two_languages(entry.label, entry.label_en)} · {own}"


def worded(part: Part, value: Any) -> str:
    """A value as people read it: the words of its choice, a list with 、, 是 or 否, 不限 where nothing is set."""
    if value is None or value == []:
        return _("（空）")
    choice = {one.value: str(two_languages(one.label, one.label_en)) for one in part.choices}
    match part.kind:
        case Kind.YES:
            return _("是") if value else _("否")
        case Kind.CHOICE:
            return choice.get(str(value), str(value))
        case Kind.SEVERAL | Kind.LINES | Kind.NUMBERS:
            return "、".join(choice.get(str(one), str(one)) for one in value)
        case Kind.STRUCTURE:
            return dumped(value)
    return f"{value} {part.unit}".strip()
