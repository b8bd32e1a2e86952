"""核查底稿: what was found at a place, as data with its digest and as a paper both sides sign."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from zhize.apps.inspection.models import CheckedPlace, CheckItem, EntryCorrection, PlaceEntry, PlaceSignature
from zhize.core.papers.days import printed_day
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import Block, Form, Paper, heading, numbered, para, table

HEAD = ("序号", "核查项目", "核查要求", "记录", "照片")


@dataclass(frozen=True, slots=True)
class Line:
    """One item at one place: what was recorded and, after signing, what it was corrected to."""

    item: CheckItem
    entry: PlaceEntry | None
    corrections: tuple[EntryCorrection, ...] = ()

    @property
    def verdict(self) -> str:
        """The verdict that holds: the last correction's, else the recorded one."""
        if self.corrections:
            return self.corrections[-1].verdict
        return self.entry.verdict if self.entry else ""

    @property
    def filled(self) -> bool:
        return self.entry is not None

    @property
    def said(self) -> str:
        return said(self.entry)


def said(entry: PlaceEntry | None) -> str:
    """“不符合。没有纪要。” or “12.5” as the record says it."""
    if entry is None:
        return "未记录"
    number = f"{entry.number:f}".rstrip("0").rstrip(".") if entry.number is not None else ""
    parts = [str(entry.get_verdict_display()) if entry.verdict else "", number, entry.words]
    return "。".join(part.rstrip("。") for part in parts if part)


@in_chinese
def digest_of_record(place: CheckedPlace, lines: Sequence[Line]) -> str:
    """SHA-256 of the record as JSON with sorted keys: place, day, who was there, summary, items, digests of pictures."""
    data = {
        "unit": place.checked.unit.name,
        "place": place.name,
        "visited_on": str(place.visited_on),
        "present": place.present,
        "summary": place.summary,
        "items": [
            {
                "item": line.item.name,
                "requirement": line.item.requirement,
                "said": said(line.entry),
                "pictures": sorted(p.evidence.file.sha256 for p in line.entry.picture_rows.all())
                if line.entry
                else [],
            }
            for line in lines
        ],
    }
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@in_chinese
def record_paper(
    place: CheckedPlace, lines: Sequence[Line], signatures: Sequence[PlaceSignature], people: Sequence[str]
) -> Paper:
    """核查底稿: facts, items, corrections, signatures or the places to sign."""
    inspection, unit = place.checked.inspection, place.checked.unit
    day = printed_day(place.visited_on) if place.visited_on else "      年   月   日"
    rows = [
        (str(n), one.item.name, one.item.requirement, said(one.entry), str(len(one.entry.picture_rows.all())) if one.entry else "0")
        for n, one in enumerate(lines, 1)
    ]  # fmt: skip
    body: list[Block] = [
        para(f"核查名称：{inspection.title}。核查依据：{inspection.basis}。"),
        para(f"被查单位：{unit.name}。核查点：{place.name}（{place.get_origin_display()}）。"),
        para(f"核查日期：{day}。核查组：{'、'.join(people)}。被查方在场人员：{place.present or '无'}。"),
        heading("核查情况"),
        para(place.summary or "无补充。"),
    ]
    corrections = [one for line in lines for one in line.corrections]
    if corrections:
        body.append(heading("签字后的更正"))
        body += [
            para(
                f"{one.item.name}：更正为{one.get_verdict_display() or ''}{one.words}。"
                f"理由：{one.reason}（{one.by}，{printed_day(one.at.date())}）。"
            )
            for one in corrections
        ]
    body.append(heading("签字"))
    for side in PlaceSignature.Side:
        signed = [one for one in signatures if one.side == side and one.digest == place.digest]
        body += [para(f"{side.label}：{_signed(one)}") for one in signed] or [
            para(f"{side.label}（签字）：                         年   月   日")
        ]
    if place.digest:
        body.append(para(f"底稿摘要（SHA-256）：{place.digest}"))
    return Paper(title="实地核查底稿", body=(*numbered(body), table(HEAD, rows)), form=Form.SHEET)


def _signed(one: PlaceSignature) -> str:
    opinion = f"，意见：{one.opinion}" if one.opinion else ""
    return f"{one.title}{one.name}，{printed_day(one.on)}（{one.get_way_display()}）{opinion}。"
