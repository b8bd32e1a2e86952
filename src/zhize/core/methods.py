"""Every method one can run as `zhize calc METHOD IN.json`: id → title, page, function.

To add a method: write its function (plain data in, plain data out), its page in docs/algorithms with `id:` in the
head, and one line here. A test checks that ids and pages agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from .audit.calc import calc_chain
from .duties.calc import calc_discharge, calc_lights, calc_recurrence
from .duties.candidates_calc import calc_read
from .duties.carry_calc import calc_carry
from .duties.overlap_calc import calc_overlap
from .duties.reform_calc import calc_reform
from .duties.rollover_calc import calc_rollover
from .kernel.errors import BadRule
from .metrics.alert_calc import calc_alerts
from .metrics.calc import calc_attainment, calc_combine, calc_expression, calc_figures
from .papers.calc import calc_check
from .plans.calc import calc_similar
from .plans.read_calc import calc_plan_read
from .registers.calc import calc_due
from .regulation.amend_calc import calc_amend
from .regulation.compare_calc import calc_compare
from .requests.answers import calc_answer
from .requests.burden import calc_burden
from .requests.check import calc_call_check
from .requests.statement import calc_statement
from .sampling.calc import calc_allocation, calc_draw, calc_pass_rate
from .sampling.pass_rate import Way
from .scoring.calc import calc_score
from .scoring.intake.calc import calc_table
from .scoring.strictness import calc_strictness
from .workflow.progress import calc_curve, calc_rollup


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its Chinese title, the file name of its page in docs/algorithms, and its function."""

    title: str
    page: str
    run: Callable[[object], dict[str, object]]


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "requests.answer": Method("报送认定", "answers.md", calc_answer),
        "requests.burden": Method("征集负担", "burden.md", calc_burden),
        "requests.check": Method("征集发出前检查", "call-check.md", calc_call_check),
        "requests.statement": Method("减负情况", "burden-statement.md", calc_statement),
        "audit.chain.v1": Method("审计链", "audit-chain.md", calc_chain),
        "duties.recurrence": Method("履职事项排期", "obligation-recurrence.md", calc_recurrence),
        "duties.discharge": Method("履职认定", "discharge.md", calc_discharge),
        "duties.reform": Method("机构改革后由谁履行", "duties-reform.md", calc_reform),
        "duties.rollover": Method("上年未结事项结转", "duties-rollover.md", calc_rollover),
        "duties.lights": Method("亮灯", "lights.md", calc_lights),
        "metrics.expression": Method("指标公式", "metric-expression.md", calc_expression),
        "metrics.attainment": Method("目标完成情况", "metric-attainment.md", calc_attainment),
        "metrics.alert": Method("指标预警", "metric-alert.md", calc_alerts),
        "metrics.check": Method("指标审核", "metric-check.md", calc_figures),
        "metrics.combine": Method("指标汇总", "metric-combine.md", calc_combine),
        "papers.check": Method("发文前体检", "papers-check.md", calc_check),
        "sampling.draw.v1": Method("公开种子抽取", "sampling-draw.md", calc_draw),
        "registers.due.v1": Method("到期认定", "verification-due.md", calc_due),
        Way.WILSON.method: Method(
            "批次合格率：威尔逊区间", "pass-rate-wilson.md", calc_pass_rate(Way.WILSON)
        ),
        Way.WILSON_CC.method: Method(
            "批次合格率：威尔逊区间（连续性校正）", "pass-rate-wilson-cc.md", calc_pass_rate(Way.WILSON_CC)
        ),
        Way.CLOPPER_PEARSON.method: Method(
            "批次合格率：精确区间", "pass-rate-clopper-pearson.md", calc_pass_rate(Way.CLOPPER_PEARSON)
        ),
        Way.JEFFREYS.method: Method(
            "批次合格率：杰弗里斯区间", "pass-rate-jeffreys.md", calc_pass_rate(Way.JEFFREYS)
        ),
        "sampling.allocation.v1": Method("抽样分配", "sampling-allocation.md", calc_allocation),
        "scoring.score": Method("考核计分", "scoring.md", calc_score),
        "scoring.strictness": Method("宽严比较", "scoring-strictness.md", calc_strictness),
        "scoring.table": Method("考核表拆解", "scoring-table.md", calc_table),
        "tasks.curve": Method("任务节点进度", "tasks-curve.md", calc_curve),
        "tasks.rollup": Method("子任务汇总", "tasks-rollup.md", calc_rollup),
        "plans.read": Method("从计划文件拆出事项", "plan-reading.md", calc_plan_read),
        "plans.similar": Method("相似事项提示", "plan-similarity.md", calc_similar),
        "duties.carry": Method("新版文本的职责承接", "duties-carry.md", calc_carry),
        "duties.overlap": Method("与现有职责的重复提示", "duties-overlap.md", calc_overlap),
        "regulation.amend": Method("修改文件的应用", "regulation-amend.md", calc_amend),
        "regulation.compare": Method("两版文本逐条对照", "regulation-compare.md", calc_compare),
        "regulation.read": Method("读文件", "regulation-reading.md", calc_read),
    }
)


def method(name: str) -> Method:
    """The method of that id; BadRule with the nearest name if there is none."""
    if name in METHODS:
        return METHODS[name]
    near = get_close_matches(name, METHODS, n=1)
    hint = f"是否想用“{near[0]}”？" if near else ""
    raise BadRule(f"没有“{name}”这一方法", where="METHOD", remedy=f"{hint}可用：{'、'.join(METHODS)}")
