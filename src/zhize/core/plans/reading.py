"""A unit's own plan, as text, split into what may be items of its plan (`plans.read`). A person edits, drops, accepts.

Tables come as `| a | b |`, a line a row, 〃 where a cell spans from above; everything else is read as numbered clauses.
"""

from __future__ import annotations

from ..regulation.lexicon import Lexicon
from .found import MOST, Reading, Words, Year
from .read_item import item_of
from .read_prose import drafts_of_prose
from .read_tables import drafts_of_tables


def plan_read(text: str, year: Year, words: Words, lexicon: Lexicon) -> Reading:
    """Text of a plan → candidate items, tables before clauses. Never raises on odd text; time grows with its length."""
    rows, rest = drafts_of_tables(text, words)
    clauses, left, notes = drafts_of_prose(rest, words, lexicon)
    found = [item_of(one, year, words) for one in rows]
    found += [item_of(one, year, words, sure=not rows) for one in clauses]
    if rows and clauses:
        notes.append("文件里既有表格又有文字：表格里的事项已勾选，文字里的多半是同一批事项，没有勾选，请核对")
    if len(found) > MOST:
        notes.append(f"读出 {len(found)} 项，只列出前 {MOST} 项；请把文件分成几份再上传")
    if not found:
        notes.append("没有读出事项：文件里没有带编号的条目，也没有写明任务和时限的表格")
    return Reading(tuple(found[:MOST]), tuple(left), tuple(notes))
