"""任务进展填报 taken in: what the tasks, their steps, wholes and reminders see of it, and what they have moved on from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.work.tasks.conftest import HandOut, fresh, on, taken
from tests.work.tasks.replying import (
    SENT,
    TAKEN,
    accept,
    call_progress,
    reply_to,
    request_of,
    submit,
    write,
)
from tests.world import World

from zhize.apps.documents.models import Evidence
from zhize.apps.orgs.models import Todo
from zhize.apps.requests.models import UnitRequest
from zhize.apps.work import services
from zhize.apps.work.models import Matter, Task, TaskProgress, TaskReminder
from zhize.apps.work.selectors.task_replies import sheet_of
from zhize.apps.work.selectors.task_reply_words import size
from zhize.apps.work.services import NewStep, NewTask, Report
from zhize.apps.work.services.task_replies import Written
from zhize.apps.years.models import WorkYear
from zhize.kit.errors import BadInput, NotAllowed

pytestmark = pytest.mark.django_db
DONE = Written(percent=40, words="已抽样 40 批次")


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_task_closed_suspended_or_reassigned_meanwhile_keeps_what_it_shows_and_the_row_says_why(
    world: World, hand_out: HandOut, tasks: tuple[Task, Task], called: UnitRequest
) -> None:
    liaison, office = world.actor("liaison"), world.actor("office")
    own, theirs = tasks
    closing, moving = (taken(hand_out(title=title), liaison) for title in ("要办结的", "要改派的"))
    write(called, world, dict.fromkeys((own, closing, moving), DONE) | {theirs: Written(nothing=True)})
    submit(called, world)
    services.task_suspend(task=own, reason="等待机构改革", actor=office, now=on(4, 4))
    services.task_completion_ask(task=closing, report=Report("全部完成"), actor=liaison, now=on(4, 4))
    services.task_check(task=closing, close=True, actor=office, now=on(4, 5))
    services.task_reassign(
        task=moving, lead_unit_id=world.unit["gsj"].pk, reason="职责调整", actor=office, now=on(4, 5)
    )
    accept(called, world)
    assert [reply_to(one).left_out for one in (own, closing, moving, theirs)] == [
        "已暂停，恢复后再报", "已办结销号", "已改派，不再由本单位承办", ""
    ]  # fmt: skip
    assert [fresh(one).last_word for one in (own, closing, moving)] == ["", "全部完成", ""]
    shown = sheet_of(request_of(called.call, world), TAKEN.date(), handed=True)
    assert {row.said["words"] for row in shown.rows if row.reply and row.reply.left_out} == {"已抽样 40 批次"}


def test_what_was_reported_on_the_tasks_page_since_stands_and_the_answer_joins_its_story(
    world: World, tasks: tuple[Task, Task], called: UnitRequest
) -> None:
    own, theirs = tasks
    write(called, world, {own: DONE, theirs: Written(nothing=True)})
    submit(called, world)
    services.task_progress_report(
        task=own, report=Report("已抽样 60 批次", 60), actor=world.actor("liaison"), now=on(4, 5)
    )
    accept(called, world)
    row = fresh(own)
    assert (row.percent, row.last_word, row.reported_on) == (60, "已抽样 60 批次", date(2012, 4, 5))
    assert [one.words for one in TaskProgress.objects.system("test").filter(task=own)] == [
        "已抽样 60 批次", "已抽样 40 批次"
    ]  # fmt: skip


def test_what_the_unit_has_reported_within_the_period_need_not_be_typed_again(
    world: World, tasks: tuple[Task, Task], year: WorkYear
) -> None:
    own, _theirs = tasks
    said = Report("已抽样 30 批次", 30, difficulties="经费未到位")
    services.task_progress_report(task=own, report=said, actor=world.actor("liaison"), now=on(3, 20))
    request = request_of(call_progress(world, year, "zjj"), world)
    first, second = sheet_of(request, SENT.date(), handed=False).rows
    assert (first.said["percent"], first.said["words"], first.is_new) == (30, "已抽样 30 批次", True)
    assert (second.said["words"], second.is_new) == ("", False)


def test_same_as_last_period_fills_empty_rows_and_leaves_what_was_written(
    world: World, tasks: tuple[Task, Task], year: WorkYear
) -> None:
    own, theirs = tasks
    liaison = world.actor("liaison")
    for task in tasks:
        services.task_progress_report(task=task, report=Report("按计划推进"), actor=liaison, now=on(3, 20))
    second = (date(2012, 4, 1), date(2012, 6, 30))
    request = request_of(call_progress(world, year, "zjj", period=second), world)
    write(request, world, {theirs: Written(words="已移送线索 6 条")})
    given = {"request": request, "version": None, "actor": liaison, "now": on(7, 3)}
    assert services.task_replies_carry_over(**given) == 1
    assert (reply_to(own).words, reply_to(theirs).words) == ("按计划推进", "已移送线索 6 条")
    assert services.task_replies_carry_over(**given) == 0


def test_a_figure_or_a_yes_answers_the_target_and_makes_the_percent(
    world: World, hand_out: HandOut, year: WorkYear
) -> None:
    liaison = world.actor("liaison")
    counted = taken(hand_out(target_kind="figure", target_value=Decimal(200), target_unit="批"), liaison)
    decided = taken(hand_out(title="建立制度", target_kind="yes_no"), liaison)
    request = request_of(call_progress(world, year, "zjj"), world)
    write(request, world, {
        counted: Written(value=Decimal(50), words="抽样 50 批"), decided: Written(is_reached=True, words="已印发"),
    })  # fmt: skip
    submit(request, world)
    accept(request, world)
    assert (fresh(counted).reached_value, fresh(counted).percent) == (Decimal(50), 25)
    assert (fresh(decided).is_reached, fresh(decided).percent) == (True, 100)


def test_a_whole_is_rolled_up_from_the_parts_that_were_answered_and_its_own_percent_is_not_asked(
    world: World, hand_out: HandOut, year: WorkYear
) -> None:
    liaison = world.actor("liaison")
    whole = taken(hand_out(title="整项", supports=("gsj",)), liaison)
    new = [NewTask(title=f"部分{n}", lead_unit_id=world.unit["gsj"].pk) for n in (1, 2)]
    parts = [services.task_divide(task=whole, part=one, actor=liaison, now=on(3, 7)) for one in new]
    for part in parts:
        taken(part, world.actor("other"))
    call = call_progress(world, year, "zjj", "gsj")
    theirs = request_of(call, world, "gsj")
    most = Written(percent=80, words="已完成大半")
    write(theirs, world, {parts[0]: DONE, parts[1]: most, whole: Written(nothing=True)}, who="other")
    submit(theirs, world, who="other")
    accept(theirs, world)
    assert fresh(whole).percent == 60
    ours = request_of(call, world)
    (row,) = sheet_of(ours, SENT.date(), handed=False).rows
    assert row.divided and not row.counts
    write(ours, world, {whole: Written(percent=5, words="督促各部分")})
    submit(ours, world)
    accept(ours, world)
    assert (fresh(whole).percent, fresh(whole).last_word) == (60, "督促各部分")


def test_the_step_curve_and_waiting_reminders_see_the_answer(
    world: World, tasks: tuple[Task, Task], called: UnitRequest
) -> None:
    own, theirs = tasks
    liaison, office = world.actor("liaison"), world.actor("office")
    services.task_steps_set(
        task=own, steps=[NewStep(date(2012, 3, 20), 30, "完成抽样")], actor=liaison, now=on(3, 25)
    )
    assert fresh(own).behind
    services.task_remind(task=own, step="remind", actor=office, now=on(4, 2))
    write(called, world, {own: DONE, theirs: Written(nothing=True)})
    submit(called, world)
    services.task_remind(task=own, step="urge", actor=office, now=on(4, 5))
    accept(called, world)
    assert not fresh(own).behind
    answers = TaskReminder.objects.system("test").order_by("at").values_list("answered_at", flat=True)
    assert list(answers) == [SENT, None]
    open_ = Todo.objects.system("test").filter(ref_id=own.pk, kind="task.reminded", done_at__isnull=True)
    assert open_.exists()


def test_what_a_unit_asks_to_be_coordinated_becomes_a_matter_of_that_unit_once(
    world: World, tasks: tuple[Task, Task], called: UnitRequest, year: WorkYear
) -> None:
    own, theirs = tasks
    hard = Written(percent=40, words="已抽样", difficulties="经费未到位", wanted="请财政厅拨付检验经费")
    write(called, world, {own: hard, theirs: Written(nothing=True)})
    submit(called, world)
    assert not Matter.objects.system("test").exists()
    accept(called, world)
    matter = Matter.objects.system("test").get()
    assert (matter.unit, matter.title, matter.problem, matter.tried, matter.wanted, matter.state) == (
        world.unit["zjj"], own.title, "经费未到位", "已抽样", "请财政厅拨付检验经费", "raised",
    )  # fmt: skip
    assert (matter.by, matter.ref_kind, matter.ref_id) == (world.user["liaison"].name, "work.task", own.pk)
    again = request_of(call_progress(world, year, "zjj", title="再报一次"), world)
    assert sheet_of(again, SENT.date(), handed=False).rows[0].raised == matter
    write(again, world, {own: hard, theirs: Written(nothing=True)}, now=on(4, 8))
    submit(again, world, now=on(4, 8))
    accept(again, world, now=on(4, 9))
    assert Matter.objects.system("test").count() == 1


def test_a_material_of_a_row_stays_the_units_until_it_is_handed_in_and_then_is_the_tasks(
    world: World, tasks: tuple[Task, Task], called: UnitRequest
) -> None:
    own, theirs = tasks
    liaison, office = world.actor("liaison"), world.actor("office")
    files = [SimpleUploadedFile(name, b"demo") for name in ("汇总表.txt", "错传的.txt")]
    given = {"request": called, "task_id": own.pk, "actor": liaison, "now": SENT}
    services.task_reply_files(**given, uploads=files, dated_on=date(2012, 3, 30))
    wrong = Evidence.objects.system("test").get(title="错传的")
    services.task_reply_files(**given, drop=[wrong.pk])
    write(called, world, {own: DONE, theirs: Written(nothing=True)})
    assert not Evidence.objects.visible_to(office).filter(title="汇总表").exists()
    submit(called, world)
    assert Evidence.objects.visible_to(office).get(title="汇总表").dated_on == date(2012, 3, 30)
    accept(called, world)
    told = TaskProgress.objects.system("test").get(task=own)
    assert [one.title for one in told.evidence.system("test")] == ["汇总表"]
    with pytest.raises(NotAllowed, match="只有被征集单位"):
        services.task_reply_files(**{**given, "actor": world.actor("other")}, drop=[])


def test_a_prefectures_office_answers_for_its_government(
    world: World, hand_out: HandOut, year: WorkYear
) -> None:
    task = taken(hand_out("lz_gov", title="县区抽查"), world.actor("sibling"))
    request = request_of(call_progress(world, year, "lz_gov"), world, "lz_gov")
    write(request, world, {task: DONE}, who="sibling")
    with pytest.raises(NotAllowed):
        write(request, world, {task: DONE}, who="sibling2")
    submit(request, world, who="sibling")
    accept(request, world)
    told = TaskProgress.objects.system("test").get(task=task)
    assert (told.unit, fresh(task).percent) == (world.unit["lz_gov"], 40)


def test_a_task_that_is_not_the_units_is_refused(
    world: World, hand_out: HandOut, called: UnitRequest
) -> None:
    with pytest.raises(BadInput, match="不在本单位的任务中"):
        write(called, world, {hand_out("gsj", title="别人的"): DONE})
    assert size([called.call_id]) == {
        called.pk: 2, request_of(called.call, world, "gsj").pk: 1
    }  # fmt: skip
