"""How a clause is cited, and the figures its words state."""

from __future__ import annotations

from zhize.apps.regulations.models import Clause, RegulationVersion
from zhize.core.papers.days import printed_day
from zhize.core.regulation.amounts import amounts


def citation(version: RegulationVersion, clause: Clause | None = None) -> str:
    """《甘肃省……责任制度》（甘政办发〔2011〕1号）三（一）6，第1版，2011年7月12日施行. What is not known is left out."""
    document = version.regulation
    number = f"（{document.doc_no}）" if document.doc_no else ""
    where = clause.label if clause else ""
    day = version.in_force_on or document.in_force_from
    since = f"，{printed_day(day)}施行" if day else ""
    return f"《{document.title}》{number}{where}，第{version.number}版{since}"


def figures_said(text: str) -> str:
    """The targets, sums and numbers a duty's words state, as printed; empty where they state none. Sample: 合格率达到95%以上；资金500万元."""
    return "；".join(one.words for one in amounts(text))
