"""The reader as a method of `zhize calc`: {text, lexicon} in, plain JSON out (docs/algorithms/regulation-reading.md)."""

from __future__ import annotations

from collections.abc import Mapping

from ..kernel.errors import BadRule
from ..regulation.lexicon import lexicon_from_mapping
from ..regulation.pasted import piped
from .candidates import read


def calc_read(data: object) -> dict[str, object]:
    """Read `text` by the words of `lexicon` (a mapping as in rules/reading). Raises BadRule for anything else."""
    if not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
        raise BadRule("缺少要读的文本", where="text", remedy="写成 {text: 文件全文, lexicon: 词表}")
    if not isinstance(data.get("lexicon"), Mapping):
        raise BadRule("缺少词表", where="lexicon", remedy="装入 rules/reading/ 下当时有效的一版")
    return read(piped(data["text"]), lexicon_from_mapping(data["lexicon"])).to_json()
