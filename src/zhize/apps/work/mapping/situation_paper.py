"""A situation report as the blocks of its document: the whole, the four dimensions, the last decisions. Numbers are linked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from zhize.apps.metrics.selectors import Reading, shown_target
from zhize.apps.registers.selectors import Whole
from zhize.apps.work.mapping.digest_paper import Late, late_words
from zhize.apps.work.mapping.situation import DECISION, FIGURE, FOUR, Key, Situation, became_of
from zhize.apps.work.models import Conference, PlanItem, Resolution, SituationFigure
from zhize.core.papers.days import printed_day
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import Block, Run, heading, numbered, para, table

Measure = SituationFigure.Measure
Figures = Mapping[Key, SituationFigure]
HEAD = ("指标", "统计期", "数值", "上年同期", "比上年同期", "本年目标", "目标完成")
NO_TASKS = "本年没有归入这一方面的任务。"


def title_of(conference: Conference, label: str) -> str:
    """甘肃省2012年上半年质量状况分析报告 (region joined)."""
    return f"{conference.jurisdiction.region.name}{label}质量状况分析报告"


@in_chinese
def blocks_of(
    conference: Conference,
    label: str,
    end: date,
    found: Situation,
    figures: Figures,
    late: Mapping[str, Late],
) -> tuple[Block, ...]:
    """`figures` are the report's own numbers as kept, `late` the late tasks of each dimension with why they are stuck."""
    out: list[Block] = [
        para(
            f"为{conference.title}研究质量状况和主要问题，现将{label}产品、工程、服务和环境质量状况"
            f"（统计截至{printed_day(end)}）分析报告如下："
        ),
        heading("总体情况"),
        para(f"{conference.year.label}列入台账的", *_tasks("", figures)),
    ]
    for part in FOUR:
        out += [heading(f"{part.label}状况"), *_dimension(part, conference, end, found, figures, late[part])]
    out += [heading("上次会议决定事项落实情况"), *_last(found, figures)]
    return numbered(out)


def _run(figures: Figures, part: str, measure: str, code: str = "") -> Run:
    one = figures[part, measure, code]
    return Run(one.words, f"{FIGURE}:{one.pk}")


def _tasks(part: str, figures: Figures) -> list[str | Run]:
    words = (("任务共", Measure.TOTAL), ("项，累计办结", Measure.DONE), ("项，逾期未办结", Measure.LATE))
    return [piece for text, one in words for piece in (text, _run(figures, part, one))] + ["项。"]


def _dimension(
    part: PlanItem.Part, conference: Conference, end: date, found: Situation, figures: Figures, late: Late
) -> Iterator[Block]:
    readings = found.readings[part]
    kept = [one for one in found.registers[part] if one.n]
    tasks = figures[part, Measure.TOTAL, ""].words != "0"
    problems = str(getattr(conference, part.value)).strip()
    if not (readings or kept or tasks or problems):
        yield para(
            f"截至{printed_day(end)}，系统中没有{part.label}方面的指标数据、任务和台账记录，会前也没有记录主要问题。"
        )
        return
    yield heading("指标完成情况", 2)
    yield (
        table(HEAD, [_reading(one, figures) for one in readings])
        if readings
        else para(f"没有{part.label}方面的指标数据。")
    )
    yield heading("任务进展", 2)
    yield para(f"{part.label}方面的", *_tasks(part, figures)) if tasks else para(NO_TASKS)
    for task, why in late:
        yield para(f"{task.lead_unit.name}：", Run(late_words(task, why, end), f"work.task:{task.pk}"))
    if (more := int(figures[part, Measure.LATE, ""].words) - len(late)) > 0:
        yield para(f"另有{more}项逾期任务未逐项列出，见任务台账。")
    if kept:
        yield heading("台账反映的情况", 2)
        yield from (para(*_register(part, one, figures)) for one in kept)
    yield heading("主要问题", 2)
    yield para(problems or "会前没有记录这一方面的主要问题。")


def _reading(one: Reading, figures: Figures) -> Sequence[str | Run]:
    key = (one.card.dimension, Measure.ATTAINED, one.card.code)
    return (
        one.card.name,
        one.row.period_label if one.row else "",
        Run(one.shown, f"metrics.observation:{one.row.pk}")
        if one.row and one.row.value is not None
        else "无数据",
        Run(one.shown_before, f"metrics.observation:{one.year_ago.pk}")
        if one.year_ago and one.year_ago.value is not None
        else "无数据",
        one.change or "—",
        Run(shown_target(one.target), f"metrics.target:{one.target.pk}") if one.target else "未设",
        _run(figures, *key) if key in figures else "—",
    )


def _register(part: str, one: Whole, figures: Figures) -> list[str | Run]:
    """产品质量监督抽查登记120条，其中不合格8条，合格率93.3%。"""
    code = one.type.code
    words: list[str | Run] = [f"{one.type.title}登记", _run(figures, part, Measure.RECORDS, code), "条"]
    if (part, Measure.FAILED, code) in figures:
        words += ["，其中不合格", _run(figures, part, Measure.FAILED, code), "条，合格率"]
        words.append(_run(figures, part, Measure.RATE, code))
    return [*words, "。"]


def _last(found: Situation, figures: Figures) -> Iterator[Block]:
    if found.last is None:
        yield para("此前没有已召开的同类会议。")
        return
    words = (
        (f"{found.last.title}（{printed_day(found.last.held_on)}）决定事项", Measure.DECIDED),
        ("项，转为任务后已落实", Measure.SETTLED), ("项，未落实", Measure.OPEN),
    )  # fmt: skip
    yield para(*(piece for text, one in words for piece in (text, _run(figures, "", one))), "项。")
    if found.decisions:
        head = ("决定事项", "牵头单位", "完成期限", "落实情况")
        yield table(head, [_decision(one) for one in found.decisions])


def _decision(one: Resolution) -> Sequence[str | Run]:
    return (
        one.text.rstrip("。"),
        one.lead_unit.name if one.lead_unit else "",
        printed_day(one.due_on) if one.due_on else "",
        Run(became_of(one), f"{DECISION}:{one.pk}"),
    )
