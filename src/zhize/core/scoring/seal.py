"""A sealed round worked out again: from what was frozen alone, with no database (issue: anyone can repeat it)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from ..kernel.errors import CoreError
from .calc import differences, result_mapping
from .facts import objects_from
from .reading import scheme_from
from .scheme import ALGORITHM
from .score import score_round
from .writing import digest_of

FORMAT = "zhize.assessment/1"
NEEDED = ("format", "algorithm", "scheme", "scheme_sha256", "objects", "result")


def canonical(data: object) -> str:
    """The JSON a digest is taken of: keys sorted, no spaces, Chinese as it is."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def sealed_result(scheme_data: object, objects_data: object) -> dict[str, object]:
    """What is sealed beside the input: every figure, grade and sentence, with the way to each."""
    scheme = scheme_from(scheme_data)
    result = score_round(scheme, objects_from(objects_data))
    return {**result_mapping(scheme, result), "trace": result.trace.as_dict()}


def recompute(text: str, sha256: str = "") -> list[str]:
    """What is wrong with a sealed round, in words; empty where everything comes out again.

    `text` is the sealed JSON as stored, `sha256` what was written down of it (in the log, in the notice).
    """
    if sha256 and digest(text) != sha256:
        return [f"封存内容与摘要不符：应为 {sha256[:16]}…，实为 {digest(text)[:16]}…，内容被改动过"]
    try:
        data = json.loads(text)
    except ValueError:
        return ["封存内容不是有效的 JSON"]
    if not isinstance(data, Mapping) or (lacking := [name for name in NEEDED if name not in data]):
        return [f"封存内容缺少 {'、'.join(lacking) if isinstance(data, Mapping) else '全部项目'}"]
    if data["format"] != FORMAT or data["algorithm"] != ALGORITHM:
        return [f"封存所用算法 {data['algorithm']} 与本程序的 {ALGORITHM} 不同，请用当时的版本复算"]
    try:
        found = (
            []
            if digest_of(scheme_from(data["scheme"])) == data["scheme_sha256"]
            else ["考核办法与其摘要不符"]
        )
        again = sealed_result(data["scheme"], data["objects"])
    except CoreError as error:
        return [f"封存内容不能计分：{error}"]
    return found + differences(data["result"], json.loads(canonical(again)))
