"""Rounds of 兰州市 over 城关区's office, and of 甘肃省 over 兰州市人民政府, each at the step its pages need."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from tests.assessment.conftest import BODY

from zhize.apps.assessment import mapping
from zhize.apps.assessment.models import (
    Appeal,
    Assessed,
    Entry,
    FollowUp,
    Freeze,
    GoalFiling,
    GroupObject,
    LedgerItem,
    LocalReport,
    Round,
    SchemeDraft,
    SchemeEdition,
    ScoringGroup,
    Survey,
    Veto,
)
from zhize.apps.orgs.models import Unit
from zhize.apps.work.models import Task
from zhize.core.scoring.scheme import ALGORITHM
from zhize.core.scoring.writing import digest_of

if TYPE_CHECKING:
    from tests.permissions.things import Things

DAY = date(2012, 11, 30)


def make(things: Things) -> dict[str, Model]:
    w = things.world
    scheme, body = mapping.edition_body(BODY)
    sha256 = digest_of(scheme)
    from tests.permissions.things import NOW

    def a_round(prefix: str, state: str, unit: Unit) -> dict[str, Model]:
        year: Any = things[f"{prefix}year"]
        round_ = Round.objects.create(
            jurisdiction=year.jurisdiction, year=year, title=f"考核（{state}）", scheme_code="small", scheme_title="办法", scheme_body=body,
            scheme_sha256=sha256, state=state, cut_off_on=DAY, self_due_on=DAY, created_at=NOW, computed_at=NOW,
            goals_due_on=DAY if state == "self_evaluation" else None,
        )  # fmt: skip
        row = Assessed.objects.create(round=round_, unit=unit, name=unit.name, order=1)
        if round_.goals_due_on:
            GoalFiling.objects.create(assessed=row)
        entries = [Entry.objects.create(assessed=row, code=code) for code in ("work", "duties", "campaign")]
        name = f"{prefix}a_{{}}_{state}"
        return {name.format("round"): round_, name.format("object"): row, name.format("entry"): entries[0]}

    made: dict[str, Model] = {}
    county, city = w.unit["cg_office"], w.unit["lz_gov"]
    for state in ("self_evaluation", "checking", "appeals", "approved"):
        made |= a_round("", state, county)
    for state in ("self_evaluation", "appeals"):
        made |= a_round("above_", state, city)
    for name, place in (("a_{}_checking", "own"), ("above_a_{}_appeals", "parent")):
        group = ScoringGroup.objects.create(round=made[name.format("round")], name="第一组", codes=["work"])
        group.people.add(things.people[place, "assessor"])
        GroupObject.objects.create(group=group, assessed=made[name.format("object")])
        made.setdefault("a_scoring_group", group)
    sealed: Any = made["a_round_approved"]
    Freeze.objects.create(
        round=sealed, algorithm=ALGORITHM, scheme_sha256=sha256, payload="{}", sha256="0" * 64, sealed_at=NOW, sealed_by="演示"
    )  # fmt: skip
    hearing: Any = made["a_object_appeals"]
    made["a_appeal"] = Appeal.objects.create(
        assessed=hearing, code="work", text="演示", filed_at=NOW, filed_by="演示"
    )
    made["a_veto"] = Veto.objects.create(
        assessed=hearing, code="incident", reason="演示", recorded_at=NOW, recorded_by="演示"
    )
    task = Task.objects.create(
        jurisdiction=sealed.jurisdiction, year=sealed.year, code="2012-901", seq=901, title="整改", lead_unit=county, due_on=DAY, created_at=NOW
    )  # fmt: skip
    made["a_follow_up"] = FollowUp.objects.create(
        assessed=made["a_object_approved"], number=1, says="演示", due_on=DAY, task=task, sent_on=DAY
    )
    made["a_ledger_item"] = LedgerItem.objects.create(
        jurisdiction=hearing.round.jurisdiction, year=hearing.round.year, unit=county, dated_on=DAY, title="演示", points=-1, basis="演示",
        recorded_at=NOW, recorded_by="演示",
    )  # fmt: skip
    made["a_survey"] = Survey.objects.create(
        round=made["a_round_checking"], code="campaign", title="测评", done_by="演示", starts_on=DAY, ends_on=DAY, created_at=NOW,
        created_by="演示",
    )  # fmt: skip
    home: Any = things["year"]
    made["a_edition"] = SchemeEdition.objects.create(
        jurisdiction=home.jurisdiction, code="small", title="办法", source="演示", valid_from=DAY, body=body, sha256=sha256,
        created_at=NOW, created_by="演示",
    )  # fmt: skip
    made["a_draft"] = SchemeDraft.objects.create(
        jurisdiction=home.jurisdiction, code="draft", title="草稿", body=body, created_at=NOW, updated_at=NOW, updated_by="演示"
    )  # fmt: skip
    made["a_local_report"] = LocalReport.objects.create(
        jurisdiction=home.jurisdiction, round=sealed, unit=county, title="演示", year_label="2012年度", statement="演示", submitted_at=NOW,
        submitted_by="演示",
    )  # fmt: skip
    return made
