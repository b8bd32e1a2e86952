"""What a rule's values look like to those who adjust them: parts with a label, a kind and limits.

The kind follows from the shipped value itself (a number stays a number, a list of words a list of words); a file's
`shapes` adds what a value cannot say: the words of its choices, the labels of its parts.

Sample:
  shapes:
    - {keys: "severity.*", choices: [{value: warn, label: 提醒, label_en: Warn}, …]}
    - {keys: "item.*", parts: [{name: days, label: 会前几日, label_en: Days before}, …]}
    - {keys: "seal", choices_of: {rule: documents/kinds}}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from typing import Any

import yaml

from zhize.kit.rules.load import Entry, RuleError, Shipped, shipped
from zhize.kit.yaml_text import yaml_of

_DECIMAL = re.compile(r"\d+\.\d+")


class Kind(Enum):
    """How a part is written in a form."""

    NUMBER = "number"
    DECIMAL = "decimal"
    YES = "yes"
    TEXT = "text"
    CHOICE = "choice"
    SEVERAL = "several"
    LINES = "lines"
    NUMBERS = "numbers"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class Words:
    """A word in both languages."""

    value: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Part:
    """One control: the key, the part inside its value ("" for the whole), and what may be written there."""

    key: str
    name: str
    label: str
    label_en: str
    kind: Kind
    unit: str = ""
    choices: tuple[Words, ...] = ()
    optional: bool = False
    least: int | None = None

    @property
    def field(self) -> str:
        """The name of its control."""
        return f"{self.key}:{self.name}" if self.name else self.key

    def inside(self, value: Any) -> Any:
        """The part of a whole value of the key."""
        return value.get(self.name) if self.name else value


def parts_of(rule: Shipped) -> list[Part]:
    """All adjustable parts of a rule in the order of its file."""
    found: list[Part] = []
    for entry in rule.entries.values():
        if not entry.adjustable:
            continue
        shape = _shape(rule, entry.key)
        value = entry.dated[-1].value
        if shape.get("parts") and isinstance(value, Mapping):
            alike = [e.dated[-1].value for e in rule.entries.values() if _shape(rule, e.key) is shape]
            found.extend(_inner(entry, one, alike) for one in shape["parts"])
        else:
            found.append(_part(entry.key, "", entry.label, entry.label_en, [value], shape, entry.unit))
    return found


def assemble(entry: Entry, parts: Iterable[Part], cleaned: Mapping[str, Any]) -> Any:
    """The whole value of a key from what was written in its controls, of the same types as the shipped one."""
    own = [part for part in parts if part.key == entry.key]
    if len(own) == 1 and not own[0].name:
        return cleaned[own[0].field]
    value = dict(entry.dated[-1].value)
    return value | {part.name: cleaned[part.field] for part in own}


def structure(text: str, like: Any, where: str) -> Any:
    """A structured value written as YAML, of the same shape as the shipped one; `RuleError` names the place."""
    try:
        value = yaml_of(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第 {mark.line + 1} 行" if mark else ""
        raise RuleError(
            "写法不对", where=f"{where} {line}".strip(), remedy="请照原来的写法改，缩进和冒号不能少"
        ) from error
    _same_shape(value, like, where)
    return value


def dumped(value: Any) -> str:
    """A structured value as the lines a person edits."""
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)).strip()


def _inner(entry: Entry, one: Mapping[str, Any], alike: Sequence[Mapping[str, Any]]) -> Part:
    name = str(one["name"])
    values = [entry.dated[-1].value.get(name), *(value.get(name) for value in alike)]
    label, label_en = str(one["label"]), str(one.get("label_en") or one["label"])
    return _part(entry.key, name, label, label_en, values, one, str(one.get("unit") or ""))


def _part(
    key: str, name: str, label: str, label_en: str, values: Sequence[Any], shape: Mapping[str, Any], unit: str
) -> Part:
    known = [value for value in values if value is not None]
    choices = _choices(shape)
    kind = _kind(known, bool(choices))
    numbers = [n for value in known for n in (value if isinstance(value, list) else [value])]
    signed = any(isinstance(n, int) and n < 0 for n in numbers)
    optional = bool(shape.get("optional", len(known) < len(values)))
    return Part(key, name, label, label_en, kind, unit, choices, optional, None if signed else 0)


def _kind(known: Sequence[Any], has_choices: bool) -> Kind:
    sample = next((value for value in known if value not in ([], "")), known[0] if known else "")
    match sample:
        case bool():
            return Kind.YES
        case int():
            return Kind.NUMBER
        case str():
            if has_choices:
                return Kind.CHOICE
            return Kind.DECIMAL if _DECIMAL.fullmatch(sample) else Kind.TEXT
        case list() if has_choices:
            return Kind.SEVERAL
        case list() if all(isinstance(one, str) for one in sample):
            return Kind.LINES
        case list() if all(isinstance(one, int) for one in sample):
            return Kind.NUMBERS
    return Kind.STRUCTURE


def _shape(rule: Shipped, key: str) -> Mapping[str, Any]:
    return next((one for one in rule.shapes if fnmatchcase(key, str(one["keys"]))), _PLAIN)


_PLAIN: Mapping[str, Any] = {}


def _choices(shape: Mapping[str, Any]) -> tuple[Words, ...]:
    if named := shape.get("choices_of"):
        prefix = str(named.get("prefix") or "")
        return tuple(
            Words(key.removeprefix(prefix), entry.label, entry.label_en)
            for key, entry in shipped(str(named["rule"])).entries.items()
            if key.startswith(prefix)
        )
    return tuple(
        Words(str(one["value"]), str(one["label"]), str(one.get("label_en") or one["label"]))
        for one in shape.get("choices") or ()
    )


def _same_shape(value: Any, like: Any, where: str) -> None:
    """A mapping keeps its keys, an item of a list has keys its neighbours have, a word stays a word, a number a number."""
    match like:
        case Mapping():
            _same_keys(value, set(like), set(like), where)
            for key, one in like.items():
                _same_shape(value[key], one, f"{where} · {key}")
        case list():
            if not isinstance(value, list):
                raise RuleError("这里应当是一列", where=where, remedy="请一项一行，每行以 - 开头")
            for number, one in enumerate(value, 1):
                if like:
                    _same_item(one, like, f"{where} · 第 {number} 项")
        case bool() | int() | str():
            if value is not None and type(value) is not type(like):
                why = f"原来是 {like!r}，现在是 {value!r}"
                raise RuleError("取值的类型与原来的不一致", where=where, why=why, remedy="请照原来的写法改")


def _same_item(value: Any, like: Sequence[Any], where: str) -> None:
    if not all(isinstance(one, Mapping) for one in like):
        _same_shape(value, like[0], where)
        return
    _same_keys(value, set.intersection(*map(set, like)), set().union(*like), where)
    for key in value:
        _same_shape(value[key], next(one[key] for one in like if key in one), f"{where} · {key}")


def _same_keys(value: Any, needed: set[str], known: set[str], where: str) -> None:
    missing = sorted(needed - set(value)) if isinstance(value, Mapping) else sorted(needed)
    more = sorted(map(str, set(value) - known)) if isinstance(value, Mapping) else []
    if missing or more:
        said = (("缺少", missing), ("多出", more))
        why = "；".join(f"{word} {'、'.join(keys)}" for word, keys in said if keys)
        raise RuleError("各项与原来的不一致", where=where, why=why, remedy="请保留原有各项，只改取值")
