"""Places below at home: an own year and an own register, from an own text or taken over from the level above (四（一）)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhize.apps.cli.demo.register import corrections_read
from zhize.apps.cli.demo.stage import Stage, actor, at, read_yaml
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.regulations import services as register
from zhize.apps.years import services as years
from zhize.apps.years.models import WorkYear

OPENED = date(2012, 1, 9)


def home(stage: Stage, place: str) -> Stage:
    """The stage of a prefecture ("lz"): the year it opened in January, with the duties of its own text
    (`reference/gansu/<place>.txt`, `<place>-confirmations.yaml`). A repeat gives what there is."""
    jurisdiction = Jurisdiction.objects.system("demonstration").get(code=f"{place}-quality")
    year = WorkYear.objects.system("demonstration").filter(jurisdiction=jurisdiction).first()
    if year is None:
        year = _opened(stage, jurisdiction, place)
    return Stage(stage.folder, jurisdiction, year)


def _opened(stage: Stage, jurisdiction: Jurisdiction, place: str) -> WorkYear:
    office, now = actor(f"{place}-office", OPENED), at(OPENED)
    document = read_yaml(stage.folder / f"{place}-confirmations.yaml")["document"]
    regulation = register.regulation_create(
        jurisdiction=jurisdiction, data={"code": "main", **document}, actor=office, now=now
    )
    text = (stage.folder / f"{place}.txt").read_text("utf-8")
    version = register.version_read(regulation=regulation, text=text, actor=office, now=now)
    corrections = corrections_read(stage.folder / f"{place}-confirmations.yaml")
    register.version_confirm(version=version, corrections=corrections, actor=office, now=now)
    year = years.work_year_create(
        jurisdiction=jurisdiction, starts_on=date(2012, 1, 1), actor=office, now=now, is_demo=True
    )
    return years.work_year_move(year=year, action="open", version=None, actor=office, now=now)


def taken_over(
    stage: Stage, code: str, who: str, day: date, changes: Mapping[str, Mapping[str, Any]]
) -> Stage:
    """The duties of group, office and members of the level above as its own, then changed where the place differs; its year
    opened the same day."""
    jurisdiction = Jurisdiction.objects.system("demonstration").get(code=code)
    office = actor(who, day)
    register.register_copy(jurisdiction=jurisdiction, actor=office, now=at(day))
    if rows := [{"code": number, **change} for number, change in changes.items()]:
        register.register_save(rows=rows, actor=office, now=at(day, 11), digest="")
    year = years.work_year_create(
        jurisdiction=jurisdiction, starts_on=date(2012, 1, 1), actor=office, now=at(day, 14), is_demo=True
    )
    year = years.work_year_move(year=year, action="open", version=None, actor=office, now=at(day, 15))
    return Stage(stage.folder, jurisdiction, year)
