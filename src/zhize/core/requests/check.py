"""征集发出前检查: what is looked at before a call reaches those below (减负). Method `requests.check`.

Each rule is a function from the call to what it finds; severities, numbers and words are data
(rules/requests/checks.yaml). See docs/algorithms/call-check.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ..kernel.fields import Fields
from ..kernel.findings import Finding, Severity
from .burden import plain

Said = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another call of the year, sent to some of the same units: its title and the labels it asks."""

    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedCall:
    """A call as the check sees it.

    `labels`: the fields a person fills in; `known`: those the product fills in from its own data. `days`: working days
    from today to the due date. `times`: how often the year asks the same, this call included. `busy`: by unit, how many
    other answers it owes within the same days.
    """

    title: str
    body: str
    labels: tuple[str, ...]
    units: tuple[str, ...]
    days: int
    known: tuple[str, ...] = ()
    times: int = 1
    earlier: tuple[Earlier, ...] = ()
    busy: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallRules:
    """Severities by rule id (a rule not named warns), the numbers and the words."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    least_days: int = 5
    most_fields: int = 20
    most_times: int = 12
    most_at_once: int = 3
    words: tuple[str, ...] = ()

    def severity(self, rule: str) -> Severity:
        return self.severities.get(rule, Severity.WARN)


Rule = Callable[[AskedCall, CallRules], Iterator[Said]]


def check_call(call: AskedCall, rules: CallRules) -> tuple[Finding, ...]:
    """All findings, those that stop the call first, else in the order of the rules."""
    found = [
        Finding(name, severity, *said)
        for name, rule in RULES.items()
        if (severity := rules.severity(name)) is not Severity.OFF
        for said in rule(call, rules)
    ]
    return tuple(sorted(found, key=lambda one: one.severity is not Severity.REFUSE))


def _repeated(call: AskedCall, _rules: CallRules) -> Iterator[Said]:
    """A question somebody has answered is not asked again; what the product fills in costs nobody an answer."""
    known = {plain(label) for label in call.known}
    where = [(one.title, {plain(label) for label in one.labels}) for one in call.earlier]
    for label in call.labels:
        asked = plain(label)
        if asked in known:
            continue
        if titles := [title for title, labels in where if asked in labels]:
            said = "、".join(f"《{title}》" for title in titles[:3])
            more = f"等 {len(titles)} 次征集" if len(titles) > 3 else ""
            yield (
                f"填报项·{label}",
                f"“{label}”在{said}{more}中已经要过",
                "从那次的汇总表取数，或设为预填；确需再填的，写明理由",
            )


def _short(call: AskedCall, rules: CallRules) -> Iterator[Said]:
    if call.days < rules.least_days:
        yield (
            "报送期限",
            f"离报送期限只有 {max(call.days, 0)} 个工作日，少于 {rules.least_days} 个工作日",
            "顺延期限；确属紧急的，写明理由",
        )


def _many(call: AskedCall, rules: CallRules) -> Iterator[Said]:
    if len(call.labels) > rules.most_fields:
        yield (
            "填报项",
            f"要填 {len(call.labels)} 项，多于 {rules.most_fields} 项",
            "删去可以不要的项，或由系统数据预填",
        )


def _often(call: AskedCall, rules: CallRules) -> Iterator[Said]:
    if call.times > rules.most_times:
        yield (
            "次数",
            f"本年度第 {call.times} 次要同样的内容，多于 {rules.most_times} 次",
            "合并到已有的征集中，或改为按季报送",
        )


def _crowded(call: AskedCall, rules: CallRules) -> Iterator[Said]:
    crowded = [name for name in call.units if call.busy.get(name, 0) >= rules.most_at_once]
    if crowded:
        said = "、".join(crowded[:3]) + (f"等 {len(crowded)} 个单位" if len(crowded) > 3 else "")
        yield (
            "征集对象",
            f"{said}在同一周内已有 {rules.most_at_once} 件以上待报送",
            "错开期限，或与其他征集合并",
        )


def _words(call: AskedCall, rules: CallRules) -> Iterator[Said]:
    places = [
        ("标题", call.title),
        ("要求", call.body),
        *((f"填报项·{label}", label) for label in call.labels),
    ]
    for where, text in places:
        if found := next((word for word in rules.words if word in text), ""):
            yield where, f"出现加重基层负担的要求（“{found}”）", "删去，或说明依据并报批"


def _unfilled(call: AskedCall, _rules: CallRules) -> Iterator[Said]:
    if call.times > 1 and call.labels and not call.known:
        yield (
            "填报项",
            f"本年度第 {call.times} 次征集，没有一项预填",
            "能由系统数据或上期报送填入的项，设为预填",
        )


RULES: dict[str, Rule] = {
    "field.repeated": _repeated,
    "days.short": _short,
    "fields.many": _many,
    "times.many": _often,
    "units.crowded": _crowded,
    "words.burden": _words,
    "fields.unfilled": _unfilled,
}

_CALL = ("title", "body", "labels", "known", "units", "days", "times", "earlier", "busy", "rules")
_RULES = ("severities", "least_days", "most_fields", "most_times", "most_at_once", "words")


def calc_call_check(data: object) -> dict[str, object]:
    """Method `requests.check`: plain data in, plain data out. Raises CoreError."""
    fields = Fields(data, _CALL)
    call = AskedCall(
        title=fields.text("title", ""),
        body=fields.text("body", ""),
        labels=_texts(fields, "labels"),
        known=_texts(fields, "known"),
        units=_texts(fields, "units"),
        days=fields.integer("days", -366, 366),
        times=fields.integer("times", 1, 366, 1),
        earlier=tuple(_earlier(one, place) for one, place in fields.items("earlier")),
        busy=dict(_busy(one, place) for one, place in fields.items("busy")),
    )
    found = check_call(call, _rules(fields))
    return {
        "findings": [one.as_dict() for one in found],
        "may_go": all(one.severity is not Severity.REFUSE for one in found),
    }


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(str(one) for one, _place in fields.items(name))


def _earlier(data: object, where: str) -> Earlier:
    one = Fields(data, ("title", "labels"), where)
    return Earlier(one.text("title"), _texts(one, "labels"))


def _busy(data: object, where: str) -> tuple[str, int]:
    one = Fields(data, ("unit", "number"), where)
    return one.text("unit"), one.integer("number", 0, 1000)


def _rules(fields: Fields) -> CallRules:
    if not fields.has("rules"):
        return CallRules()
    given = fields.child("rules", _RULES)
    plain_rules = CallRules()
    severities = given.child("severities", tuple(RULES)) if given.has("severities") else None
    return CallRules(
        severities={name: severities.choice(name, Severity) for name in RULES if severities.has(name)} if severities else {},
        least_days=given.integer("least_days", 0, 366, plain_rules.least_days),
        most_fields=given.integer("most_fields", 1, 1000, plain_rules.most_fields),
        most_times=given.integer("most_times", 1, 366, plain_rules.most_times),
        most_at_once=given.integer("most_at_once", 1, 100, plain_rules.most_at_once),
        words=_texts(given, "words"),
    )  # fmt: skip
