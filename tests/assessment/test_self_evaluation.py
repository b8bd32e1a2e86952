"""Self-evaluation: by the assessed, or entered by the office from paper; with evidence; handed in complete or not at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.assessment.conftest import NOVEMBER, Play
from tests.world import World

from zhize.apps.assessment import selectors, services
from zhize.apps.assessment.models import Assessed
from zhize.apps.assessment.services import SelfRow
from zhize.apps.orgs.models import Todo
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict

FULL = [SelfRow("work", Decimal(38), "完成38项"), SelfRow("campaign", Decimal("39.5"), "按方案完成")]


@pytest.fixture
def opened(play: Play) -> Play:
    play.move("open")
    return play


def save(play: Play, actor: Actor, rows: list[SelfRow] = FULL, key: str = "lz", **change: Any) -> Assessed:
    values: dict[str, Any] = {"assessed": play.row(key), "rows": rows, "summary": "", "version": None}
    return services.self_save(**values | change, actor=actor, now=NOVEMBER)


def test_the_prefectures_office_fills_in_for_its_government_and_hands_in(
    opened: Play, sibling: Actor
) -> None:
    save(opened, sibling)
    done = services.self_submit(assessed=opened.row("lz"), version=None, actor=sibling, now=NOVEMBER)
    assert (done.self_state, done.self_total, done.self_by_office) == ("submitted", Decimal("77.50"), False)
    open_todos = Todo.objects.system("test").filter(kind="assessment.self", done_at__isnull=True)
    assert list(open_todos.values_list("unit__code", flat=True)) == ["test-ts_gov"]


def test_evidence_is_kept_added_and_taken_off(opened: Play, sibling: Actor) -> None:
    paper = SimpleUploadedFile("整治台账.txt", "演示数据".encode())
    save(opened, sibling, [SelfRow("campaign", Decimal(39), "完成", uploads=[paper])])
    entry = selectors.entry_of(opened.row("lz"), "campaign")
    assert entry is not None
    (held,) = selectors.evidence_of(entry)
    assert held.title == "整治台账" and held.jurisdiction_id == opened.round.jurisdiction_id
    save(opened, sibling, [SelfRow("campaign", Decimal(39), "完成", existing=[held])])
    save(opened, sibling, [SelfRow("campaign", Decimal(39), "完成")])
    entry = selectors.entry_of(opened.row("lz"), "campaign")
    assert entry is not None and selectors.evidence_of(entry) == []


def test_what_is_not_complete_is_not_handed_in_and_each_gap_is_named(opened: Play, sibling: Actor) -> None:
    save(opened, sibling, FULL[:1])
    with pytest.raises(BadInput, match="还有 1 项没有填完") as caught:
        services.self_submit(assessed=opened.row("lz"), version=None, actor=sibling, now=NOVEMBER)
    assert [one.where for one in caught.value.problems] == ["3 专项整治"]


def test_more_points_than_the_criterion_has_are_refused(opened: Play, sibling: Actor) -> None:
    with pytest.raises(BadInput, match="自评得分 41 超出范围"):
        save(opened, sibling, [SelfRow("work", Decimal(41), "完成")])


def test_the_office_enters_for_others_from_paper_and_it_says_so(opened: Play, office: Actor) -> None:
    assert save(opened, office, key="ts").self_by_office
    done = services.self_submit(assessed=opened.row("ts"), version=None, actor=office, now=NOVEMBER)
    assert done.self_by_office and done.self_submitted_by == office.name


@pytest.mark.parametrize("who", ["sibling2", "liaison", "leader", "child"])
def test_nobody_fills_in_for_a_stranger(opened: Play, world: World, who: str) -> None:
    with pytest.raises(NotAllowed, match="只有考核对象的人员"):
        save(opened, world.actor(who))


def test_what_was_handed_in_is_changed_only_after_it_was_returned(
    opened: Play, sibling: Actor, office: Actor
) -> None:
    save(opened, sibling)
    services.self_submit(assessed=opened.row("lz"), version=None, actor=sibling, now=NOVEMBER)
    with pytest.raises(StateConflict, match="自评已经报送"):
        save(opened, sibling)
    services.self_return(
        assessed=opened.row("lz"), reason="缺少台账", version=None, actor=office, now=NOVEMBER
    )
    assert save(opened, sibling).return_reason == "缺少台账"


def test_two_colleagues_saving_at_once_lose_nothing(opened: Play, sibling: Actor) -> None:
    seen = opened.row("lz").version
    save(opened, sibling, summary="甲写的")
    with pytest.raises(EditConflict) as caught:
        save(opened, sibling, summary="乙写的", version=seen)
    assert caught.value.theirs["self_summary"] == "甲写的"


def test_after_the_self_evaluation_nothing_is_filled_in(opened: Play, sibling: Actor) -> None:
    opened.move("check")
    with pytest.raises(StateConflict, match="填报自评只在“自评中”时办理"):
        save(opened, sibling)
