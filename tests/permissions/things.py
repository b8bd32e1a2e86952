"""One of each thing, owned by 兰州市 (and some set by 甘肃省 for 兰州市 to answer): what the addresses of the matrix name."""

from __future__ import annotations

import hashlib
import importlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from tests.permissions.people import HOME, add_people
from tests.world import SINCE, World, build_world

from zhize.apps.audit.models import Entry
from zhize.apps.documents.models import Evidence, StoredFile
from zhize.apps.orgs.log_types import HAT_WORN
from zhize.apps.orgs.models import (
    ApiToken,
    Delegation,
    GroupMember,
    Membership,
    Notice,
    Succession,
    Todo,
    Unit,
    User,
)
from zhize.apps.orgs.selectors import actor_of, hats_of
from zhize.apps.regulations.models import (
    Clause,
    Discharge,
    DischargeEvidence,
    Duty,
    DutyClause,
    DutyHolder,
    Obligation,
    PrintedName,
    ProposedDuty,
    Regulation,
    RegulationVersion,
    Waiver,
)
from zhize.apps.years.models import CalendarDay, WorkYear
from zhize.kit.audit import record
from zhize.kit.files.store import put
from zhize.kit.models import ImportRun, Job, SavedView

NOW = datetime(2012, 3, 5, 2, 0, tzinfo=UTC)
DAY = NOW.date()
YEAR = (date(2012, 1, 1), date(2012, 12, 31))
TEXT = "一、总则\n（一）市质监局制定本部门工作方案。\n"
STATUS = Obligation.Status


@contextmanager
def standing(blocker: Any, day: date | None = DAY) -> Iterator[Things]:
    """One of each thing for all tests of a module, undone at its end; the clock stands on `day`, or runs where it is None."""
    with blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        if day:
            patch.setattr("zhize.kit.clock.demonstration_date", lambda: day)
        cache.clear()
        yield Things(build_world())
        transaction.set_rollback(True)


class Things:
    """Everything by key: `things["duty"]`; `things.people["own", "staff"]`. An app's own come from `make(things)` in
    things_<app>.py beside this file, in the order of their names."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people: dict[tuple[str, str], User] = add_people(world)
        self.by_key: dict[str, Model] = {}
        self._directory()
        self._register(HOME, "")
        self._register("gs", "above_")
        self._personal()
        for path in sorted(Path(__file__).parent.glob("things_*.py")):
            module = importlib.import_module(f"tests.permissions.{path.stem}")
            self.by_key |= module.make(self)

    def __getitem__(self, key: str) -> Any:
        return self.by_key[key]

    def pk(self, key: str) -> int:
        return int(self.by_key[key].pk)

    def _directory(self) -> None:
        w, things = self.world, self.by_key
        home = w.jurisdiction[HOME]
        things |= {
            "region": w.region[HOME],
            "unit": w.unit["lz_zjj"],
            "jurisdiction": home,
            "membership": Membership.objects.system("test").get(jurisdiction=home, unit=w.unit["lz_gsj"]),
            "group_member": GroupMember.objects.create(
                jurisdiction=home, capacity="head", title="副市长", valid_from=SINCE, basis="演示"
            ),
            "succession": Succession.objects.create(
                predecessor=w.unit["lz_zjj"], successor=w.unit["lz_gsj"], kind="merged", effective_on=date(2018, 10, 25)
            ),
            "post": w.post["own.clerk"],
            "person": self.people["own", "clerk"],
            "admin": self.people["own", "auditor"],
            "delegation": Delegation.objects.create(
                post=w.post["own.clerk"], deputy=self.people["own", "head"], starts_on=date(2012, 1, 1),
                ends_on=date(2012, 1, 31), reason="出差",
            ),
            "token": ApiToken.objects.create(
                post=w.post["own.clerk"], label="演示", digest="d" * 64, scopes=["register:read"], created_at=NOW,
                expires_on=date(2012, 12, 31),
            ),
            "todo": Todo.objects.create(
                jurisdiction=home, unit=w.unit["lz_zjj"], kind="test", ref_kind="orgs.unit", ref_id=w.unit["lz_zjj"].pk,
                title="演示待办", created_at=NOW,
            ),
            "day": CalendarDay.objects.create(date=date(2012, 10, 1), is_working=False, name="国庆节"),
            "notice": Notice.objects.create(user=self.people["own", "clerk"], text="演示消息", at=NOW),
        }  # fmt: skip

    def _register(self, place: str, prefix: str) -> None:
        """A year, a text with a clause and a duty, and obligations in the states the pages act on."""
        w, things = self.world, self.by_key
        jurisdiction = w.jurisdiction[place]
        zjj, office = (
            (w.unit["lz_zjj"], w.unit["lz_office"]) if not prefix else (w.unit["zjj"], w.unit["office"])
        )
        year = WorkYear.objects.create(
            jurisdiction=jurisdiction, label="2012年", starts_on=YEAR[0], ends_on=YEAR[1], state="open"
        )
        regulation = Regulation.objects.create(
            jurisdiction=jurisdiction, code="main", title="质量振兴责任规定（演示）", in_force_from=SINCE
        )
        versions = [
            RegulationVersion.objects.create(
                regulation=regulation, number=n, text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest(), state=state
            )
            for n, state in ((1, "confirmed"), (2, "draft"))
        ]  # fmt: skip
        unread = Regulation.objects.create(
            jurisdiction=jurisdiction, code="new", title="新登记的文件（演示）"
        )
        first_draft = RegulationVersion.objects.create(
            regulation=unread, text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest()
        )
        waiting = Clause.objects.create(
            version=first_draft, path="1", label="一", marker="一、", level=1, text=TEXT, order=1
        )
        proposed = ProposedDuty.objects.create(
            text_version=first_draft, clause=waiting, section="1", start=0, end=len(TEXT), text=TEXT, nature="standing",
            holders=[{"name": "市质监局", "sort": "unit", "role": "joint", "unit": None}], confidence=70,
        )  # fmt: skip
        rules = Regulation.objects.create(
            jurisdiction=jurisdiction, code="rules", sort="work_rules", title="工作规则（演示）", in_force_from=SINCE
        )  # fmt: skip
        RegulationVersion.objects.create(
            regulation=rules, text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest(), state="confirmed"
        )
        clause = Clause.objects.create(
            version=versions[0],
            path="1.1",
            label="一（一）",
            marker="（一）",
            level=2,
            text="市质监局制定方案。",
            order=1,
        )
        duty = Duty.objects.create(
            jurisdiction=jurisdiction, code="1.1#1", title="制定工作方案", text="市质监局制定方案。", kind="plan",
            nature="periodic", order=1,
        )  # fmt: skip
        DutyClause.objects.create(duty=duty, clause=clause)
        DutyHolder.objects.create(duty=duty, unit=zjj, role="lead", printed="市质监局")
        file, evidence = self._evidence(place, zjj)
        things |= {
            f"{prefix}year": year, f"{prefix}regulation": regulation, f"{prefix}version": versions[0],
            f"{prefix}draft": versions[1], f"{prefix}first_draft": first_draft,
            f"{prefix}proposed": proposed, f"{prefix}work_rules": rules,
            f"{prefix}printed_name": PrintedName.objects.create(
                jurisdiction=jurisdiction, name="有关单位", meaning="left_out", reason="未点名", decided_at=NOW,
                decided_by="办公室（演示）",
            ), f"{prefix}clause": clause, f"{prefix}duty": duty,
            f"{prefix}file": file, f"{prefix}evidence": evidence,
        }  # fmt: skip
        units = {"": zjj, "_of_office": office}
        if prefix:
            units["_of_city"] = (
                Unit.objects.system("test").select_related("answers_through").get(pk=w.unit["lz_gov"].pk)
            )
        for suffix, unit in units.items():
            for number, status in enumerate((STATUS.OPEN, STATUS.CLAIMED, STATUS.WAIVED), 1):
                name = f"{prefix}obligation{'' if status is STATUS.OPEN else '_' + status.value}{suffix}"
                row = Obligation.objects.create(
                    jurisdiction=jurisdiction, year=year, duty=duty, unit=unit, period_label=f"{number}月",
                    period_start=date(2012, number, 1), period_end=date(2012, number, 28),
                    due_on=date(2012, 6, 30), status=status,
                )  # fmt: skip
                things[name] = row
                if status is STATUS.CLAIMED:
                    discharge = Discharge.objects.create(
                        obligation=row, jurisdiction=jurisdiction, statement="已制定。", submitted_at=NOW, submitted_by="演示",
                        unit=unit.answers_through or unit,
                    )  # fmt: skip
                    DischargeEvidence.objects.create(discharge=discharge, evidence=evidence)
                if status is STATUS.WAIVED:
                    things[f"{name}_waiver"] = Waiver.objects.create(
                        obligation=row, jurisdiction=jurisdiction, reason="演示", at=NOW, by="演示"
                    )

    def _evidence(self, place: str, unit: Unit) -> tuple[StoredFile, Evidence]:
        content = put(io.BytesIO(b"%PDF-1.4 demo " + place.encode()))
        file = StoredFile.objects.create(
            sha256=content.sha256, size=content.size, content_type="application/pdf", name="方案.pdf",
            jurisdiction=self.world.jurisdiction[place], unit=unit, uploaded_by="演示", uploaded_at=NOW,
        )  # fmt: skip
        evidence = Evidence.objects.create(
            jurisdiction=self.world.jurisdiction[place], unit=unit, file=file, title="方案", dated_on=date(2012, 3, 1),
            created_at=NOW, handed_in_at=NOW,
        )  # fmt: skip
        return file, evidence

    def _entry(self) -> None:
        """An entry of the home chain."""
        staff = self.people["own", "staff"]
        actor = actor_of(staff, hats_of(staff, NOW.date())[0])
        record(HAT_WORN, actor=actor, thing=None, now=NOW)
        self.by_key["entry"] = Entry.objects.system("test").get(chain=self.world.jurisdiction[HOME].code)

    def _personal(self) -> None:
        """What belongs to one person alone: the office's, and the system administrator's where only that one may have it."""
        self._entry()
        staff, admin = self.people["own", "staff"], self.people["own", "sysadmin"]
        actor = {"user_id": staff.pk, "name": staff.name, "roles": []}
        self.by_key |= {
            "job": Job.objects.create(user_id=staff.pk, kind="test", title="演示", actor=actor, created_at=NOW),
            "saved_view": SavedView.objects.create(user_id=staff.pk, list_kind="orgs.unit", name="演示", query=""),
            "import": ImportRun.objects.create(
                user_id=admin.pk, thing_kind="orgs.unit", jurisdiction_id=self.world.jurisdiction[HOME].pk,
                file_name="单位.xlsx", file_sha256="0" * 64, headers=["代码", "名称"], mapping={"code": 0, "name": 1},
                state=ImportRun.State.READY, created_at=NOW,
            ),
        }  # fmt: skip
