"""The four natures of a duty: how anyone can tell that it was done.

Not every clause asks for a file a year: demanding one for “营造公平有序的市场环境” would be formalism.
"""

from __future__ import annotations

from enum import StrEnum


class Nature(StrEnum):
    """Value, Chinese label, and what discharges a duty of this nature."""

    label: str
    discharged_by: str
    has_light: bool

    PERIODIC = (
        "periodic",
        "定期报送",
        "每期按时报送材料，经办公室确认（本系统内已审定的计划、总结等自动认定）",
        True,
    )
    ONCE = "once", "一次性事项", "在规定日期前完成一次，附凭证，经办公室确认", True
    COUNTED = "counted", "台账自动认定", "按台账记录自动计数：每期件数、各子周期件数或覆盖比例", True
    STANDING = "standing", "常态履职", "不亮灯；以计划事项、业务数据和总结中的相应段落体现", False

    def __new__(cls, value: str, label: str, discharged_by: str, has_light: bool) -> Nature:
        """Bind the words to the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.discharged_by, member.has_light = label, discharged_by, has_light
        return member
