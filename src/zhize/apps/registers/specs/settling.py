"""What an import of records is told before it writes: whose records they are, and which enterprises are new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zhize.apps.registers import policies, selectors
from zhize.apps.registers.models import Record, RecordType
from zhize.apps.registers.selectors.matching import CODE, NAME, Wanted
from zhize.apps.registers.services.subjects import wanted_of
from zhize.kit.actor import Actor
from zhize.kit.bulk import chunked
from zhize.kit.fields import Objection

NAMED = 5


def settle(type_: RecordType, rows: Sequence[dict[str, Any]], actor: Actor) -> list[list[Objection]]:
    """The present name, the code and the region of subjects already registered go into the rows; doubts are objections."""
    about = type_.rule.subject
    asked = dict.fromkeys(wanted_of(row) for row in rows)
    meant = selectors.subjects_meant(actor, [one for one in asked if one.code or one.name])
    return [_settled(row, meant.get(wanted_of(row)), bool(about and about.required), actor) for row in rows]


def _settled(row: dict[str, Any], match: Any, required: bool, actor: Actor) -> list[Objection]:
    if match is None:
        missing = required and (NAME in row or CODE in row)
        return [(NAME, "没有填写名称，也没有代码", "请至少填写一项")] if missing else []
    if match.objection:
        return [match.objection]
    if match.subject is not None:
        row[NAME] = match.subject.name
        row[CODE] = match.subject.uscc or wanted_of(row).code
    if row.get("region") is None:
        row["region"] = match.subject.region_id if match.subject else actor.region_id
    return []


def announce(rows: Iterable[Mapping[str, Any]], actor: Actor) -> list[str]:
    """将新增 3 家企业：甲公司、乙公司、丙公司. Three statements a chunk."""
    new: dict[str, str] = {}
    for chunk in chunked(rows):
        wanted = dict.fromkeys(one for row in chunk if (one := wanted_of(row)).code or one.name)
        for one, match in selectors.subjects_meant(actor, wanted).items():
            if match.is_new and one.name not in new.values():
                new.setdefault(one.code or one.name, one.name)
            elif match.is_new:
                _second(new, one)
    if not new:
        return []
    names = "、".join(list(new.values())[:NAMED]) + ("……" if len(new) > NAMED else "")
    return [f"将新增 {len(new)} 家企业：{names}"]


def _second(new: dict[str, str], one: Wanted) -> None:
    """The same name once more: a second company only where both have codes and the codes differ."""
    if one.code and one.code not in new:
        uncoded = new.pop(one.name, None)
        new[one.code] = uncoded or one.name


def objection(type_: RecordType, actor: Actor, held: Record) -> str:
    """Why this actor may not change a record the file names."""
    return "" if policies.may_change(actor, type_, held) else f"这一条已由{held.keeper.name}登记"
