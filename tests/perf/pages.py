"""What is measured: pages by address, acts by name; beside each the bare one that does the same to the same data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page signed in as `by` (the office of the province); `{task}` is the id of a task. `per_row`: its work is its rows.
    `cold`: with nothing kept from the visitor before, as it is once a minute."""

    name: str
    address: str
    bare: str = ""
    per_row: bool = False
    cold: bool = False
    by: str = "office"

    @property
    def key(self) -> str:
        """Its place among the results."""
        words = ("" if self.by == "office" else self.by, self.address, "cold" if self.cold else "")
        return " ".join(word for word in words if word)


BARE_OBLIGATIONS, BARE_TASKS, BARE_EXPORT = "/bare/obligations/", "/bare/tasks/", "/bare/export/"
BARE_TASK = "/bare/tasks/{task}/"
BARE_UPDATE, BARE_MANY, BARE_IMPORT = "bare update", "bare update of 100", "bare import of 1,000"
BARE_DIGEST, BARE_LEDGER = "bare count by unit", "bare import"
PAGES = (
    Page("裸页：50 项任务", BARE_TASKS),
    Page("裸页：一项任务", BARE_TASK),
    Page("裸页：100 项履职事项", BARE_OBLIGATIONS),
    Page("待办", "/", BARE_TASKS),
    Page("总览", "/situation/", BARE_TASKS),
    Page("总览，汇总重算", "/situation/", BARE_TASKS, cold=True),
    Page("领导一页", "/situation/brief/", BARE_TASKS),
    Page("领导一页，汇总重算", "/situation/brief/", BARE_TASKS, cold=True),
    Page("任务台账", "/work/tasks/", BARE_TASKS),
    Page("任务台账，汇总重算", "/work/tasks/", BARE_TASKS, cold=True),
    Page("任务台账：一个单位、逾期", "/work/tasks/?lead_unit={unit}&light=overdue", BARE_TASKS),
    Page("任务台账：第二页", "/work/tasks/?cursor={cursor}", BARE_TASKS),
    Page("任务台账：按标题查找", "/work/tasks/?q=任务1", BARE_TASKS),
    Page("一项任务", "/work/tasks/{task}/", BARE_TASK),
    Page("履职事项", "/obligations/", BARE_OBLIGATIONS),
    Page("职责", "/duties/", BARE_OBLIGATIONS),
    Page("单位", "/directory/units/all/", BARE_OBLIGATIONS),
    Page("审计日志", "/audit/", BARE_OBLIGATIONS, by="auditor"),
    Page("裸页：任务导出 CSV", BARE_EXPORT, per_row=True),
    Page("任务台账导出 CSV", "/work/tasks/?export=csv&all=1", BARE_EXPORT, per_row=True),
)
YEAR_PAGES = (
    Page("裸页：100 项履职事项", BARE_OBLIGATIONS),
    Page("履职矩阵：按单位", "/obligations/matrix/", BARE_OBLIGATIONS),
    Page("履职矩阵：按单位，汇总重算", "/obligations/matrix/", BARE_OBLIGATIONS, cold=True),
    Page("履职矩阵：按地区，汇总重算", "/obligations/matrix/?by=region", BARE_OBLIGATIONS, cold=True),
    Page("责任空白", "/duties/gaps/", BARE_OBLIGATIONS),
    Page("履职事项", "/obligations/", BARE_OBLIGATIONS),
    Page("履职事项，汇总重算", "/obligations/", BARE_OBLIGATIONS, cold=True),
    Page("履职事项：一个单位、逾期", "/obligations/?unit=perf-1&light=overdue", BARE_OBLIGATIONS),
    Page("一项职责", "/duties/{duty}/", BARE_OBLIGATIONS),
    Page("一个单位的年度", "/duties/units/{unit}/", BARE_OBLIGATIONS),
    Page("上年未结事项", "/obligations/rollover/", BARE_OBLIGATIONS),
)
FIGURE_PAGES = (
    Page("裸页：100 项履职事项", BARE_OBLIGATIONS),
    Page("一张指标卡", "/metrics/cards/{card}/", BARE_OBLIGATIONS),
    Page("各地区比较图", "/metrics/cards/{card}/compare.svg", BARE_OBLIGATIONS),
    Page("一个地区的走势，近 5 年", "/metrics/cards/{card}/series/?of={code}", BARE_OBLIGATIONS),
    Page("一个地区的走势，全部", "/metrics/cards/{card}/series/?of={code}&years=all", BARE_OBLIGATIONS),
    Page("走势图，全部", "/metrics/cards/{card}/series.svg?of={code}&years=all", BARE_OBLIGATIONS),
    Page("地区分布", "/metrics/cards/{card}/regions/", BARE_OBLIGATIONS),
    Page("填报表：60 张卡", "/metrics/figures/requests/{request}/", BARE_OBLIGATIONS, by="sibling"),
    Page("指标数据", "/metrics/figures/", BARE_OBLIGATIONS),
    Page("指标数据：一张卡、一个地区", "/metrics/figures/?card={name}&region={code}", BARE_OBLIGATIONS),
    Page("指标卡", "/metrics/cards/", BARE_OBLIGATIONS),
    Page("目标完成：60 张卡、全部地区", "/metrics/attainment/", BARE_OBLIGATIONS),
    Page("目标完成：一个地区", "/metrics/attainment/?region={region}", BARE_OBLIGATIONS),
    Page("一个地区的页面", "/directory/regions/{region}/", BARE_OBLIGATIONS),
)
IMPORTS = (
    Page("裸：导入 Excel", BARE_LEDGER, per_row=True),
    Page("导入 Excel：查看、预演、发布", "tasks_import", BARE_LEDGER, per_row=True),
)
NATION_PAGES = (
    Page("裸页：50 项任务", BARE_TASKS),
    Page("裸页：100 项履职事项", BARE_OBLIGATIONS),
    *(
        Page(f"{place}：{name}", address, bare, cold=cold, by=by)
        for place, by in (("省", "province"), ("县", "county"))
        for name, address, bare, cold in (
            ("待办", "/", BARE_TASKS, False),
            ("总览，汇总重算", "/situation/", BARE_TASKS, True),
            ("履职矩阵，汇总重算", "/obligations/matrix/", BARE_OBLIGATIONS, True),
            ("任务台账，汇总重算", "/work/tasks/", BARE_TASKS, True),
            ("履职事项，汇总重算", "/obligations/", BARE_OBLIGATIONS, True),
            ("本单位报送", "/requests/mine/", BARE_TASKS, False),
            ("指标数据", "/metrics/figures/", BARE_TASKS, False),
            ("任务台账：按标题查找", "/work/tasks/?q=抽查", BARE_TASKS, False),
            ("查找", "/search/?q=抽查", BARE_TASKS, False),
        )
    ),
)
ACTS = (
    Page("裸：改一项任务", BARE_UPDATE),
    Page("改一项任务，留痕", "task_update", BARE_UPDATE),
    Page("裸：改 100 项期限", BARE_MANY),
    Page("批量调整 100 项期限，留痕", "tasks_change_due", BARE_MANY),
    Page("裸：导入 1,000 行 Excel", BARE_IMPORT),
    Page("导入 1,000 行 Excel：查看、预演、发布", "tasks_import", BARE_IMPORT),
    Page("裸：按单位计数", BARE_DIGEST),
    Page("起草进展通报", "digest_draft", BARE_DIGEST),
)
