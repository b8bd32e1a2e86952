"""A round of fourteen prefectures from the notice to the circular: one evaluates itself too late, one is vetoed, one objects
and comes out a grade better; then what the auditor takes home."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.assessment.conftest import DECEMBER, NOVEMBER
from tests.assessment.test_results import verified
from tests.documents.acts import sent
from tests.world import SINCE, World

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Appeal, Assessed, Round
from zhize.apps.assessment.selectors import Edition
from zhize.apps.assessment.services import SelfRow
from zhize.apps.documents.models import Addressee, Issuer, OfficialDocument
from zhize.apps.orgs.models import Membership, Region, Unit
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.errors import StateConflict
from zhize.kit.officialdoc import from_json, runs_of

SELF_DUE = datetime(2012, 12, 6, 2, 0, tzinfo=UTC)
NAMES = ["嘉峪关", "金昌", "白银", "武威", "张掖", "平凉", "酒泉", "庆阳", "定西", "陇南", "临夏", "甘南"]


@dataclass
class Field:
    """The round and its objects by name."""

    pk: int
    office: Actor

    @property
    def round(self) -> Round:
        return Round.objects.system("test").select_related("jurisdiction", "year").get(pk=self.pk)

    def rows(self) -> list[Assessed]:
        return selectors.objects_of(self.round)

    def row(self, name: str) -> Assessed:
        return next(one for one in self.rows() if one.name.startswith(name))

    def move(self, *actions: str, now: datetime) -> None:
        for action in actions:
            services.round_move(
                round_=self.round, action=action, version=None, reason="", actor=self.office, now=now
            )

    def grades(self) -> dict[str, str]:
        return {one.name[:2]: one.grade for one in self.rows()}


@pytest.fixture
def field(world: World, year: WorkYear, edition: Edition, office: Actor) -> Field:
    for order, name in enumerate(NAMES, 10):
        region = Region.objects.create(
            code=f"6290{order}", name=f"{name}市", name_en=name, short=name, level="prefecture", parent=world.region["gs"],
            order=order,
        )  # fmt: skip
        desk = Unit.objects.create(
            code=f"test-{order}-office", region=region, name=f"{name}市领导小组办公室", kind="office", order=order,
            valid_from=SINCE,
        )  # fmt: skip
        unit = Unit.objects.create(
            code=f"test-{order}-gov", region=region, name=f"{name}市人民政府", kind="government", order=order,
            answers_through=desk, valid_from=SINCE,
        )  # fmt: skip
        Membership.objects.create(
            jurisdiction=world.jurisdiction["gs"],
            unit=unit,
            capacity="assessed",
            order=order,
            valid_from=SINCE,
        )
    made = services.round_create(
        year=year, title="2012年度市州质量工作考核", edition=edition, cut_off_on=date(2012, 11, 30),
        self_due_on=date(2012, 12, 5), actor=office, now=NOVEMBER,
    )  # fmt: skip
    return Field(made.pk, office)


def evaluated(field: Field, late: str) -> None:
    """Everybody but one hands in; the office enters what came on paper."""
    for row in field.rows():
        if row.name.startswith(late):
            continue
        saved = services.self_save(
            assessed=row, rows=[SelfRow(code, Decimal(35), "见台账") for code in ("work", "campaign")], summary="自评报告",
            dated_on=date(2012, 12, 3), version=None, actor=field.office, now=NOVEMBER,
        )  # fmt: skip
        services.self_submit(assessed=saved, version=None, actor=field.office, now=NOVEMBER)


def marked(field: Field, world: World) -> None:
    """All get 90 (A); 天水 stands at 85 (B) for a campaign marked at 25."""
    for row in field.rows():
        campaign = "25" if row.name.startswith("天水") else "30"
        for code, facts, who in (
            ("work", {"actual": "4", "target": "4"}, "office"),
            ("duties", {"due": 2, "on_time": 2}, "office"),
            ("campaign", {"value": campaign}, "head"),
        ):
            entry = selectors.entry_of(row, code)
            assert entry is not None
            services.entry_check(
                entry=entry, facts=facts, reason="", version=None, actor=world.actor(who), now=DECEMBER
            )
    services.round_compute(round_=field.round, actor=field.office, now=DECEMBER)


def test_fourteen_prefectures_from_the_notice_to_the_circular(
    world: World, field: Field, issuer: Issuer, director: Actor, tmp_path: Path
) -> None:
    assert len(field.rows()) == 14
    field.move("open", now=NOVEMBER)
    evaluated(field, late="陇南")
    field.move("check", now=SELF_DUE)
    with pytest.raises(StateConflict):
        services.self_save(
            assessed=field.row("陇南"),
            rows=[],
            summary="补报",
            version=None,
            actor=field.office,
            now=SELF_DUE,
        )
    assert [one.name for one in field.rows() if one.self_state == "waiting"] == ["陇南市"]
    marked(field, world)
    services.veto_record(
        assessed=field.row("白银"), code="incident", reason="发生区域性质量安全事件", basis="核查意见", actor=director,
        now=DECEMBER,
    )  # fmt: skip
    services.round_compute(round_=field.round, actor=field.office, now=DECEMBER)
    field.move("conclude", "feed_back", now=DECEMBER)
    before = field.grades()
    assert (before["天水"], before["白银"], before["陇南"]) == ("B", "D", "A")

    objected(field, world, director)
    after = field.grades()
    assert after == before | {"天水": "A"}, "one objection, one grade, nobody else"

    services.round_approve(
        round_=field.round, by_name="领导小组组长", on=date(2012, 12, 10), opinion="同意", version=None, actor=director,
        now=DECEMBER,
    )  # fmt: skip
    circulated(field, director)
    sheets = services.sheets_issue(
        round_=field.round,
        signed_by="办公室主任",
        signed_on=date(2012, 12, 10),
        actor=field.office,
        now=DECEMBER,
    )
    assert sheets == 14
    taken_home(field, world, tmp_path)


def objected(field: Field, world: World, director: Actor) -> None:
    row = field.row("天水")
    appeal = services.appeal_file(
        assessed=row,
        code="campaign",
        text="两家企业已停产注销。",
        actor=world.actor("sibling2"),
        now=DECEMBER,
    )
    answered = services.appeal_answer(
        appeal=appeal, action="uphold", answer="属实，重新评分", version=None, actor=director, now=DECEMBER
    )
    assert answered.state == Appeal.State.UPHELD
    entry = selectors.entry_of(row, "campaign")
    assert entry is not None
    services.entry_check(
        entry=entry,
        facts={"value": "30"},
        reason="申辩采纳",
        version=None,
        actor=world.actor("head"),
        now=DECEMBER,
    )
    services.round_compute(round_=field.round, actor=field.office, now=DECEMBER)


def circulated(field: Field, director: Actor) -> None:
    notice = services.notice_draft(round_=field.round, actor=director, now=DECEMBER)
    words = "\n".join("".join(run.text for run in runs_of(one)) for one in from_json(notice.blocks))
    assert (
        "A级（13个）：" in words and "B级：无。" in words and "C级：无。" in words and "D级（1个）：" in words
    )
    sent(notice, field.office, DECEMBER)
    assert field.round.state == Round.State.PUBLISHED
    named = Addressee.objects.system("test").filter(document=notice).values_list("unit__code", flat=True)
    assert {"test-lz_office", "test-ts_office"} <= set(named)


def taken_home(field: Field, world: World, tmp_path: Path) -> None:
    """The auditor's export: checked by its own program, any changed byte found."""
    path = tmp_path / "bundle.zip"
    with path.open("w+b") as target:
        services.bundle_export(round_=field.round, target=target, actor=world.actor("auditor"), now=DECEMBER)
    folder = tmp_path / "b"
    with zipfile.ZipFile(path) as held:
        held.extractall(folder)
        seal = json.loads(held.read("manifest.json"))["sha256"]
    assert verified(folder, "--seal", seal[:16]).returncode == 0
    sealed = folder / "sealed.json"
    sealed.write_bytes(sealed.read_bytes().replace("嘉峪关".encode(), "嘉裕关".encode(), 1))
    assert verified(folder, "--seal", seal[:16]).returncode != 0
    sheets = OfficialDocument.objects.system("test").filter(source_kind="assessment.assessed")
    assert sheets.count() == 14
