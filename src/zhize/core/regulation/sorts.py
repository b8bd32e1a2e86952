"""Stage 7: what sort of document it is, so that a notice gives no list of duties."""

from __future__ import annotations

import re
from enum import StrEnum

from ..kernel.refs import Mark
from .assign import Assignment
from .holders import Basis
from .model import Document


class DocumentSort(StrEnum):
    """Value and Chinese label."""

    label: str

    DUTIES = "duties", "职责制度"
    TASKS = "tasks", "任务分工"
    ARTICLES = "articles", "条文（第X条）"
    MEMBERS = "members", "成员名单"
    ASSESSMENT = "assessment", "考核细则"
    NOTICE = "notice", "通知通报"

    def __new__(cls, value: str, label: str) -> DocumentSort:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


# 关于2016年度质量工作考核结果的通报, 关于召开联席会议的通知, 关于…的批复
_NOTICE = re.compile("(?:通报|公告|公示|批复|复函|决定书|贺信|感谢信|通知)$")
_PRINTED = re.compile("印发|转发")
_ASSESSMENT = re.compile("考核|评分|评价(?:标准|细则)|扣分")
_ROSTER = re.compile("名单|组成人员|成员的通知|领导小组(?:的)?通知")
_STATED = {Basis.BRACKET, Basis.COLUMN, Basis.LINE, Basis.COLON, Basis.HEADING}


def document_sort(document: Document, assignment: Assignment) -> DocumentSort:
    """Reads: title, clauses, tables, on what the holders rest. Writes: the sort. A document that says who does what is
    never a notice, whatever its title."""
    title = document.title
    bases = [st.basis for st in assignment.stretches if st.holders]
    stated = [basis for basis in bases if basis in _STATED]
    marks = {clause.mark for clause in document.walk()}
    if Mark.ARTICLE in marks:
        return DocumentSort.ARTICLES
    if document.tables and _ASSESSMENT.search(title):
        return DocumentSort.ASSESSMENT
    if set(stated) <= {Basis.HEADING} and _ROSTER.search(
        title
    ):  # its headings name the bodies whose members follow
        return DocumentSort.MEMBERS
    if not stated and _NOTICE.search(title) and not _PRINTED.search(title):
        return DocumentSort.NOTICE
    task_like = {Basis.BRACKET, Basis.COLUMN, Basis.LINE}
    if stated and sum(basis in task_like for basis in stated) * 2 > len(stated):
        return DocumentSort.TASKS
    return DocumentSort.DUTIES


SILENT = frozenset({DocumentSort.NOTICE, DocumentSort.MEMBERS})
"""Sorts that hold no duties: their sentences are about something else."""
