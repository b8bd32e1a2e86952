"""Titles as printed Chinese quotes them (GB/T 15834): inside 《》 a title's own marks become 〈〉."""

from __future__ import annotations


def quoted(title: str) -> str:
    """《关于印发〈2012年工作计划〉的通知》.

    >>> quoted("关于印发《2012年工作计划》的通知")
    '《关于印发〈2012年工作计划〉的通知》'
    """
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"
