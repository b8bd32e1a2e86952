"""Reading the shipped edition: `rules/**.yaml`, checked once per process, never changed after loading.

A file has `subject`, `title` and `values`; a value has `key`, `label`, `adjustable` and `dated`, a list of
(`from`, `value`, `source`). A value without `source` is refused: nobody could say where the number comes from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from pydantic import BaseModel, ValidationError

from zhize.kit.errors import ZhizeError
from zhize.kit.yaml_text import yaml_of


class RuleError(ZhizeError):
    """A rule file or a rule version that cannot be used; names file, key and remedy."""

    status = 500


@dataclass(frozen=True, slots=True)
class Dated:
    """One value from a day on, with the clause or standard it comes from."""

    since: date
    value: Any
    source: str
    configured: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a rule file with all its dated values, oldest first."""

    key: str
    label: str
    label_en: str
    unit: str
    adjustable: bool
    dated: tuple[Dated, ...]

    def on(self, day: date) -> Dated | None:
        """The value in force that day: the last whose `from` is not after it."""
        return next((d for d in reversed(self.dated) if d.since <= day), None)


@dataclass(frozen=True, slots=True)
class Shipped:
    """A rule file as loaded; `sha256` is of its bytes, `keeper` who adjusts it (office, security), `shapes` how (see shapes)."""

    name: str
    title: str
    title_en: str
    entries: Mapping[str, Entry]
    sha256: str
    keeper: str = "office"
    shapes: tuple[Mapping[str, Any], ...] = ()


_schemas: dict[str, type[BaseModel]] = {}


def register_schema(name: str, schema: type[BaseModel]) -> None:
    """Says what a rule's values must look like: a pydantic model over {key: value}, asked for every date they change."""
    if _schemas.get(name, schema) is not schema:
        raise ValueError(f"rule {name!r} has two schemas")
    _schemas[name] = schema


def schema_of(name: str) -> type[BaseModel] | None:
    return _schemas.get(name)


def name_of(schema: type[BaseModel]) -> str:
    return next(name for name, one in _schemas.items() if one is schema)


@cache
def shipped(name: str) -> Shipped:
    """The shipped file of this name, read once per process."""
    path = Path(settings.RULES_DIR) / f"{name}.yaml"
    if not path.is_file():
        raise RuleError(f"没有名为“{name}”的规则文件", where=f"rules/{name}.yaml", remedy="请核对规则名称")
    return load_file(path, name)


def shipped_names() -> list[str]:
    """Names of all shipped rules of dated values, sorted; files of other kinds (the reader's words) have no `subject`."""
    root = Path(settings.RULES_DIR)
    return sorted(
        p.relative_to(root).with_suffix("").as_posix()
        for p in root.rglob("*.yaml")
        if any(line.startswith("subject:") for line in p.read_text().splitlines())
    )


def load_file(path: Path, name: str) -> Shipped:
    """Reads and checks one file; raises `RuleError` with file, key and remedy."""
    raw = path.read_bytes()
    place = f"rules/{name}.yaml"
    try:
        body = yaml_of(raw)
    except yaml.YAMLError as error:
        raise RuleError("文件不是正确的 YAML", where=place, why=str(error), remedy="请改正格式") from error
    if not isinstance(body, dict) or body.get("subject") != name:
        raise RuleError(f"subject 应为“{name}”", where=place, remedy="请让 subject 与文件路径一致")
    entries: dict[str, Entry] = {}
    for item in body.get("values") or []:
        entry = _entry(item, place)
        if entry.key in entries:
            raise RuleError("同一个键写了两次", where=f"{place} · {entry.key}", remedy="请合并为一个键")
        entries[entry.key] = entry
    for day in sorted({d.since for e in entries.values() for d in e.dated}):
        values = {k: d.value for k, e in entries.items() if (d := e.on(day))}
        check_values(name, values, place, complete=len(values) == len(entries))
    return Shipped(
        name,
        str(body.get("title", name)),
        str(body.get("title_en", name)),
        entries,
        _digest(raw),
        str(body.get("keeper", "office")),
        tuple(body.get("shapes") or ()),
    )


def _entry(item: Any, place: str) -> Entry:
    key = str(item.get("key", "")) if isinstance(item, dict) else ""
    where = f"{place} · {key or '（无键）'}"
    if not key:
        raise RuleError("有一项没有 key", where=place, remedy="请为每一项写 key")
    dated: list[Dated] = []
    for one in item.get("dated") or []:
        source = str(one.get("source") or "").strip()
        if not source:
            raise RuleError(
                "这个值没有出处",
                where=where,
                why="没有出处的数无法核对",
                remedy="请写 source：条款、标准或“系统默认”",
            )
        if not isinstance(one.get("from"), date) or "value" not in one:
            raise RuleError("缺少 from 或 value", where=where, remedy="from 写作 2011-01-01，并写 value")
        if dated and one["from"] <= dated[-1].since:
            raise RuleError("日期没有递增", where=where, remedy="请按 from 从早到晚排列")
        dated.append(Dated(one["from"], one["value"], source, bool(one.get("configured"))))
    if not dated:
        raise RuleError("没有任何取值", where=where, remedy="请至少写一条 dated")
    return Entry(
        key,
        str(item.get("label") or key),
        str(item.get("label_en") or key),
        str(item.get("unit") or ""),
        bool(item.get("adjustable")),
        tuple(dated),
    )


def check_values(name: str, values: Mapping[str, Any], place: str, *, complete: bool) -> None:
    """Asks the registered schema; a key not yet in force is forgiven while the set is not `complete`."""
    schema = _schemas.get(name)
    if schema is None:
        return
    try:
        schema.model_validate(dict(values))
    except ValidationError as error:
        for one in error.errors():
            if one["type"] == "missing" and not complete:
                continue
            key = ".".join(str(part) for part in one["loc"])
            raise RuleError(
                f"值不合要求：{one['msg']}", where=f"{place} · {key}", remedy="请按该键的说明改正取值"
            ) from error


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def canonical(body: Any) -> str:
    """The JSON a version's hash is taken of: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest_of(body: Any) -> str:
    """SHA-256 of a version written in the browser."""
    return _digest(canonical(body).encode())
