"""How a clause is cited: title, number, clause as printed, the text and the day it took effect."""

from __future__ import annotations

from zhize.apps.regulations.models import Clause, RegulationVersion


def citation(version: RegulationVersion, clause: Clause | None = None) -> str:
    """《甘肃省……责任制度》（甘政办发〔2011〕1号）三（一）6，第1版，2011年7月12日施行. What is not known is left out."""
    document = version.regulation
    number = f"（{document.doc_no}）" if document.doc_no else ""
    where = clause.label if clause else ""
    day = version.in_force_on or document.in_force_from
    since = f"，{day.year}年{day.month}月{day.day}日施行" if day else ""
    return f"《{document.title}》{number}{where}，第{version.number}版{since}"
