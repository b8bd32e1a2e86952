"""Stage 4: other documents the text names, and the short names it defines."""

from __future__ import annotations

import re

from .front import NUMBER
from .model import Citation, ShortName

# 《甘肃省人民政府关于推进质量振兴的意见》（甘政发〔2010〕25号）
_TITLE = re.compile(r"《([^《》\n]{1,80}(?:《[^《》\n]{1,80}》[^《》\n]{0,40})?)》(?:（([^（）\n]{4,40})）)?")
# 甘肃省推进质量振兴工作领导小组（以下简称“领导小组”） / （以下称省级平台） / （统称“两库”）
_SHORT = re.compile(
    r"(?<=[\u4e00-\u9fff”》])（(?:以下(?:简|统)?称|简称|统称)：?[“\"]?([^“”\"（）\n]{1,30})[”\"]?(?:，下同)?）"
)
# 由甘肃省推进质量振兴工作领导小组（…: the name begins after 由
_BEGINS = re.compile("由|成立|设立|组建")
_FULL = re.compile(r"[\u4e00-\u9fff〇]{2,30}$")


def citations_of(text: str, folded: str) -> tuple[Citation, ...]:
    """Documents named with 《》 and a number, or by number alone in a bracket. Reads: folded text. Writes: citations."""
    out = []
    for found in _TITLE.finditer(folded):
        number = found[2] if found[2] and NUMBER.search(found[2]) else ""
        title = text[found.start(1) : found.end(1)]
        out.append(
            Citation(title, text[found.start(2) : found.end(2)] if number else "", found.start(), found.end())
        )
    return tuple(out)


def short_names_of(text: str, folded: str) -> tuple[ShortName, ...]:
    """Defined short names with what stands before the bracket. Reads: folded text. Writes: short names."""
    out = []
    for found in _SHORT.finditer(folded):
        before = _FULL.search(folded, max(0, found.start() - 30), found.start())
        full = _BEGINS.split(text[before.start() : before.end()])[-1] if before else ""
        out.append(ShortName(text[found.start(1) : found.end(1)], full, found.start()))
    return tuple(out)
