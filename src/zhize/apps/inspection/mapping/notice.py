"""The notice of an on-site check, as paragraphs of an official document and as text to paste."""

from __future__ import annotations

from collections.abc import Sequence

from zhize.apps.inspection.models import CheckItem, GroupPerson, Inspection, InspectionGroup
from zhize.core.papers.days import printed_day
from zhize.kit.officialdoc import Block, heading, numbered, para, runs_of


def notice_title(inspection: Inspection) -> str:
    return f"关于开展{inspection.title}的通知"


def notice_text(inspection: Inspection, groups: Sequence[InspectionGroup], items: Sequence[CheckItem]) -> str:
    """The notice to paste: its title without the office, then its paragraphs."""
    lines = ["".join(run.text for run in runs_of(one)) for one in notice_blocks(inspection, groups, items)]
    return "\n".join([f"关于开展{inspection.title}的通知", "", *lines])


def notice_blocks(
    inspection: Inspection, groups: Sequence[InspectionGroup], items: Sequence[CheckItem]
) -> tuple[Block, ...]:
    """关于开展……的通知: basis, period, dates, who goes where, what is looked at, what to prepare."""
    start, end = printed_day(inspection.starts_on), printed_day(inspection.ends_on)
    blocks: list[Block] = [
        para(f"根据{inspection.basis}，决定开展{inspection.title}。现将有关事项通知如下："),
        heading("核查时间"),
        para(f"{start}至{end}，具体行程由各核查组商被查单位确定。"),
        heading("所查期间"),
        para(f"{printed_day(inspection.period_start)}至{printed_day(inspection.period_end)}。"),
        heading("核查分组"),
        *(para(_group(one)) for one in groups),
        heading("核查内容"),
        *(para(f"{n}．{one.name}：{one.requirement}") for n, one in enumerate(items, 1)),
    ]
    if inspection.prepare:
        blocks += [heading("请做好的准备"), para(inspection.prepare)]
    if inspection.contact:
        blocks += [heading("联系方式"), para(inspection.contact)]
    return numbered(blocks)


def _group(group: InspectionGroup) -> str:
    """“第一核查组：组长张三（省质监局），组员……；核查兰州市人民政府。”"""
    said = []
    for part in GroupPerson.Part:
        named = [f"{p.name}（{p.workplace}）" for p in group.people.all() if p.part == part]
        if named:
            said.append(f"{part.label}{'、'.join(named)}")
    units = "、".join(row.unit.name for row in group.unit_rows.all())
    return f"{group.name}：{'，'.join(said)}；核查{units}。"
