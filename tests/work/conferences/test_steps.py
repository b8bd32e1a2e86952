"""What a conference's own steps do beside the step: lines of the agenda, items of the checklist."""

from __future__ import annotations

from tests.work.conferences.conftest import Convene
from tests.work.tasks.conftest import on
from tests.world import World

from zhize.apps.work.models import ConferenceCheck
from zhize.apps.work.services import conference_call, conference_hold, problems_note


def test_numbers_typed_before_the_lines_of_an_agenda_are_not_printed_twice(convene: Convene) -> None:
    typed = "一、通报上半年工作\n（二）研究专项整治\n3. 其他事项\n二季度质量形势\n1200批次抽查情况\n 四、 "
    assert convene(agenda=typed).agenda_items == [
        "通报上半年工作", "研究专项整治", "其他事项", "二季度质量形势", "1200批次抽查情况",
    ]  # fmt: skip


def test_what_a_step_does_is_ticked_off_the_checklist(world: World, convene: Convene) -> None:
    office, conference = world.actor("office"), convene()
    open_ones = (
        ConferenceCheck.objects.system("test").filter(done_at__isnull=True).values_list("key", flat=True)
    )
    problems_note(
        conference=conference, data={"product": "合格率稳定"}, version=None, actor=office, now=on(6, 8)
    )
    assert "item.report" not in set(open_ones.all())
    conference_call(conference=conference, actor=office, now=on(6, 9))
    conference_hold(conference=conference, attended_ids=[], actor=office, now=on(6, 20))
    assert set(open_ones.all()) == {"item.topics", "item.papers", "item.minutes"}
