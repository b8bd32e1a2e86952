"""What every part of the demonstration needs: people by account, days, files that say what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document

from zhize.apps.audit.services import checkpoint_write_within
from zhize.apps.orgs.models import Jurisdiction, Unit, User
from zhize.apps.orgs.selectors import actor_of, hats_of
from zhize.apps.regulations.models import Obligation
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor, system_actor
from zhize.kit.yaml_text import yaml_of


@dataclass(frozen=True, slots=True)
class Stage:
    """The province's jurisdiction and its open year, handed from part to part; `folder` holds the reference data."""

    folder: Path
    jurisdiction: Jurisdiction
    year: WorkYear


def actor(username: str, day: date) -> Actor:
    """The person under the hat that counts that day."""
    user = User.objects.get(username=username)
    return actor_of(user, hats_of(user, day)[0], request_id=f"demo-{day:%Y%m%d}").through("demo")


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def sign_the_log(day: date) -> None:
    """The heads of the log, signed before the day's work, as the product does every night."""
    checkpoint_write_within(actor=system_actor("装载演示数据"), now=at(day, 8))


def unit(code: str) -> Unit:
    """A unit of the reference data by its code (gs-zjj)."""
    return Unit.objects.system("demonstration").get(code=code)


def liaison_of(unit_ids: list[int], day: date) -> str | None:
    """The demonstration's person who may hand in for one of these units, if it has one."""
    people = User.objects.filter(is_demo=True, posts__unit_id__in=unit_ids, posts__starts_on__lte=day)
    user = people.filter(posts__role__in=["liaison", "office_staff"]).order_by("username").first()
    return user.username if user else None


def obligations(jurisdiction: Jurisdiction, code: str) -> list[Obligation]:
    """What is owed for a duty, in official order."""
    return list(
        Obligation.objects.system("demonstration")
        .filter(jurisdiction=jurisdiction, duty__code=code)
        .select_related("unit", "duty", "jurisdiction", "year")
        .order_by("unit__order", "pk")
    )


def paper(title: str, *lines: str) -> SimpleUploadedFile:
    """A small Word document that says what it is."""
    document = Document()
    document.add_heading(title, 1)
    document.add_paragraph("演示数据：本文件由演示程序生成，不是真实公文。")
    for line in lines:
        document.add_paragraph(line)
    content = BytesIO()
    document.save(content)
    return SimpleUploadedFile(f"{title}.docx", content.getvalue())


def read_yaml(path: Path) -> Any:
    return yaml_of(path.read_text("utf-8"))
