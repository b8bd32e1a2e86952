"""The register as a table a person gives back: whom a cell names, what stands against a row, what would follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zhize.apps.orgs import selectors as orgs
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.regulations.mapping.duty_papers import holders_cell
from zhize.apps.regulations.models import Duty, DutyHolder
from zhize.apps.regulations.selectors.directory import Directory, directory_of
from zhize.apps.regulations.selectors.texts import own_register
from zhize.kit.actor import Actor
from zhize.kit.errors import NotAllowed
from zhize.kit.fields import Objection

NAMED = (DutyHolder.Collective.MEMBERS, DutyHolder.Collective.LOCALS)
"""Collectives a cell may name where the duty has them not yet."""
# 省质监局（牵头） · 省农牧厅(配合)
_ROLE = re.compile(r"^(?P<name>.+?)\s*[（(](?P<role>[^（）()]+)[）)]$")
_BETWEEN = re.compile(r"[；;\n]+")


def register_objections(rows: Sequence[dict[str, Any]], actor: Actor) -> list[list[Objection]]:
    """What stands against each staged row: a code nobody has, a holder nobody knows. Five statements a chunk."""
    jurisdiction = own_jurisdiction(actor)
    held = {
        duty.code: duty for duty in own_register(actor).filter(code__in=[row.get("code", "") for row in rows])
    }
    directory = directory_of(jurisdiction)
    found: list[list[Objection]] = []
    for row in rows:
        duty = held.get(str(row.get("code", "")))
        if duty is None:
            found.append(
                [
                    (
                        "code",
                        f"责任清单中没有编号“{row.get('code', '')}”",
                        "这里只修改已有职责；新增职责请登记制度文件后确认",
                    )
                ]
            )
            continue
        words = row.get("holders")
        changed = words is not None and str(words) != holders_cell(duty)
        unknown = read_holders(str(words), duty, directory)[1] if changed else []
        found.append([("holders", what, remedy) for what, remedy in unknown])
    return found


def register_announcement(rows: Iterable[Mapping[str, Any]], actor: Actor) -> list[str]:
    """Said before publishing where holders change."""
    held = {duty.code: holders_cell(duty) for duty in own_register(actor)}
    moved = [row["code"] for row in rows if row.get("holders") not in (None, held.get(str(row.get("code"))))]
    if not moved:
        return []
    return [
        f"有 {len(moved)} 项职责的责任主体改变：新责任主体本年度的履职事项随即生成；原责任主体已生成的保留，不再承担的请办公室主任准予免办。"
    ]


def own_jurisdiction(actor: Actor) -> Jurisdiction:
    """Whose register it is. Raises `NotAllowed` for somebody who stands in none."""
    found = orgs.own_jurisdiction(actor)
    if found is None:
        raise NotAllowed("您的身份不属于任何辖区", remedy="请切换到办公室的身份")
    return found


def read_holders(
    words: str, duty: Duty, directory: Directory
) -> tuple[list[DutyHolder], list[tuple[str, str]]]:
    """The holders a cell names, in its order, and what is wrong with it. A name the duty has keeps what it stands for."""
    roles = {str(one.label): one.value for one in DutyHolder.Role}
    kept = {holder.printed: holder for holder in duty.holders.all()}
    names: list[tuple[str, str]] = []
    problems: list[tuple[str, str]] = []
    for piece in (part.strip() for part in _BETWEEN.split(words)):
        if not piece:
            continue
        found = _ROLE.match(piece) if piece not in kept else None
        name, role = (
            (found["name"], roles.get(found["role"])) if found else (piece, DutyHolder.Role.JOINT.value)
        )
        if role is None:
            name, role = piece, DutyHolder.Role.JOINT.value
        pieces = [name] if name in kept or name in directory.units else [p for p in name.split("、") if p]
        names += [(one, role) for one in pieces]
    rows: dict[tuple[int | None, str], DutyHolder] = {}
    for order, (name, role) in enumerate(names):
        who = _who(name, kept, directory)
        if who is None:
            problems.append(
                (f"单位名录中没有“{name}”", "请写名录中的名称，或先在“单位”中登记；几个责任主体用“；”隔开")
            )
            continue
        holder = DutyHolder(
            duty=duty, unit_id=who[0], collective=who[1], role=role, printed=name[:80], order=order
        )
        rows.setdefault(who, holder)
    if not names:
        problems.append(("没有写责任主体", "请写明由谁承担；没有变化的，保留导出时的内容"))
    return list(rows.values()), problems


def _who(name: str, kept: Mapping[str, DutyHolder], directory: Directory) -> tuple[int | None, str] | None:
    """Unit or collective behind a name: as the duty has it, a collective by its name, else a unit of the directory."""
    if before := kept.get(name):
        return before.unit_id, before.collective
    collective = next((one.value for one in NAMED if str(one.label) == name), "")
    if collective:
        return None, collective
    unit = directory.units.get(name)
    return (unit.pk, "") if unit else None
