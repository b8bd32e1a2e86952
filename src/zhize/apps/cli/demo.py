"""The demonstration (演示数据): Gansu in 2012, made through the same services as the browser uses.

The regulation is our own rendition (`reference/gansu`); the office's confirmations replay over the reader's
proposal. The first quarter is played: units hand in, the office confirms, returns and excuses, some are late.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from docx import Document

from zhize.apps.orgs.models import Jurisdiction, User
from zhize.apps.orgs.selectors import actor_of, hats_of
from zhize.apps.orgs.services import demo_people_load, reference_load
from zhize.apps.orgs.sign_in.demo import SHOWN, demo_password
from zhize.apps.regulations import services as register
from zhize.apps.regulations.models import Discharge, Obligation
from zhize.apps.years import services as years
from zhize.kit.actor import Actor, system_actor

TODAY = date(2012, 4, 16)
MARK = "demonstration"
SYSTEM = system_actor("装载演示数据")


def demo_accounts() -> list[tuple[str, str, str]]:
    """What `make run` prints; nothing where this is no demonstration."""
    if not Path(settings.ZHIZE_HOME, MARK).exists():
        return []
    return [(username, demo_password(), str(who)) for username, who in SHOWN]


def demo_load() -> None:
    """Loads everything in one go, and marks the data folder as a demonstration held on 2012-04-16."""
    folder = Path(settings.REFERENCE_DIR, "gansu")
    start = _at(date(2012, 1, 4))
    with transaction.atomic():
        counties = frozenset(str(code) for code in _yaml(folder / "demo.yaml")["county_jurisdictions"])
        reference_load(path=folder, counties=counties, actor=SYSTEM, now=start)
        demo_people_load(path=folder, passwords={"": demo_password()}, actor=SYSTEM, now=start)
        years.calendar_load(first=2011, last=2026, actor=SYSTEM, now=start)
        office = _actor("gs-office", start.date())
        jurisdiction = Jurisdiction.objects.system("demonstration").get(code="gs-quality")
        _register(folder, jurisdiction, office, start)
        year = years.work_year_create(
            jurisdiction=jurisdiction, starts_on=date(2012, 1, 1), actor=office, now=start, is_demo=True
        )
        years.work_year_move(year=year, action="open", version=None, actor=office, now=start)
        _first_quarter(jurisdiction)
    Path(settings.ZHIZE_HOME, MARK).write_text(TODAY.isoformat(), "utf-8")


def _register(folder: Path, jurisdiction: Jurisdiction, office: Actor, now: datetime) -> None:
    """The documents in force, and the confirmed text of the one we ship."""
    for row in _yaml(folder / "documents.yaml")["documents"]:
        text = row["text"]
        regulation = register.regulation_create(
            jurisdiction=jurisdiction,
            data={
                "code": "main" if text else row["key"],
                "title": row["title"],
                "doc_no": row["number"] or "",
                "issuer": "甘肃省人民政府办公厅" if row["issuer"] == "gs-bgt" else "甘肃省人民政府",
                "issued_on": row["dated"],
                "in_force_from": row["dated"],
                "note": "演示数据。" + (row["why"] or ""),
            },
            actor=office,
            now=now,
        )
        if text:
            version = register.version_read(
                regulation=regulation, text=(folder / text).read_text("utf-8"), actor=office, now=now
            )
            corrections = corrections_read(folder / "confirmations.yaml")
            register.version_confirm(version=version, corrections=corrections, actor=office, now=now)


def corrections_read(path: Path) -> dict[str, register.Correction]:
    """confirmations.yaml as the corrections a person would make on the page."""
    return {
        key: register.Correction(
            title=row.get("title"),
            nature=row.get("nature"),
            kind=row.get("kind"),
            holders=tuple(row["holders"]) if row.get("holders") else None,
            recurrence=_plain(row.get("recurrence") or {}),
            rule=_plain(row.get("rule") or {}),
            keep_flag=True,
        )
        for key, row in _yaml(path)["confirmations"].items()
    }


def _plain(value: Any) -> Any:
    """Dates as ISO text, so that the values fit a JSON column."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _first_quarter(jurisdiction: Jurisdiction) -> None:
    """Until 16 April: work schemes handed in by most units, some returned, some late, one excused, two still owing."""
    schemes = _obligations(jurisdiction, "3.2#1")
    director = _actor("gs-office-director", TODAY)
    for number, obligation in enumerate(schemes):
        username = _liaison_of(obligation, TODAY)
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
        decided = _at(handed_in + timedelta(days=2), hour=15)
        office = _actor("gs-office", decided.date())
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
                    uploads=[_file(obligation, "（补正）")],
                    dated_on=decided.date() + timedelta(days=3),
                    existing=[],
                    actor=_actor(username, decided.date()),
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
        now=_at(date(2012, 3, 20)),
    )
    for obligation in _obligations(jurisdiction, "4.2#1")[:5]:
        if username := _liaison_of(obligation, TODAY):
            _hand_in(obligation, username, date(2012, 4, 12), "已印发本地区质量振兴具体方案。")


def _hand_in(obligation: Obligation, username: str, day: date, words: str) -> Discharge:
    return register.discharge_hand_in(
        obligation=obligation,
        statement=words,
        uploads=[_file(obligation)],
        dated_on=day - timedelta(days=3),
        existing=[],
        actor=_actor(username, day),
        now=_at(day),
    )


def _obligations(jurisdiction: Jurisdiction, code: str) -> list[Obligation]:
    return list(
        Obligation.objects.system("demonstration")
        .filter(jurisdiction=jurisdiction, duty__code=code)
        .select_related("unit", "duty", "jurisdiction", "year")
        .order_by("unit__order", "pk")
    )


def _liaison_of(obligation: Obligation, day: date) -> str | None:
    """The demonstration's person who may hand in for the unit, if it has one."""
    unit_ids = [u for u in (obligation.unit_id, obligation.unit.answers_through_id) if u]
    people = User.objects.filter(is_demo=True, posts__unit_id__in=unit_ids, posts__starts_on__lte=day)
    user = people.filter(posts__role__in=["liaison", "office_staff"]).order_by("username").first()
    return user.username if user else None


def _actor(username: str, day: date) -> Actor:
    user = User.objects.get(username=username)
    return actor_of(user, hats_of(user, day)[0], request_id=f"demo-{day:%Y%m%d}").through("demo")


def _file(obligation: Obligation, suffix: str = "") -> SimpleUploadedFile:
    """A small Word document that says what it is."""
    document = Document()
    document.add_heading(f"{obligation.unit.name}{obligation.duty.title}{suffix}", 1)
    document.add_paragraph("演示数据：本文件由演示程序生成，不是真实公文。")
    document.add_paragraph(f"{obligation.period_label}，依据：{obligation.duty.text}")
    content = BytesIO()
    document.save(content)
    name = f"{obligation.unit.name}{obligation.duty.title}{suffix}.docx"
    return SimpleUploadedFile(name, content.getvalue())


def _at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
