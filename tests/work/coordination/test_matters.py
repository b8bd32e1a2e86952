"""提请协调事项: raised, handled, answered; whose turn it is; who sees it; the light by date."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.base import File
from tests.kit.bad_files import pdf_file
from tests.work.coordination.conftest import DUE, Raise, asked_of, fresh
from tests.work.tasks.conftest import HandOut, on
from tests.world import World

from zhize.apps.audit.models import Entry
from zhize.apps.documents.models import Approval
from zhize.apps.orgs.models import Todo
from zhize.apps.work.models import Matter
from zhize.apps.work.selectors import coordination as selectors
from zhize.apps.work.services import (
    Report,
    matter_answer,
    matter_close,
    matter_instruct,
    matter_pass,
    matter_raise,
    matter_reply,
    matter_resend,
    matter_return,
    matter_submit,
    matter_take,
    matter_withdraw,
    task_progress_report,
    task_take,
)
from zhize.core.kernel.errors import NoSuchStep
from zhize.core.workflow.coordination import PROGRESS, TABLE
from zhize.kit.errors import BadInput, NotAllowed, StateConflict
from zhize.kit.things import ThingRef

pytestmark = pytest.mark.django_db


def scanned() -> File[bytes]:
    return File(io.BytesIO(pdf_file()), name="批示.pdf")


def waiting(matter: Matter) -> list[tuple[str, str]]:
    rows = Todo.objects.system("test").filter(ref_kind="work.matter", ref_id=matter.pk, done_at=None)
    return sorted(rows.values_list("unit__name", "kind"))


def log(matter: Matter) -> list[str]:
    rows = Entry.objects.system("test").filter(
        thing_kind="work.matter", thing_id=matter.pk, type__startswith="work."
    )
    return [one.removeprefix("work.matter.") for one in rows.order_by("seq").values_list("type", flat=True)]


def test_the_states_of_the_table_and_of_the_model_are_the_same_words() -> None:
    assert {s.value: s.label for s in TABLE.states} == {s.value: s.label for s in Matter.State}
    assert set(PROGRESS) == set(Matter.State.values)


def test_the_office_asks_a_unit_then_a_leader_answers_and_the_unit_says_it_is_settled(
    world: World, raised: Raise
) -> None:
    office, matter = world.actor("office"), raised()
    assert waiting(matter) == [("领导小组办公室", "matter.take")]
    matter_take(matter=matter, actor=office, now=on(3, 6))
    matter_pass(
        matter=matter, unit_ids=[world.unit["gsj"].pk], question="能否划转？", due_on=date(2012, 3, 15), actor=office,
        now=on(3, 7),
    )  # fmt: skip
    assert waiting(matter) == [("省工商局", "matter.reply")]
    matter_reply(
        row=asked_of(matter, world), reply="可以划转 12 人。", actor=world.actor("other"), now=on(3, 8)
    )
    assert fresh(matter).state == "handling"
    assert waiting(matter) == [("领导小组办公室", "matter.handle")]
    matter_submit(matter=matter, words="建议由编办明确。", actor=office, now=on(3, 9))
    assert ("省推进质量振兴工作领导小组", "matter.instruct") in waiting(matter)
    matter_instruct(
        matter=matter, by_name="演示领导", by_title="组长", on=date(2012, 3, 12), opinion="同意，月底前办结。",
        scan=scanned(), actor=office, now=on(3, 13),
    )  # fmt: skip
    approval = Approval.objects.system("test").get(ref_kind="work.matter", ref_id=matter.pk)
    assert (approval.by_name, approval.opinion, approval.entered_by) == (
        "演示领导",
        "同意，月底前办结。",
        office.name,
    )
    assert approval.scan is not None
    matter_answer(matter=matter, answer="已明确划转 12 人，3 月 30 日前完成。", actor=office, now=on(3, 14))
    assert waiting(matter) == [("省质监局", "matter.confirm")]
    matter_close(matter=matter, settled=True, actor=world.actor("liaison"), now=on(4, 1))
    done = fresh(matter)
    assert (done.state, done.answered_on, done.settled_on) == ("settled", date(2012, 3, 14), date(2012, 4, 1))
    assert waiting(matter) == []
    assert log(matter) == [
        "raised", "taken", "passed", "replied", "submitted", "instructed", "answered", "settled"
    ]  # fmt: skip
    assert [one.what for one in selectors.steps_of(matter)][-1] == "提请协调"


def test_what_is_not_settled_by_the_answer_goes_back_to_the_office(world: World, raised: Raise) -> None:
    matter, unit = raised(), world.actor("liaison")
    matter_answer(matter=matter, answer="请自行协商。", actor=world.actor("office"), now=on(3, 6))
    with pytest.raises(BadInput, match="仍未解决的问题"):
        matter_close(matter=matter, settled=False, actor=unit, now=on(3, 7))
    matter_close(matter=matter, settled=False, words="对方不同意。", actor=unit, now=on(3, 7))
    assert fresh(matter).state == "handling" and fresh(matter).answered_on is None
    assert waiting(matter) == [("领导小组办公室", "matter.handle")]


def test_a_returned_one_is_supplemented_and_comes_again(world: World, raised: Raise) -> None:
    matter = raised()
    matter_return(matter=matter, words="请写明涉及人数。", actor=world.actor("office"), now=on(3, 6))
    assert waiting(matter) == [("省质监局", "matter.returned")]
    data = {"title": "明确检验人员划转", "problem": "12 人不能划转。", "wanted": "请人事部门明确。"}
    matter_resend(matter=matter, data=data, actor=world.actor("liaison"), now=on(3, 7))
    assert fresh(matter).problem == "12 人不能划转。"
    assert waiting(matter) == [("领导小组办公室", "matter.take")]


def test_a_withdrawn_one_awaits_nobody(world: World, raised: Raise) -> None:
    matter, office = raised(), world.actor("office")
    matter_pass(matter=matter, unit_ids=[world.unit["gsj"].pk], question="能否？", actor=office, now=on(3, 6))
    matter_withdraw(matter=matter, reason="已自行解决。", actor=world.actor("liaison"), now=on(3, 7))
    assert waiting(matter) == []
    with pytest.raises(NoSuchStep, match="已撤回的提请协调事项不能"):
        matter_answer(matter=matter, answer="好。", actor=office, now=on(3, 8))
    with pytest.raises(StateConflict, match="不再征求意见"):
        matter_reply(row=asked_of(matter, world), reply="好。", actor=world.actor("other"), now=on(3, 8))


def test_each_party_does_only_its_own_part(world: World, raised: Raise) -> None:
    matter = raised()
    with pytest.raises(NotAllowed, match="只有受理的办公室"):
        matter_take(matter=matter, actor=world.actor("liaison"), now=on(3, 6))
    with pytest.raises(NotAllowed, match="只有提请单位"):
        matter_withdraw(matter=matter, reason="不必了", actor=world.actor("other"), now=on(3, 6))
    matter_pass(
        matter=matter,
        unit_ids=[world.unit["gsj"].pk],
        question="能否？",
        actor=world.actor("office"),
        now=on(3, 6),
    )
    with pytest.raises(NotAllowed, match="被征求意见的单位"):
        matter_reply(row=asked_of(matter, world), reply="好。", actor=world.actor("liaison"), now=on(3, 7))
    with pytest.raises(NotAllowed, match="本单位的人员"):
        raised(who="other")


def test_words_days_and_units_are_asked_for(world: World, raised: Raise) -> None:
    office = world.actor("office")
    with pytest.raises(BadInput, match="请求协调解决"):
        raised(wanted=" ")
    with pytest.raises(BadInput, match="已过"):
        raised(due_on=date(2012, 3, 1))
    matter = raised()
    with pytest.raises(BadInput, match="没有选择有关单位"):
        matter_pass(matter=matter, unit_ids=[], question="能否？", actor=office, now=on(3, 6))
    with pytest.raises(BadInput, match="省质监局是提请单位"):
        matter_pass(
            matter=matter, unit_ids=[world.unit["zjj"].pk], question="能否？", actor=office, now=on(3, 6)
        )


def test_a_unit_sees_its_own_and_those_it_is_asked_about_the_office_sees_all(
    world: World, raised: Raise
) -> None:
    matter = raised()

    def seen(who: str) -> bool:
        return selectors.matter_by_pk(world.actor(who), matter.pk) is not None

    assert [seen(who) for who in ("liaison", "office", "leader", "other", "sibling")] == [True] * 3 + [
        False
    ] * 2
    matter_pass(
        matter=matter,
        unit_ids=[world.unit["gsj"].pk],
        question="能否？",
        actor=world.actor("office"),
        now=on(3, 6),
    )
    assert seen("other")
    assert list(selectors.matters_asked_of(world.actor("other"))) == [matter]
    assert list(selectors.matters_asked_of(world.actor("liaison"))) == []


def test_the_office_of_a_prefecture_may_turn_to_the_province_for_its_government(
    world: World, year: object
) -> None:
    desks = {(d.jurisdiction.name, d.unit.name) for d in selectors.desks_of(world.actor("sibling"), DUE)}
    assert ("甘肃省质量振兴", "兰州市人民政府") in desks
    assert ("兰州市质量振兴", "兰州市领导小组办公室") in desks


def test_a_task_with_difficulties_fills_the_matter_in_and_is_raised_once(
    world: World, hand_out: HandOut
) -> None:
    liaison = world.actor("liaison")
    task = hand_out("zjj")
    task_take(task=task, actor=liaison, now=on(3, 6))
    report = Report(words="已开展。", difficulties="抽样经费未落实。")
    task_progress_report(task=task, report=report, actor=liaison, now=on(3, 7))
    ref = ThingRef("work.task", task.pk)
    origin = selectors.origin_of(liaison, ref)
    assert origin is not None and origin.problem == "抽样经费未落实。"
    assert selectors.origin_of(world.actor("other"), ref) is None
    given = {"title": "落实经费", "problem": origin.problem, "wanted": "请财政部门落实。"}
    place = {"jurisdiction": task.jurisdiction, "unit": world.unit["zjj"], "ref": ref, "actor": liaison}
    matter_raise(**place, data=given, now=on(3, 8))
    with pytest.raises(StateConflict, match="已就这件事提请协调"):
        matter_raise(**place, data=given, now=on(3, 9))
