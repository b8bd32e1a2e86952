"""承办、报告、申请办结、核查: the way of a task, with two parties who are never the same."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.work.tasks.conftest import DONE, HandOut, asked, at_most, fresh, on, owed, taken
from tests.world import SINCE, World

from zhize.apps.audit.models import Entry
from zhize.apps.orgs.models import Notice, Post, Todo
from zhize.apps.regulations.models import Discharge, Duty, Obligation
from zhize.apps.work.models import Task, TaskChange
from zhize.apps.work.services import (
    Report,
    task_check,
    task_completion_ask,
    task_completion_withdraw,
    task_extension_ask,
    task_extension_decide,
    task_hand_back,
    task_progress_report,
    task_reassign,
    task_take,
)
from zhize.apps.years.models import WorkYear
from zhize.core.kernel.errors import NoSuchStep
from zhize.kit.errors import BadInput, EditConflict, NotAllowed, StateConflict


def _open_todos(task: Task) -> list[tuple[str, str]]:
    rows = Todo.objects.system("test").filter(ref_id=task.pk, ref_kind="work.task", done_at__isnull=True)
    return list(rows.order_by("pk").values_list("unit__name", "kind"))


def test_from_handed_out_to_closed(world: World, hand_out: HandOut) -> None:
    task, liaison = hand_out(), world.actor("liaison")
    task_take(task=task, actor=liaison, now=on(3, 6))
    assert _open_todos(task) == [("省质监局", "task.do")]
    file = SimpleUploadedFile("抽查方案.txt", "演示数据".encode())
    progress = task_progress_report(
        task=task,
        report=Report("已抽样 40 批次", 50, "2012年4月", "经费未到位", [file]),
        actor=liaison,
        now=on(4, 10),
    )
    assert [(e.title, e.jurisdiction_id) for e in progress.evidence.system("test")] == [
        ("抽查方案", task.jurisdiction_id)
    ]
    row = fresh(task)
    assert (row.state, row.percent, row.last_word, row.reported_on) == (
        "running",
        50,
        "已抽样 40 批次",
        on(4, 10).date(),
    )
    task_completion_ask(task=task, report=DONE, actor=liaison, now=on(6, 20))
    assert _open_todos(task) == [("领导小组办公室", "task.check")]
    task_check(task=task, close=True, comment="材料齐全", actor=world.actor("office"), now=on(7, 3))
    row = fresh(task)
    assert (row.state, row.done_on, row.closed_on) == ("closed", on(6, 20).date(), on(7, 3).date())
    assert _open_todos(task) == []
    assert (
        Notice.objects.system("test")
        .filter(user=world.user["liaison"], text__startswith="已办结销号")
        .exists()
    )
    types = ["created", "taken", "reported", "completion_asked", "closed"]
    entries = Entry.objects.system("test").filter(thing_kind="work.task").order_by("seq")
    assert [e.type for e in entries] == [f"work.task.{t}" for t in types]


def test_what_the_office_returns_comes_back_with_its_reason_and_may_be_asked_again(
    world: World, hand_out: HandOut
) -> None:
    task = asked(hand_out(), world.actor("liaison"), on(6, 20))
    office = world.actor("office")
    with pytest.raises(BadInput, match="没有填写退回意见"):
        task_check(task=task, close=False, actor=office, now=on(6, 21))
    task_check(task=task, close=False, comment="缺公布结果的文件", actor=office, now=on(6, 21))
    assert _open_todos(task) == [("省质监局", "task.returned")]
    assert (fresh(task).state, fresh(task).done_on) == ("returned", None)
    task_completion_ask(task=task, report=DONE, actor=world.actor("liaison"), now=on(7, 2))
    task_check(task=task, close=True, actor=office, now=on(7, 3))
    assert fresh(task).done_on == on(7, 2).date(), "the accepted application decides lateness"
    states = TaskChange.objects.system("test").filter(task=task, kind="completion").order_by("pk")
    assert [c.state for c in states] == ["refused", "granted"]


def test_a_closed_task_discharges_the_duties_it_serves_and_no_others(
    world: World, year: WorkYear, hand_out: HandOut
) -> None:
    served, other = owed(world.unit["zjj"], year), owed(world.unit["zjj"], year)
    task = asked(hand_out(duty_ids=[served.duty_id]), world.actor("liaison"), on(6, 20))
    task_check(task=task, close=True, actor=world.actor("office"), now=on(6, 25))
    again = {o.pk: o for o in Obligation.objects.system("test").all()}
    assert (again[served.pk].status, again[served.pk].done_on) == ("done", on(6, 20).date())
    assert again[other.pk].status == "open"
    discharge = Discharge.objects.system("test").get()
    assert (discharge.source_kind, discharge.source_id) == ("work.task", task.pk)


def test_nobody_checks_what_the_own_unit_did_under_no_hat(world: World, hand_out: HandOut) -> None:
    task = asked(hand_out(), world.actor("liaison"), on(6, 20))
    Post.objects.create(
        user=world.user["director"], unit=world.unit["zjj"], jurisdiction=task.jurisdiction, role="clerk",
        title="经办人（兼）", starts_on=SINCE,
    )  # fmt: skip
    for key in ("liaison", "director", "other", "leader", "sibling"):
        with pytest.raises(NotAllowed):
            task_check(task=task, close=True, actor=world.actor(key), now=on(6, 21))
    assert fresh(task).state == "asked"


def test_what_the_office_leads_itself_is_checked_by_the_leader(world: World, hand_out: HandOut) -> None:
    task = asked(hand_out("office"), world.actor("office"), on(6, 20))
    assert _open_todos(task) == [("省推进质量振兴工作领导小组", "task.check")]
    with pytest.raises(NotAllowed):
        task_check(task=task, close=True, actor=world.actor("director"), now=on(6, 21))
    assert task_check(task=task, close=True, actor=world.actor("leader"), now=on(6, 21)).state == "closed"


def test_a_supporting_unit_reports_its_part_but_moves_no_percent_and_asks_for_nothing(
    world: World, hand_out: HandOut
) -> None:
    task, other = hand_out(supports=("gsj",)), world.actor("other")
    taken(task, world.actor("liaison"))
    task_progress_report(task=task, report=Report("流通环节已查 200 户", 90), actor=other, now=on(4, 1))
    assert (fresh(task).percent, fresh(task).last_word) == (0, "流通环节已查 200 户")
    with pytest.raises(NotAllowed, match="只有牵头单位"):
        task_completion_ask(task=task, report=DONE, actor=other, now=on(4, 2))
    with pytest.raises(NotAllowed, match="牵头和配合单位"):
        task_progress_report(task=hand_out(), report=Report("无关"), actor=other, now=on(4, 2))


def test_a_unit_hands_back_and_the_office_gives_it_to_another(world: World, hand_out: HandOut) -> None:
    task = hand_out(supports=("gsj",))
    task_hand_back(
        task=task, reason="属流通环节，应由省工商局牵头", actor=world.actor("liaison"), now=on(3, 7)
    )
    assert _open_todos(task) == [("领导小组办公室", "task.handed_back")]
    task_reassign(
        task=task,
        lead_unit_id=world.unit["gsj"].pk,
        reason="同意改派",
        actor=world.actor("office"),
        now=on(3, 8),
    )
    row = fresh(task)
    assert (row.state, row.lead_unit.name, row.supports) == ("assigned", "省工商局", "")
    assert list(row.participants.system("test").values_list("unit__name", "role")) == [("省工商局", "lead")]
    assert _open_todos(task) == [("省工商局", "task.take")]


def test_an_extension_moves_the_date_only_when_granted_and_keeps_the_first_one(
    world: World, hand_out: HandOut
) -> None:
    task, liaison, office = hand_out(), world.actor("liaison"), world.actor("office")
    taken(task, liaison)
    with pytest.raises(BadInput, match="不晚于现期限 2012-06-30"):
        task_extension_ask(
            task=task, reason="样品未齐", new_due_on=on(6, 1).date(), actor=liaison, now=on(5, 30)
        )
    task_extension_ask(
        task=task, reason="样品未齐", new_due_on=on(7, 31).date(), actor=liaison, now=on(6, 20)
    )
    with pytest.raises(StateConflict, match="已有一份延期申请"):
        task_extension_ask(
            task=task, reason="再延", new_due_on=on(8, 31).date(), actor=liaison, now=on(6, 21)
        )
    assert fresh(task).due_on == on(6, 30).date()
    task_extension_decide(task=task, grant=True, comment="同意", actor=office, now=on(6, 22))
    row = fresh(task)
    assert (row.due_on, row.first_due_on) == (on(7, 31).date(), on(6, 30).date())
    todo = Todo.objects.system("test").get(ref_id=task.pk, kind="task.do")
    assert todo.due_on == on(7, 31).date()
    with pytest.raises(StateConflict, match="没有待审批的延期申请"):
        task_extension_decide(task=task, grant=True, actor=office, now=on(6, 23))


def test_a_refused_extension_says_why_and_leaves_the_date(world: World, hand_out: HandOut) -> None:
    task = taken(hand_out(), world.actor("liaison"))
    task_extension_ask(
        task=task, reason="样品未齐", new_due_on=on(7, 31).date(), actor=world.actor("liaison"), now=on(6, 20)
    )
    with pytest.raises(BadInput, match="没有填写不同意的理由"):
        task_extension_decide(task=task, grant=False, actor=world.actor("office"), now=on(6, 21))
    task_extension_decide(
        task=task, grant=False, comment="年底前须完成", actor=world.actor("office"), now=on(6, 21)
    )
    assert fresh(task).due_on == on(6, 30).date()


def test_an_application_can_be_taken_back_before_it_is_checked(world: World, hand_out: HandOut) -> None:
    task = asked(hand_out(), world.actor("liaison"), on(6, 20))
    task_completion_withdraw(task=task, actor=world.actor("liaison"), now=on(6, 21))
    assert (fresh(task).state, fresh(task).done_on) == ("running", None)
    assert _open_todos(task) == [("省质监局", "task.do")]
    with pytest.raises(NoSuchStep, match="办理中的任务不能办结销号"):
        task_check(task=task, close=True, actor=world.actor("office"), now=on(6, 22))


def test_of_two_people_checking_one_completion_the_second_gets_both_versions(
    world: World, hand_out: HandOut
) -> None:
    task = asked(hand_out(), world.actor("liaison"), on(6, 20))
    seen = fresh(task).version
    task_check(
        task=task, close=False, comment="缺材料", version=seen, actor=world.actor("office"), now=on(6, 21)
    )
    with pytest.raises(EditConflict):
        task_check(task=task, close=True, version=seen, actor=world.actor("director"), now=on(6, 21))
    assert fresh(task).state == "returned"


def test_a_report_without_words_or_beyond_a_hundred_percent_is_refused(
    world: World, hand_out: HandOut
) -> None:
    task = taken(hand_out(), world.actor("liaison"))
    for report, words in ((Report("  "), "没有填写进展情况"), (Report("快了", 120), "进度 120 不合适")):
        with pytest.raises(BadInput, match=words):
            task_progress_report(task=task, report=report, actor=world.actor("liaison"), now=on(4, 1))


def test_a_step_costs_a_constant_number_of_statements(world: World, hand_out: HandOut) -> None:
    task = hand_out()
    with at_most(12):
        task_take(task=task, actor=world.actor("liaison"), now=on(3, 6))
    with at_most(14):
        task_progress_report(task=task, report=Report("在办", 10), actor=world.actor("liaison"), now=on(3, 7))


def test_duties_of_a_task_are_of_its_own_register(world: World, hand_out: HandOut) -> None:
    duty = Duty.objects.create(
        jurisdiction=world.jurisdiction["gs"],
        code="1.1#1",
        title="监督抽查",
        text="监督抽查。",
        nature="standing",
    )
    assert list(hand_out(duty_ids=[duty.pk]).duties.system("test")) == [duty]
