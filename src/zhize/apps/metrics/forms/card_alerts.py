"""The alert rules of a card as fields of its form: the lines that hold now, and dated ones line by line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zhize.apps.metrics.forms.numbers import figure_from, plain
from zhize.apps.metrics.models import Card
from zhize.core.metrics.alerts import SHARES

Rules = list[dict[str, Any]]


def alerts_initial(card: Card) -> dict[str, Any]:
    """The card's rules as its form shows them."""
    now: Rules = [one for one in card.alerts if not one.get("from")]
    line: dict[str, Any] = next((a for a in now if a.get("kind") == "threshold"), {})
    change: dict[str, Any] = next((a for a in now if a.get("kind") == "year_ago"), {})
    higher, lower = (card.direction == one for one in (Card.Direction.HIGHER, Card.Direction.LOWER))
    return {
        "alert_low": line.get("value") if higher else line.get("minimum"),
        "alert_high": line.get("value") if lower else line.get("maximum"),
        "alert_change": change.get("points", change.get("percent")),
        "alert_source": line.get("source", ""),
        "alert_later": "\n".join(
            f"{one['from']} {one['value']} {one.get('source', '')}".strip() for one in _later(card.alerts)
        ),
    }


def alerts_from(data: dict[str, Any], kept: Rules) -> Rules:
    """What the fields say, taken out of `data`. A line nobody moved stays the example it was; what has no field is kept."""
    low, high, change, source, later = (
        data.pop(f"alert_{name}") for name in ("low", "high", "change", "source", "later")
    )
    if data["direction"] == Card.Direction.RANGE:
        bounds = {"minimum": low, "maximum": high}
    else:
        bounds = {"value": low if low is not None else high}
    found: Rules = []
    if written := {name: plain(value) for name, value in bounds.items() if value is not None}:
        found.append(_as_before({"kind": "threshold"} | written, kept, source))
    if change is not None:
        moved = {"kind": "year_ago", "points" if data["unit"] in SHARES else "percent": plain(change)}
        found.append(_as_before(moved, kept, ""))
    theirs = _later(kept)
    return [*found, *later, *(one for one in kept if one.get("from") and one not in theirs)]


def _as_before(rule: dict[str, Any], kept: Rules, source: str) -> dict[str, Any]:
    if source:
        return rule | {"source": source}
    numbers = ("value", "minimum", "maximum", "points", "percent")
    for one in kept:
        same = one.get("kind") == rule["kind"] and not one.get("from")
        if same and all(str(one.get(name, "")) == rule.get(name, "") for name in numbers):
            return rule | {name: one[name] for name in ("example",) if name in one}
    return rule


def _later(rules: Rules) -> Rules:
    """Dated lines of one value: those the form can write."""
    return [one for one in rules if one.get("from") and one.get("kind") == "threshold" and "value" in one]


def later_from(text: str, unit: str) -> Rules:
    """2015-01-01 95 出处, one a line. Raises `ValidationError` naming the line."""
    found: Rules = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split(maxsplit=2)
        if not parts:
            continue
        try:
            day = date.fromisoformat(parts[0])
            value = figure_from(parts[1], whole=False, unit=unit)
        except (ValueError, IndexError, forms.ValidationError):
            value = None
        if value is None:
            raise forms.ValidationError(
                _("第 %(n)s 行看不懂。请按“2015-01-01 95 出处”写，一行一条。") % {"n": number}
            )
        rule: dict[str, Any] = {"kind": "threshold", "value": plain(value), "from": day.isoformat()}
        found.append(rule | ({"source": parts[2]} if len(parts) > 2 else {}))
    return found
