"""Amending as a method of `zhize calc` (docs/algorithms/regulation-amend.md)."""

from __future__ import annotations

from collections.abc import Mapping

from ..kernel.errors import BadRule
from .amend import METHOD, amend
from .lexicon import lexicon_from_mapping


def calc_amend(data: object) -> dict[str, object]:
    """{base, amending, lexicon} → {text, instructions: [{op, at, old, new, problem}]}. Raises BadRule for anything else."""
    if not isinstance(data, Mapping) or not all(isinstance(data.get(k), str) for k in ("base", "amending")):
        raise BadRule(
            "缺少原文或修改文件", where="base、amending", remedy="写成 {base: 原文, amending: 修改文件全文}"
        )
    if not isinstance(data.get("lexicon"), Mapping):
        raise BadRule("缺少词表", where="lexicon", remedy="装入 rules/reading/ 下当时有效的一版")
    result = amend(data["base"], data["amending"], lexicon_from_mapping(data["lexicon"]))
    return {
        "method": METHOD,
        "text": result.text,
        "instructions": [
            {"op": one.op.value, "at": one.at, "old": one.old, "new": one.new, "problem": one.problem}
            for one in result.instructions
        ],
    }
