"""How many tasks the opening says there are (分解为130项任务), held against what was read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..regulation.model import Document, Warn
from ..regulation.proposal import Candidate

# 确定了10个方面190项重点工作 · 共130项 · 提出36条措施
_SAID = re.compile(
    r"(?:共计?|合计)? *(?P<n>\d{1,4}) *(?:项|条)(?:(?:重点|具体|主要|目标)*(?:任务|工作|事项|举措|措施|职责))|(?:共计?|合计) *(?P<m>\d{1,4}) *(?:项|条)"
)


def declared_counts(folded: str, document: Document, candidates: Sequence[Candidate]) -> tuple[Warn, ...]:
    """Reads: the words before the first clause, what was read. Writes: a warning for each number nothing read comes to.

    A number agrees where any level of clauses, the rows of the tables, the duties, or the clauses with a duty come to it.
    """
    first = next(iter(document.clauses), None)
    opening = folded[: first.start] if first else ""
    found = list(_SAID.finditer(opening))
    if not found:
        return ()
    levels = Counter(clause.level for clause in document.walk(attachments=True))
    read = {
        *levels.values(),
        len(candidates),
        len({candidate.ref for candidate in candidates}),
        *(len(table.rows) for table in document.tables),
    }
    warnings = []
    for one in found:
        said = int(one["n"] or one["m"])
        if said not in read:
            words = f"文中写明“{one.group().strip()}”，读出的条款和职责没有一层是{said}项，请核对是否读全、分条是否正确"
            warnings.append(Warn("declared_count", words, one.start()))
    return tuple(warnings)
