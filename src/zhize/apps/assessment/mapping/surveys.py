"""Results of surveys and visits as the facts a criterion reads."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from zhize.apps.assessment.models import SurveyResult
from zhize.core.papers.days import printed_day
from zhize.core.scoring.methods.survey import Survey as SurveyMethod
from zhize.core.scoring.scheme import Node, Scheme, SourceKind

EVERYBODY = "全体"
TAKES = ("actual", "count", "value")
HUNDRED = Decimal(100)


def surveyed_leaves(scheme: Scheme) -> list[Node]:
    """The criteria that a survey or visits may feed: scored by survey, or a figure said to come from one."""
    return [leaf for leaf in scheme.root.leaves() if _takes(leaf)]


def _takes(leaf: Node) -> bool:
    if isinstance(leaf.method, SurveyMethod):
        return True
    figure = leaf.method is not None and any(name in leaf.method.asks for name in TAKES)
    return leaf.source.kind is SourceKind.SURVEY and figure


def groups_of(leaf: Node) -> dict[str, str]:
    """What an import calls those asked → the code the method knows; one line for all where it asks for no groups."""
    if not isinstance(leaf.method, SurveyMethod):
        return {EVERYBODY: ""}
    return {one.title: one.code for one in leaf.method.groups}


def scale_of(leaf: Node) -> Decimal:
    """The best a score may be."""
    if not isinstance(leaf.method, SurveyMethod):
        return HUNDRED
    return Decimal(leaf.method.full.numerator) / Decimal(leaf.method.full.denominator)


def at_least_of(leaf: Node) -> int:
    """How many answers a group must have to count."""
    return leaf.method.at_least if isinstance(leaf.method, SurveyMethod) else 1


def score_of(result: SurveyResult, leaf: Node) -> Decimal | None:
    """On the criterion's scale, whichever way it was given."""
    if result.score is not None or result.share is None:
        return result.score
    return result.share * scale_of(leaf) / HUNDRED


def answers_of(results: Iterable[SurveyResult], leaf: Node) -> dict[str, Any]:
    """The facts of a criterion scored by survey: {answers: {group: {mean, count, asked}}}."""
    codes = groups_of(leaf)
    found: dict[str, dict[str, Any]] = {}
    for row in results:
        mean = score_of(row, leaf)
        if mean is None or row.group not in codes:
            continue
        one: dict[str, Any] = {"mean": plain(mean), "count": row.answered or 0}
        found[codes[row.group]] = one | ({"asked": row.asked} if row.asked else {})
    return {"answers": found} if found else {}


def source_of(row: SurveyResult, leaf: Node) -> dict[str, str]:
    """“质量满意度调查（某调查中心，2012年10月8日至26日）：企业，发放80份、有效66份，得86.5分”."""
    survey = row.survey
    said = [] if row.group == EVERYBODY else [row.group]
    if row.answered is not None:
        sent = f"发放{row.asked}份、" if row.asked else ""
        said.append(f"{sent}有效{row.answered}份")
    mean = score_of(row, leaf)
    said.append("没有结果" if mean is None else f"得{plain(mean)}分")
    days = f"{printed_day(survey.starts_on)}至{printed_day(survey.ends_on)}"
    words = f"{survey.title}（{survey.done_by}，{days}）：{'，'.join(said)}"
    return {"words": words, "ref": f"assessment.survey:{survey.pk}", "url": ""}


def objections_to(row: SurveyResult, leaf: Node) -> list[tuple[str, str, str]]:
    """What is wrong with a filled-in line: (field, what, remedy)."""
    found = []
    if row.group not in groups_of(leaf):
        known = "、".join(groups_of(leaf))
        found.append(("group", f"办法没有“{row.group}”这一人群", f"可选：{known}"))
    if row.score is not None and row.share is not None:
        found.append(("share", "得分和得分率都填了", "请只填一种"))
    full = scale_of(leaf)
    if row.score is not None and not 0 <= row.score <= full:
        found.append(
            ("score", f"{plain(row.score)} 不在 0 至 {plain(full)} 之间", "请按办法的满分折算后填写")
        )
    if row.share is not None and not 0 <= row.share <= HUNDRED:
        found.append(("share", f"{plain(row.share)} 不在 0 至 100 之间", "请填百分数"))
    if row.asked is not None and row.answered is not None and row.answered > row.asked:
        found.append(("answered", f"有效{row.answered}份，多于发放的{row.asked}份", "请核对份数"))
    if row.is_given and isinstance(leaf.method, SurveyMethod) and row.answered is None:
        found.append(("answered", "没有填有效份数", "样本够不够按有效份数看，请填写"))
    return found


def plain(value: Decimal) -> str:
    """Exact, without idle noughts."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal_of(value: object) -> Decimal | None:
    """A staged number as text, or none."""
    return None if value in (None, "") else Decimal(str(value))
