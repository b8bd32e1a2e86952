"""The text of the notice of an on-site check, to paste into a message or a document of the office."""

from __future__ import annotations

from collections.abc import Sequence

from zhize.apps.inspection.models import CheckItem, GroupPerson, Inspection, InspectionGroup
from zhize.core.papers.days import printed_day
from zhize.kit.officialdoc import Block, heading, numbered, para

NUMERALS = "一二三四五六七八九"


Parts = list[tuple[str, list[str]]]


def notice_text(inspection: Inspection, groups: Sequence[InspectionGroup], items: Sequence[CheckItem]) -> str:
    """关于开展……的通知: basis, period, dates, who goes where, what is looked at, what to prepare."""
    lines = [f"关于开展{inspection.title}的通知", "", _opening(inspection)]
    for number, (title, words) in enumerate(_parts(inspection, groups, items)):
        lines += [f"{NUMERALS[number]}、{title}", *words]
    return "\n".join(lines)


def notice_title(inspection: Inspection) -> str:
    region = inspection.jurisdiction.region.name
    return f"{region}推进质量振兴工作领导小组办公室关于开展{inspection.title}的通知"


def notice_blocks(
    inspection: Inspection, groups: Sequence[InspectionGroup], items: Sequence[CheckItem]
) -> list[Block]:
    """The same as paragraphs of an official document."""
    blocks: list[Block] = [para(_opening(inspection))]
    for title, words in _parts(inspection, groups, items):
        blocks += [heading(title), *(para(one) for one in words)]
    return list(numbered(blocks))


def _opening(inspection: Inspection) -> str:
    return f"根据{inspection.basis}，决定开展{inspection.title}。现将有关事项通知如下："


def _parts(inspection: Inspection, groups: Sequence[InspectionGroup], items: Sequence[CheckItem]) -> Parts:
    start, end = printed_day(inspection.starts_on), printed_day(inspection.ends_on)
    parts: Parts = [
        ("核查时间", [f"{start}至{end}，具体行程由各核查组商被查单位确定。"]),
        ("所查期间", [f"{printed_day(inspection.period_start)}至{printed_day(inspection.period_end)}。"]),
        ("核查分组", [_group(one) for one in groups]),
        ("核查内容", [f"{n}．{one.name}：{one.requirement}" for n, one in enumerate(items, 1)]),
    ]
    if inspection.prepare:
        parts.append(("请做好的准备", [inspection.prepare]))
    if inspection.contact:
        parts.append(("联系方式", [inspection.contact]))
    return parts


def _group(group: InspectionGroup) -> str:
    """“第一核查组：组长张三（省质监局），组员……；核查兰州市人民政府。”"""
    said = []
    for part in GroupPerson.Part:
        named = [f"{p.name}（{p.workplace}）" for p in group.people.all() if p.part == part]
        if named:
            said.append(f"{part.label}{'、'.join(named)}")
    units = "、".join(row.unit.name for row in group.unit_rows.all())
    return f"{group.name}：{'，'.join(said)}；核查{units}。"
