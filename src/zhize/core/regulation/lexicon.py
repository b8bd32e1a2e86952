"""The words a reader goes by, as an immutable value. They are data (`rules/reading/*.yaml`); core reads no files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..kernel.errors import BadRule

Words = tuple[str, ...]


class BadLexicon(BadRule):
    """The word list lacks a group or has a wrong shape; `where` names the group."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One dated edition of the reader's words. Build it with `lexicon_from_mapping`."""

    edition: str
    fold: Mapping[int, int]
    unit_endings: Words
    not_before: Mapping[str, str]
    long_endings: Mapping[str, Words]
    not_tails: Words
    not_alone: frozenset[str]
    umbrellas: Words
    inner_stops: Words
    longest: int
    bare_names: frozenset[str]
    class_starts: Words
    class_contains: Words
    class_endings: Words
    class_whole: frozenset[str]
    never_start: Words
    never_inside: Words
    member_words: Words
    group_endings: Words
    committee_words: Words
    office_endings: Words
    government_endings: Words
    government_generic: Words
    post_endings: Words
    internal_endings: Words
    section_tails: Words
    roles: Mapping[str, Words]
    tags: Mapping[str, str]
    first_leads: re.Pattern[str]
    onwards: re.Pattern[str]
    also_all: re.Pattern[str]
    triggers: Words
    adverbials: Words
    passive: Words
    conditions: re.Pattern[str]
    themes: Mapping[str, Words]
    kinds: tuple[tuple[str, str, Words], ...]
    natures: Mapping[str, Words]
    deadline_labels: Words
    not_dates: re.Pattern[str]
    recurring: Mapping[str, re.Pattern[str]]
    at_least: re.Pattern[str]
    due: re.Pattern[str]
    prompt: re.Pattern[str]
    targets: re.Pattern[str]
    trigger: re.Pattern[str] = field(repr=False)
    ending: re.Pattern[str] = field(repr=False)

    def folded(self, text: str) -> str:
        """The text with widths, traditional characters and ○ made alike, of the same length, for matching only."""
        return text.translate(self.fold)


_WIDTH = dict(
    zip(
        "(),:;．　\t\u00a0○０１２３４５６７８９[]〈〉﹐﹔﹕︰",
        "（），：；.   〇0123456789〔〕《》，；：：",
        strict=True,
    )
)


def lexicon_from_mapping(data: Mapping[str, Any]) -> Lexicon:
    """Check and freeze a word list as loaded from YAML. Raises BadLexicon naming the group at fault."""

    def group(name: str) -> Mapping[str, Any]:
        if not isinstance(found := data.get(name), Mapping):
            raise BadLexicon(
                "词表缺少这一组",
                where=name,
                why="读文件时无从识别",
                remedy="请对照 rules/reading/ 下已有版本补上",
            )
        return found

    def words(name: str, key: str) -> Words:
        found = group(name).get(key)
        if not isinstance(found, list) or not all(isinstance(w, str) and w for w in found):
            raise BadLexicon("应为词语列表", where=f"{name}.{key}", remedy="例如写成 [负责, 牵头]")
        return tuple(found)

    def pattern(name: str, key: str) -> re.Pattern[str]:
        try:
            return re.compile("|".join(words(name, key)))
        except re.error as error:
            raise BadLexicon(
                f"正则式写错了（{error}）", where=f"{name}.{key}", remedy="请改正后再装载"
            ) from error

    script, units = group("script"), group("units")
    old, new = str(script.get("traditional", "")), str(script.get("simplified", ""))
    if len(old) != len(new):
        raise BadLexicon(
            f"繁体{len(old)}字、简体{len(new)}字", where="script", remedy="两行应逐字对应，请补齐"
        )
    fold = {ord(a): ord(b) for a, b in {**dict(zip(old, new, strict=True)), **_WIDTH}.items()}
    not_before: Mapping[str, str] = units.get("not_before", {})
    long_endings = {k: tuple(v) for k, v in units.get("long_endings", {}).items()}
    recurring = group("dates").get("recurring")
    if not isinstance(recurring, Mapping):
        raise BadLexicon(
            "缺少周期写法", where="dates.recurring", remedy="month、quarter、half、year 各写一列"
        )
    kinds = data.get("kinds")
    if not isinstance(kinds, list) or not all(isinstance(k, list) and len(k) == 3 for k in kinds):
        raise BadLexicon("每行应有三项", where="kinds", remedy="写成 [代码, 名称, [词语…]]")
    endings = words("units", "endings")
    return Lexicon(
        edition=f"{data.get('edition', 'reading')}@{data.get('valid_from', '')}",
        fold=fold,
        unit_endings=endings,
        not_before=not_before,
        long_endings=long_endings,
        not_tails=words("units", "not_tails"),
        not_alone=frozenset(words("units", "not_alone")),
        umbrellas=tuple(sorted(words("units", "umbrellas"), key=len, reverse=True)),
        inner_stops=words("units", "inner_stops"),
        longest=int(units.get("longest", 20)),
        bare_names=frozenset(words("units", "bare_names")),
        class_starts=words("classes", "starts"),
        class_contains=words("classes", "contains"),
        class_endings=words("classes", "endings"),
        class_whole=frozenset(words("classes", "whole")),
        never_start=words("classes", "never_start"),
        never_inside=words("classes", "never_inside"),
        member_words=words("classes", "members"),
        group_endings=words("groups", "endings"),
        committee_words=words("groups", "committee_words"),
        office_endings=words("groups", "offices"),
        government_endings=words("governments", "endings"),
        government_generic=words("governments", "generic"),
        post_endings=words("posts", "endings"),
        internal_endings=words("internal", "endings"),
        section_tails=words("sections", "tails"),
        roles={
            role: words("roles", role) for role in ("lead", "support", "guide", "assess", "unknown", "co_act")
        },
        tags={word: role for role in ("lead", "support") for word in words("tags", role)},
        first_leads=pattern("roles", "first_leads"),
        onwards=pattern("roles", "onwards"),
        also_all=pattern("roles", "also_all"),
        triggers=words("subjects", "triggers"),
        adverbials=words("subjects", "adverbials"),
        passive=words("subjects", "passive"),
        conditions=pattern("subjects", "conditions"),
        themes={k: tuple(v) for k, v in group("themes").items() if k != "note"},
        kinds=tuple((str(a), str(b), tuple(c)) for a, b, c in kinds),
        natures={n: words("natures", n) for n in ("periodic", "once", "counted")},
        not_dates=pattern("dates", "not_dates"),
        recurring={k: re.compile("|".join(v)) for k, v in recurring.items()},
        at_least=pattern("dates", "at_least"),
        due=pattern("dates", "due"),
        prompt=pattern("dates", "prompt"),
        targets=pattern("dates", "targets"),
        trigger=_trigger_pattern(words("subjects", "triggers"), group("subjects").get("not_after", {})),
        deadline_labels=words("dates", "deadline_labels"),
        ending=_ending_pattern(endings, not_before, long_endings),
    )


def _ending_pattern(
    endings: Words, not_before: Mapping[str, str], long: Mapping[str, Words]
) -> re.Pattern[str]:
    """E.g. 监管局|…|局(?![面部势长])|银行(?![业为])."""
    choices: list[str] = []
    for ending in endings:
        guard = f"(?![{not_before[ending]}])" if ending in not_before else ""
        shapes = long.get(ending, (ending,))
        choices.extend(f"{re.escape(shape)}{guard or _guard_of(shape, not_before)}" for shape in shapes)
    return re.compile("|".join(sorted(choices, key=len, reverse=True)))


def _guard_of(shape: str, not_before: Mapping[str, str]) -> str:
    return f"(?![{not_before[shape[-1]]}])" if shape[-1] in not_before else ""


def _trigger_pattern(triggers: Words, not_after: Mapping[str, str]) -> re.Pattern[str]:
    """Where a subject may end: before 负责, 要, 应 (not 应急)…; zero-width, so that every place is tried."""
    shapes = (
        re.escape(t) + (f"(?![{not_after[t]}])" if t in not_after else "")
        for t in sorted(triggers, key=len, reverse=True)
    )
    return re.compile("(?=" + "|".join(shapes) + ")")
