"""A conference as the text of its call and of its minutes (kit.officialdoc blocks)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhize.apps.work.models import Conference, ConferenceUnit, Resolution
from zhize.core.papers.days import printed_day
from zhize.kit.officialdoc import Block, Run, heading, numbered, para

DIMENSIONS = ("product", "engineering", "service", "environment")


def when_of(conference: Conference) -> str:
    """2012年6月20日9:00."""
    begins = conference.begins
    return printed_day(conference.held_on) + (f"{begins.hour}:{begins.minute:02d}" if begins else "")


def call_blocks(conference: Conference, reply_until: date) -> tuple[Block, ...]:
    """会议通知: when, where, what about, and the reply that is asked for."""
    agenda = [heading(item, 2) for item in conference.agenda_items]
    return numbered(
        [
            para(
                f"经研究，定于{printed_day(conference.held_on)}召开{conference.title}。现将有关事项通知如下："
            ),
            heading("时间和地点"),
            para(f"时间：{when_of(conference)}。地点：{conference.place or '另行通知'}。"),
            heading("会议内容"),
            *(agenda or [para("会议议程另行通知。")]),
            heading("有关要求"),
            para(
                f"请各单位于{printed_day(reply_until)}前填写参会回执；确需请假的，请说明事由；"
                "由他人代会的，请写明代会人。发言和汇报材料请一并提交。"
            ),
        ]
    )


def minutes_blocks(
    conference: Conference, rows: Sequence[ConferenceUnit], resolutions: Sequence[Resolution]
) -> tuple[Block, ...]:
    """会议纪要: that it was held, the state of quality and its problems, what was decided, who came, who did not."""
    chair, act = (conference.chair, "主持召开") if conference.chair else ("", "召开")
    place = f"在{conference.place}" if conference.place else ""
    agenda = f"会议议程：{'；'.join(conference.agenda_items)}。" if conference.agenda_items else ""
    blocks: list[Block] = [
        para(f"{printed_day(conference.held_on)}，{chair}{place}{act}{conference.title}。{agenda}")
    ]
    if noted := _noted(conference):
        blocks.append(heading("质量状况和主要问题"))
        for label, text in noted:
            blocks += [heading(label, 2), para(ended(text))]
    if resolutions:
        blocks += [heading("议定事项"), *(_resolution(one) for one in resolutions)]
    came = [row.unit.name + (f"（{row.attendee}）" if row.attendee else "") for row in rows if row.attended]
    blocks += [heading("参会单位"), para(f"出席：{'、'.join(came) or '无'}。")]
    if away := [_away(row) for row in rows if row.attended is False]:
        blocks.append(para(f"缺席：{'、'.join(away)}。"))
    return numbered(blocks)


def ended(text: str) -> str:
    """With a full stop, where whoever typed it left it out."""
    return text if text[-1:] in "。！？；…" else f"{text}。"


def _noted(conference: Conference) -> list[tuple[str, str]]:
    labels = {f.name: str(f.verbose_name) for f in Conference._meta.concrete_fields}
    texts = [(labels[name], str(getattr(conference, name)).strip()) for name in DIMENSIONS]
    return [(label, text) for label, text in texts if text]


def _away(row: ConferenceUnit) -> str:
    return row.unit.name + ("（请假）" if _excused(row) else "")


def _excused(row: ConferenceUnit) -> bool:
    return row.reply == ConferenceUnit.Reply.LEAVE and row.leave == ConferenceUnit.Leave.GRANTED


def _resolution(one: Resolution) -> Block:
    ref = f"work.task:{one.task_id}" if one.task_id else ""
    return para(Run(one.text.rstrip("。"), ref), _who_and_when(one), level=2)


def resolution_words(one: Resolution) -> str:
    """As the minutes print it, in one line."""
    return one.text.rstrip("。") + _who_and_when(one)


def _who_and_when(one: Resolution) -> str:
    """。由省质监局牵头，省工商局配合，2012年9月30日前完成。"""
    words = [
        f"由{one.lead_unit.name}牵头" if one.lead_unit else "",
        f"{one.supports}配合" if one.supports else "",
        f"{printed_day(one.due_on)}前完成" if one.due_on else "",
    ]
    tail = "，".join(word for word in words if word)
    return f"。{tail}。" if tail else "。"
