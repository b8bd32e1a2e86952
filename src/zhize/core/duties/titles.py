"""A short title for a duty nobody has titled: the first part of its words that says what is done."""

from __future__ import annotations

import re

LONGEST = 20
_PARTS = re.compile(r"[，；。：]")
# 以物质流分析为基础， / 在继承与创新基础上， / 2019年6月底前， / 根据国家规定， / 到2020年，
_LEAD_IN = re.compile(
    r"(?:以.*为\w{1,4}|在.*[上下中内后前]|[按依]照.*|根据.*|围绕.*|结合.*|通过.*|为了?.*|(?:到|力争)?\d{4}年.*|每(?:年|半年|季度?|月).{0,6}前|.*要高度重视|.{0,3})"
)


def short_title(text: str) -> str:
    """At most 20 characters. What only leads in (以……为基础, 在……基础上, a date) is passed over where something follows.

    >>> short_title("负责建立企业质量档案，公布名单。")
    '建立企业质量档案'
    >>> short_title("2019年6月底前，确定试点城市名单")
    '确定试点城市名单'
    >>> short_title("以物质流分析为基础，推动构建循环经济产业链")
    '推动构建循环经济产业链'
    """
    parts = [part.strip(" \u3000、") for part in _PARTS.split(text.replace("负责", "", 1))]
    parts = [part for part in parts if part] or [text.strip()]
    head = next((part for part in parts if not _LEAD_IN.fullmatch(part)), parts[0])
    return head if len(head) <= LONGEST else head[: LONGEST - 1] + "…"
