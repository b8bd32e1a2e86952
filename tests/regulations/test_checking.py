"""Checking what the reader proposes: every step is kept, says who took it, and stops another's stale click."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.regulations.checking import read_text, row_at, rows
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.regulations import services
from zhize.apps.regulations.models import Duty, ProposedDuty, RegulationVersion
from zhize.core.kernel.errors import BadRule
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(world: World, now: datetime) -> RegulationVersion:
    return read_text(world, now)


def _by(world: World, now: datetime, who: str = "office") -> dict[str, object]:
    return {"actor": world.actor(who), "now": now}


def test_every_proposal_waits_with_its_place_in_the_text(version: RegulationVersion) -> None:
    found = rows(version)
    assert [(row.key, row.state) for row in found] == [
        ("1.1#1", "open"), ("1.1#2", "open"), ("1.2#1", "open"), ("1.3#1", "open"),
    ]  # fmt: skip
    assert all(version.text[row.start : row.end] == row.text for row in found)
    assert found[2].recurrence == {"every": "quarter", "due": {"before_end": {"days": 0}}}


def test_a_row_records_who_checked_it_and_the_log_keeps_it(
    world: World, version: RegulationVersion, now: datetime
) -> None:
    row = services.row_accept(row=row_at(version, "1.2#1"), version=1, **_by(world, now))
    assert (row.state, row.checked_by, row.checked_at) == ("accepted", world.user["office"].name, now)
    row = services.row_reopen(row=row, version=2, **_by(world, now, "director"))
    assert (row.state, row.checked_by) == ("open", "")
    row = services.row_drop(row=row, reason="总体要求", version=3, **_by(world, now, "director"))
    assert (row.state, row.drop_reason) == ("dropped", "总体要求")
    types = Entry.objects.system("test").filter(thing_id=str(version.pk)).values_list("type", flat=True)
    assert list(types).count("regulations.proposed.checked") == 3


def test_a_click_on_what_another_has_changed_says_who_was_first(
    world: World, version: RegulationVersion, now: datetime
) -> None:
    row = row_at(version, "1.2#1")
    services.row_accept(row=row, version=1, **_by(world, now, "director"))
    with pytest.raises(EditConflict, match=r"办公室主任.*已经处理过这一项（已核对）"):
        services.row_drop(row=row, version=1, **_by(world, now))
    assert row_at(version, "1.2#1").state == "accepted"


def test_correcting_changes_the_row_and_what_fits_no_longer_goes(
    world: World, version: RegulationVersion, now: datetime
) -> None:
    row = row_at(version, "1.2#1")
    unit = world.unit["zjj"]
    holders = [{"name": unit.name, "sort": "unit", "role": "lead", "unit": unit.pk}]
    data = {"title": "流通领域检查", "nature": "standing", "holders": holders}
    row = services.row_update(row=row, data=data, accept=True, version=1, **_by(world, now))
    assert (row.state, row.title, row.recurrence) == ("accepted", "流通领域检查", {})
    with pytest.raises(BadRule):
        wrong = {
            "nature": "periodic",
            "recurrence": {"every": "year", "due": {"fixed": {"month": 13, "day": 1}}},
        }
        services.row_update(row=row, data=wrong, accept=False, version=2, **_by(world, now))


def test_a_row_nobody_would_hold_is_not_accepted(
    world: World, version: RegulationVersion, now: datetime
) -> None:
    with pytest.raises(BadInput, match="没有责任主体"):
        services.row_update(
            row=row_at(version, "1.2#1"), data={"holders": []}, accept=True, version=1, **_by(world, now)
        )


def test_a_row_splits_at_a_point_and_its_segments_are_numbered_anew(
    world: World, version: RegulationVersion, now: datetime
) -> None:
    first = row_at(version, "1.1#1")
    point = first.text.index("公布")
    parts = services.row_split(row=first, points=[point], version=1, **_by(world, now))
    assert [part.text for part in parts] == ["每年组织开展全省产品质量监督抽查", "公布抽查结果"]
    assert [(row.key, row.text[:2]) for row in rows(version)][:3] == [
        ("1.1#1", "每年"), ("1.1#2", "公布"), ("1.1#3", "建立"),
    ]  # fmt: skip
    assert all(version.text[row.start : row.end] == row.text for row in rows(version))
    merged, gone = services.row_merge(row=row_at(version, "1.1#1"), version=2, **_by(world, now))
    assert merged.text == first.text and gone == parts[1].pk
    assert [row.key for row in rows(version)] == ["1.1#1", "1.1#2", "1.2#1", "1.3#1"]


def test_nothing_is_merged_across_clauses(world: World, version: RegulationVersion, now: datetime) -> None:
    with pytest.raises(StateConflict, match="没有可以并入的段"):
        services.row_merge(row=row_at(version, "1.1#2"), version=1, **_by(world, now))


def test_many_are_accepted_above_a_confidence(
    world: World, version: RegulationVersion, now: datetime
) -> None:
    sure = [row for row in rows(version) if row.confidence >= 95]
    assert services.rows_accept(version=version, least=95, **_by(world, now)).accepted == len(sure)
    assert services.rows_accept(version=version, least=1, **_by(world, now)).accepted == 4 - len(sure)


def test_a_part_is_taken_and_given_back(world: World, version: RegulationVersion, now: datetime) -> None:
    assert services.section_take(version=version, section="1", give_back=False, **_by(world, now)) == 4
    assert {row.taken_by for row in rows(version)} == {world.user["office"].name}
    other = _by(world, now, "director")
    assert services.section_take(version=version, section="1", give_back=True, **other) == 0
    assert services.section_take(version=version, section="1", give_back=True, **_by(world, now)) == 4


def test_confirming_is_refused_with_every_open_row_and_then_makes_the_text_final(
    world: World, version: RegulationVersion, now: datetime
) -> None:
    with pytest.raises(BadInput) as refused:
        services.version_confirm(version=version, **_by(world, now))
    assert [problem.where for problem in refused.value.problems] == [
        "一（一）",
        "一（一）",
        "一（二）",
        "一（三）",
    ]
    services.rows_accept(version=version, least=0, **_by(world, now))
    with pytest.raises(BadInput, match="省粮食局"):
        services.version_confirm(version=version, **_by(world, now))
    services.row_drop(row=row_at(version, "1.3#1"), version=2, **_by(world, now))
    duties = services.version_confirm(version=version, **_by(world, now))
    assert [duty.code for duty in duties] == ["1.1#1", "1.1#2", "1.2#1"]
    assert Duty.objects.system("test").get(code="1.2#1").recurrence["every"] == "quarter"
    with pytest.raises(StateConflict, match="已经确认"):
        services.row_reopen(row=row_at(version, "1.2#1"), version=None, **_by(world, now))


def test_reading_again_gives_up_what_was_checked(
    world: World, version: RegulationVersion, now: datetime
) -> None:
    services.rows_accept(version=version, least=0, **_by(world, now))
    assert services.rows_reread(version=version, **_by(world, now)) == 4
    assert {row.state for row in rows(version)} == {ProposedDuty.State.OPEN}


@pytest.mark.parametrize("who", ["liaison", "sibling"])
def test_nobody_but_the_office_checks(
    world: World, version: RegulationVersion, now: datetime, who: str
) -> None:
    with pytest.raises(NotAllowed):
        services.row_accept(row=row_at(version, "1.2#1"), version=1, **_by(world, now, who))
    with pytest.raises(NotAllowed):
        services.rows_accept(version=version, least=0, **_by(world, now, who))
