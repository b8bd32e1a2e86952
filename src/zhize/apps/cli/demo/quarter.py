"""The first quarter, until 16 April: work schemes handed in, confirmed, returned, late, excused."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from zhize.apps.cli.demo.stage import Stage, actor, at, liaison_of, obligations, paper
from zhize.apps.regulations import services as register
from zhize.apps.regulations.models import Discharge, Obligation

LAST = date(2012, 4, 16)


def play(stage: Stage) -> None:
    """Until 16 April: work schemes handed in by most units, some returned, some late, one excused, two still owing."""
    schemes = obligations(stage.jurisdiction, "3.2#1")
    director = actor("gs-office-director", LAST)
    for number, obligation in enumerate(schemes):
        username = _liaison(obligation)
        if username is None or number % 9 == 8:
            continue
        waits = number % 5 == 4
        handed_in = (
            date(2012, 4, 9) + timedelta(days=number // 5)
            if waits
            else date(2012, 2, 20) + timedelta(days=number * 2)
        )
        discharge = _hand_in(
            obligation, username, handed_in, "已制定本部门质量振兴工作方案，明确年度目标、措施和分工。"
        )
        decided = at(handed_in + timedelta(days=2), hour=15)
        office = actor("gs-office", decided.date())
        if number % 7 == 3:
            register.discharge_return(
                discharge=discharge,
                comment="方案缺少年度目标的分解表，请补充后重新报送。",
                version=None,
                actor=office,
                now=decided,
            )
            if number != 10:
                register.discharge_hand_in(
                    obligation=obligation,
                    statement="已补充年度目标分解表，重新报送。",
                    uploads=[_paper(obligation, "（补正）")],
                    dated_on=decided.date() + timedelta(days=3),
                    existing=[],
                    actor=actor(username, decided.date()),
                    now=decided + timedelta(days=3),
                )
        elif not waits:
            register.discharge_confirm(discharge=discharge, version=None, actor=office, now=decided)
    waived = next(o for n, o in enumerate(schemes) if n % 9 == 8)
    register.obligation_waive(
        obligation=waived,
        reason="该单位工作方案并入全省工作方案，不再单独制定。",
        basis="办公室2012年第1次会议纪要（演示）",
        actor=director,
        now=at(date(2012, 3, 20)),
    )
    for obligation in obligations(stage.jurisdiction, "4.2#1")[:5]:
        if username := _liaison(obligation):
            _hand_in(obligation, username, date(2012, 4, 12), "已印发本地区质量振兴具体方案。")


def _hand_in(obligation: Obligation, username: str, day: date, words: str) -> Discharge:
    return register.discharge_hand_in(
        obligation=obligation,
        statement=words,
        uploads=[_paper(obligation)],
        dated_on=day - timedelta(days=3),
        existing=[],
        actor=actor(username, day),
        now=at(day),
    )


def _liaison(obligation: Obligation) -> str | None:
    return liaison_of([u for u in (obligation.unit_id, obligation.unit.answers_through_id) if u], LAST)


def _paper(obligation: Obligation, suffix: str = "") -> SimpleUploadedFile:
    title = f"{obligation.unit.name}{obligation.duty.title}{suffix}"
    return paper(title, f"{obligation.period_label}，依据：{obligation.duty.text}")
