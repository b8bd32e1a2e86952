"""A digest as the blocks of its circular, and the page of one region (一地一页)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from zhize.apps.orgs.models import Region, Unit
from zhize.apps.work.models import Task, TaskDigest, TaskDigestFigure
from zhize.core.papers.days import printed_day
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import Block, Paper, Run, heading, numbered, para, table
from zhize.kit.officialdoc.paper import Form

Measure = TaskDigestFigure.Measure
FIGURE = "work.digest_figure"
Figures = Mapping[tuple[int | None, str], TaskDigestFigure]
Late = Sequence[tuple[Task, str]]


def title_of(digest: TaskDigest) -> str:
    """关于2012年上半年工作任务进展情况的通报"""
    return f"关于{digest.label}工作任务进展情况的通报"


def blocks_of(
    digest: TaskDigest, figures: Figures, units: Sequence[Unit], fresh: Sequence[Task], late: Late
) -> tuple[Block, ...]:
    """总体进展, 各单位进展, what was done, what is late and why unit by unit, what is asked. Every number is linked."""
    ask = "请各牵头单位对照任务台账，按期办结并及时报告进展。"
    if late:
        ask = (
            "逾期任务的牵头单位要逐项查明原因、明确办结时间，需要协调的及时提出；其他任务的牵头单位要对照任务台账，"
            "按期办结并及时报告进展。"
        )
    out: list[Block] = [
        para(f"现将{digest.label}工作任务进展情况（统计截至{printed_day(digest.ends_on)}）通报如下："),
        heading("总体进展"),
        para(*_overall(digest, figures)),
        heading("各单位进展情况"),
        table(
            ("牵头单位", *(str(one.label) for one in Measure)),
            [(unit.name, *(_run(figures, unit.pk, one) for one in Measure)) for unit in units],
        ),
    ]
    if fresh:
        out += [heading("本期办结的任务"), *(para(_done(task)) for task in fresh)]
        out += _not_listed("本期办结", Measure.FRESH, fresh, figures, units)
    if late:
        told = [task for task, _why in late]
        out += [heading("逾期未办结的任务和原因"), *_late(late, digest.ends_on)]
        out += _not_listed("逾期未办结", Measure.LATE, told, figures, units)
    return numbered([*out, heading("有关要求"), para(ask)])


def _not_listed(
    what: str, measure: str, told: Sequence[Task], figures: Figures, units: Sequence[Unit]
) -> list[Block]:
    """How many more there are, of which units, and where they are seen; nothing where all are told."""
    listed = Counter(task.lead_unit_id for task in told)
    left = [(unit.name, figures[unit.pk, measure].value - listed[unit.pk]) for unit in units]
    if not (more := sum(number for _name, number in left)):
        return []
    parts = "、".join(f"{name}{number}项" for name, number in left if number > 0)
    return [para(f"{what}的任务另有{more}项未逐项列出（{parts}），见任务台账。")]


def _run(figures: Figures, unit_id: int | None, measure: str) -> Run:
    one = figures[unit_id, measure]
    return Run(str(one.value), f"{FIGURE}:{one.pk}")


def _overall(digest: TaskDigest, figures: Figures) -> list[str | Run]:
    words = [
        (f"{digest.year.label}列入台账的任务共", Measure.TOTAL), ("项；本期办结", Measure.FRESH),
        ("项，累计办结", Measure.DONE), ("项，正在办理", Measure.GOING), ("项，逾期未办结", Measure.LATE),
        ("项，持续推进", Measure.STANDING),
    ]  # fmt: skip
    return [part for text, one in words for part in (text, _run(figures, None, one))] + ["项。"]


def _done(task: Task) -> str:
    """省质监局：开展监督抽查（2012年5月20日完成）。抽查已完成。"""
    day = f"（{printed_day(task.done_on)}完成）" if task.done_on else ""
    word = f"{task.last_word.rstrip('。')}。" if task.last_word else ""
    return f"{task.lead_unit.name}：{task.title}{day}。{word}"


def _late(late: Late, end: date) -> list[Block]:
    """A heading for each unit, its tasks under it, in the order in which they came."""
    units = dict.fromkeys(task.lead_unit for task, _why in late)
    return [
        block
        for unit in units
        for block in (
            heading(unit.name, 2),
            *(para(late_words(task, why, end)) for task, why in late if task.lead_unit == unit),
        )
    ]


def late_words(task: Task, why: str, end: date) -> str:
    """“…”应于2012年5月31日前完成，逾期30日，已督办2次。原因：…。 `why` says itself what it is."""
    days = f"应于{printed_day(task.due_on)}前完成，逾期{(end - task.due_on).days}日" if task.due_on else ""
    chased = f"，已督办{task.reminders}次" if task.reminders else ""
    return f"“{task.title}”{days}{chased}。{why.rstrip('。')}。"


@in_chinese
def region_paper(
    digest: TaskDigest,
    region: Region,
    counts: Counter[str],
    tasks: Sequence[Task],
    late: Late,
    words: Sequence[str],
) -> Paper:
    """一地一页: the region's own figures, its tasks with the word of their light, what is late and why; nobody else's."""
    told = "，".join(f"{one.label}{counts[one]}项" for one in Measure)
    body: list[Block] = [
        para(f"统计期间：{printed_day(digest.starts_on)}至{printed_day(digest.ends_on)}。{told}。"),
        table(
            ("序号", "任务", "牵头单位", "完成期限", "进度", "状态"),
            [
                (
                    str(number), task.title, task.lead_unit.name, printed_day(task.due_on) if task.due_on else "",
                    f"{task.percent}%", word,
                )
                for number, (task, word) in enumerate(zip(tasks, words, strict=True), 1)
            ],
        ),
    ]  # fmt: skip
    if late:
        body += [heading("逾期未办结的任务和原因")]
        body += [para(late_words(task, why, digest.ends_on)) for task, why in late]
        if (more := counts[Measure.LATE] - len(late)) > 0:
            body += [para(f"逾期未办结的任务另有{more}项未写原因，见上表和任务台账。")]
    return Paper(title=f"{region.name}{digest.label}工作任务进展情况", body=numbered(body), form=Form.SHEET)
