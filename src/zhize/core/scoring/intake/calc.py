"""Method `scoring.table`: {text} or {title, rows} → draft scheme, marks, doubts, findings."""

from __future__ import annotations

from ...kernel.errors import BadRule
from ...kernel.fields import Fields
from ..burden import burden_from
from ..calc import finding_rows
from ..findings import findings
from ..numbers import say
from ..reading import scheme_from
from .draft import METHOD, draft_of


def calc_table(data: object) -> dict[str, object]:
    """Plain data in and out; findings are those of the scheme as drafted. Raises BadRule without criteria."""
    fields = Fields(data, ("text", "rows", "title", "burden"))
    rows = [_cells(entry, place) for entry, place in fields.items("rows")]
    draft = draft_of(fields.text("text", ""), rows, fields.text("title", ""))
    found = findings(scheme_from(draft.body), burden_from(fields.data.get("burden") or []))
    return {
        "algorithm": METHOD,
        "scheme": draft.body,
        "marks": [{"code": one.code, "sure": one.sure, "why": one.why} for one in draft.marks],
        "doubts": [
            {"code": one.code, "where": one.where, "what": one.what, "remedy": one.remedy, "line": one.line}
            for one in draft.doubts
        ],
        "findings": finding_rows(found),
        "objects": [
            {
                "name": one.name,
                "group": one.group,
                "points": None if one.points is None else say(one.points),
                "items": one.items,
            }
            for one in draft.objects
        ],
    }


def _cells(entry: object, place: str) -> list[str]:
    if not isinstance(entry, list):
        raise BadRule("不是一行单元格", where=place, remedy="rows 的每一行是一列文字")
    return ["" if cell is None else str(cell) for cell in entry]
