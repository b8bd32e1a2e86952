"""协调事项: one raised in May, answered by the unit concerned and settled; a hard one that waits for a leader's word in December."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhize.apps.cli.demo.stage import Stage, actor, at, liaison_of, unit
from zhize.apps.work import services
from zhize.apps.work.models import Matter, MatterUnit

OFFICE = "gs-office"


def play(stage: Stage) -> None:
    """Both by the units' own people and the office, on their days."""
    _settled(stage)
    _waiting(stage)


def _settled(stage: Stage) -> None:
    matter = _raised(
        stage, "gs-zjj", date(2012, 5, 10), title="建材抽查避免重复抽样", problem="生产和流通环节同月抽查同一批水泥，企业反映负担重。",
        tried="已与省工商局电话沟通。", wanted="请协调两家抽查计划的时间和品种。", wanted_of="省工商局", due_on=date(2012, 6, 15),
    )  # fmt: skip
    day = date(2012, 5, 14)
    services.matter_pass(
        matter=matter, unit_ids=[unit("gs-gsj").pk], question="能否与省质监局错开抽查时间、共享结果？", due_on=date(2012, 5, 25),
        actor=actor(OFFICE, day), now=at(day),
    )  # fmt: skip
    day = date(2012, 5, 22)
    row = MatterUnit.objects.system("demonstration").select_related("unit", "matter").get(matter=matter)
    services.matter_reply(
        row=row,
        reply="同意。流通环节建材抽查安排在双月，结果当月互通。",
        actor=_liaison("gs-gsj", day),
        now=at(day),
    )
    day = date(2012, 5, 24)
    services.matter_answer(
        matter=_again(matter),
        answer="两家抽查按单双月错开，结果互通，从六月起执行。",
        actor=actor(OFFICE, day),
        now=at(day),
    )
    day = date(2012, 5, 28)
    services.matter_close(matter=_again(matter), settled=True, actor=_liaison("gs-zjj", day), now=at(day))


def _waiting(stage: Stage) -> None:
    matter = _raised(
        stage, "gs-slt", date(2012, 12, 3), title="县级水利工程质量监督力量不足", problem="四成的县没有专职监督人员，小型水利工程监督覆盖率上不去。",
        tried="已在兰州市、定西市试行片区联合监督，人员和经费没有出路。", wanted="请明确县级监督人员由谁配备、经费从哪里列支。",
        wanted_of="省财政厅", due_on=date(2012, 12, 31),
    )  # fmt: skip
    day = date(2012, 12, 5)
    services.matter_take(matter=matter, actor=actor(OFFICE, day), now=at(day))
    day = date(2012, 12, 17)
    services.matter_submit(
        matter=_again(matter), words="建议先在片区设联合监督站，经费列入明年省级水利专项，由省水利厅、省财政厅商定办法。",
        actor=actor(OFFICE, day), now=at(day),
    )  # fmt: skip


def _raised(stage: Stage, code: str, day: date, **data: Any) -> Matter:
    return services.matter_raise(
        jurisdiction=stage.jurisdiction, unit=unit(code), data=data, actor=_liaison(code, day), now=at(day)
    )


def _liaison(code: str, day: date) -> Any:
    username = liaison_of([unit(code).pk], day)
    assert username is not None, f"nobody reports for {code}"
    return actor(username, day)


def _again(matter: Matter) -> Matter:
    return (
        Matter.objects.system("demonstration")
        .select_related("jurisdiction", "year", "unit")
        .get(pk=matter.pk)
    )
