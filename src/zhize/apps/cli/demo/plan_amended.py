"""December: the issued plan of the province is being amended, so that two versions stand side by side; the group has yet to approve."""

from __future__ import annotations

from datetime import date

from zhize.apps.cli.demo.stage import Stage, actor, at, unit
from zhize.apps.work import services
from zhize.apps.work.models import Plan
from zhize.apps.work.selectors.plans import items_of

STAFF, DAY = "gs-office", date(2012, 12, 14)
REASON = "省政府常务会议要求加强冬季大气污染防治（演示），相应调整两项、增加一项。"


def play(stage: Stage) -> None:
    """Two items changed, one new, presented for the conference of 27 December; the plan in force stays until then."""
    plan = Plan.objects.system("demonstration").get(
        jurisdiction=stage.jurisdiction, level=Plan.Level.CONSOLIDATED, state=Plan.State.ISSUED
    )
    office = actor(STAFF, DAY)
    new = services.plan_amend(plan=plan, reason=REASON, actor=office, now=at(DAY, 9))
    first, second = [item for item in items_of(new) if item.part == "environment"][:2]
    for item, goal in ((first, "冬季每周公布一次监测结果"), (second, "年底前对未达标企业逐户复查")):
        services.plan_item_update(
            thing=item, data={"goal": f"{item.goal}{goal}。", "due_on": date(2012, 12, 31)}, version=None, actor=office, now=at(DAY),
        )  # fmt: skip
    services.plan_item_create(
        plan=new,
        data={
            "part": "environment", "title": "开展冬季燃煤质量专项检查", "goal": "采暖季燃煤抽检不少于60批次，不合格的全部处理。",
            "measure": "省环保厅牵头制定方案，省质监局、省工商局分别抽查生产和流通环节，按月通报。", "due_on": date(2012, 12, 31),
            "lead_unit": unit("gs-hbt"), "support_names": "、".join(unit(code).name for code in ("gs-zjj", "gs-gsj")),
        },
        actor=office,
        now=at(DAY, 11),
    )  # fmt: skip
    services.plan_present(plan=new, version=None, actor=office, now=at(DAY, 16))
