"""Plans and their items as lists, forms and Excel know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Unit
from zhize.apps.regulations.selectors import bounds
from zhize.apps.work import services
from zhize.apps.work.models import Plan, PlanItem
from zhize.apps.work.policies import plans as policies
from zhize.apps.work.selectors import plan_choices, plans
from zhize.apps.work.selectors.plan_tasks import light_of_item, lit_q, with_tasks
from zhize.apps.work.selectors.task_lights import TaskLight
from zhize.apps.work.specs.plan_settling import settle
from zhize.apps.years.specs import YEARS
from zhize.kit import clock
from zhize.kit.actor import Actor
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec, register_spec
from zhize.kit.scope import ScopedQuerySet

Options = Callable[[Actor], list[tuple[str, str]]]
WRITERS = Ref(
    load=lambda actor: (
        Unit.objects.visible_to(actor)
        .filter(plans__in=Plan.objects.visible_to(actor))
        .distinct()
        .order_by("region__order", "order", "pk")
    )
)
UNITS = Ref(load=lambda actor: plan_choices.units_for(actor, clock.today()))
OWN_PLANS = Ref(load=plans.plans_own_open, key="title", label="title", search=("title",))


def _items(actor: Actor) -> ScopedQuerySet[PlanItem]:
    return with_tasks(actor, plans.items_listed(actor))


def _unit_names(actor: Actor) -> list[tuple[str, str]]:
    names = plan_choices.units_for(actor, clock.today()).values_list("name", flat=True)
    return [(name, name) for name in dict.fromkeys(names)]


def _duty_names(actor: Actor) -> list[tuple[str, str]]:
    return list(dict.fromkeys((d.code, f"{d.code} {d.title}") for d in plan_choices.duties_owed(actor)))


def _duties_of(plan: Plan, _actor: Actor) -> list[tuple[str, str]]:
    return [(d.code, f"{d.code} {d.title}") for d in plan_choices.duties_of_plan(plan)]


def _serving(code: str) -> Q:
    """The items that serve the duty of this code, each once."""
    links = PlanItem.duties.through._default_manager.filter(duty__code=code)
    return Q(pk__in=links.values("planitem_id"))


PLAN = ThingSpec(
    kind="work.plan",
    label=_("工作计划"),
    model=Plan,
    fields=(
        FieldSpec("title", _("计划名称"), required=True, max_length=100),
        FieldSpec(
            "level", _("计划类别"), Kind.CHOICE, choices=Plan.Level, editable=False, filter=Filter.EXACT
        ),
        FieldSpec("unit", _("编制单位"), Kind.REF, ref=WRITERS, editable=False, filter=Filter.EXACT),
        FieldSpec("state", _("状态"), Kind.CHOICE, choices=Plan.State, editable=False, filter=Filter.EXACT),
        FieldSpec("size", _("事项数"), Kind.INTEGER, editable=False, value=lambda plan: plan.size),
        FieldSpec(
            "submitted_at", _("报送时间"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE
        ),
        FieldSpec("doc_no", _("文号"), Kind.CODE, editable=False),
        FieldSpec("issued_on", _("印发日期"), Kind.DATE, editable=False, default_column=False),
        FieldSpec("number", _("版次"), Kind.INTEGER, editable=False, default_column=False),
        FieldSpec(
            "year", _("年度"), Kind.REF, ref=YEARS, editable=False, filter=Filter.EXACT, default_column=False
        ),
        FieldSpec("overview", _("总体要求"), Kind.LONG, max_length=4000, listed=False),
    ),
    rows=plans.plans_listed,
    may_view=policies.may_see_plans,
    may_edit=policies.may_write_any,
    ordering=("-year__starts_on", "unit__region__code", "level", "unit__order", "-number", "pk"),
    detail="work:plan",
    update=services.plan_update,
    search=("title", "unit__name", "doc_no"),
)

PLAN_ITEM = ThingSpec(
    kind="work.plan_item",
    label=_("计划事项"),
    model=PlanItem,
    fields=(
        FieldSpec("shown", _("事项"), editable=False, value=lambda item: f"{item.order}. {item.title}"),
        FieldSpec("plan", _("计划"), Kind.REF, required=True, ref=OWN_PLANS, natural_key=True, default_column=False),
        FieldSpec("order", _("序号"), Kind.INTEGER, required=True, minimum=1, maximum=9999, natural_key=True, default_column=False),
        FieldSpec("title", _("工作事项"), required=True, max_length=60, default_column=False, filter=Filter.CONTAINS, example="开展重点产品质量监督抽查"),
        FieldSpec("light", _("任务"), Kind.CHOICE, choices=TaskLight, editable=False, light=True, default_column=False,
                  value=lambda item: light_of_item(item, bounds(clock.today())), filter=Filter.EXACT,
                  filter_q=lambda chosen: lit_q(chosen, bounds(clock.today()))),
        FieldSpec("part", _("板块"), Kind.CHOICE, choices=PlanItem.Part, required=True, filter=Filter.EXACT),
        FieldSpec("goal", _("目标"), Kind.LONG, required=True, max_length=500, example="监督抽查批次合格率达到92%以上"),
        FieldSpec("measure", _("措施"), Kind.LONG, required=True, max_length=2000, default_column=False),
        FieldSpec("due_on", _("完成时限"), Kind.DATE, required=True, sortable=True, filter=Filter.RANGE),
        FieldSpec("lead_unit", _("牵头单位"), Kind.REF, required=True, ref=UNITS, filter=Filter.EXACT),
        FieldSpec("support_names", _("配合单位"), Kind.SEVERAL, options=_unit_names, max_length=400),
        FieldSpec("co_act_names", _("会同单位"), Kind.SEVERAL, options=_unit_names, max_length=400, default_column=False),
        FieldSpec("duty_codes", _("对应职责"), Kind.SEVERAL, options=_duty_names, max_length=400),
        FieldSpec("of_duty", _("所属职责"), editable=False, listed=False, filter=Filter.EXACT, filter_q=_serving, filter_words=str),
        FieldSpec("person", _("责任人"), max_length=40, default_column=False, help=_("写职务或处室即可")),
        FieldSpec("steps", _("步骤"), Kind.LONG, max_length=2000, default_column=False, example="6月底前 完成抽样",
                  help=_("一行一步，先写时间再写做到什么，如“6月底前 完成抽样”；要写进度的，如“9月底前 60% 公布结果”。印发后成为任务的节点")),
        FieldSpec("target", _("指标要求"), max_length=200, default_column=False, help=_("能数的写清数，如“抽查不少于3000批次”")),
        FieldSpec("card_code", _("指标代码"), Kind.CODE, max_length=60, default_column=False, help=_("与指标卡对照的，填指标代码和目标值；印发后成为指标目标"), attrs={"list": "known-cards", "autocomplete": "off"}),
        FieldSpec("base_value", _("基期值"), Kind.DECIMAL, places=4, default_column=False),
        FieldSpec("target_value", _("目标值"), Kind.DECIMAL, places=4, default_column=False),
        FieldSpec("money", _("经费（万元）"), Kind.DECIMAL, places=2, minimum=0, default_column=False),
        FieldSpec("review", _("审核"), Kind.CHOICE, choices=PlanItem.Review, editable=False, default_column=False, filter=Filter.EXACT),
        FieldSpec("writer", _("编制单位"), editable=False, default_column=False, value=lambda item: item.plan.unit.name),
    ),
    rows=_items,
    may_view=policies.may_see_plans,
    may_edit=policies.may_write_any,
    ordering=("plan", "order", "pk"),
    detail="work:plan_item",
    bulk_save=services.plan_items_import,
    settle=settle,
    search=("title", "goal", "measure"),
)  # fmt: skip

_SHOWN = {
    True: ("light", "part", "due_on", "lead_unit", "support_names", "duty_codes"),
    False: ("part", "goal", "due_on", "lead_unit", "support_names", "duty_codes"),
}


def items_of_plan(plan: Plan) -> ThingSpec:
    """The items as the page of their plan lists them: lights once they are tasks, the office's word while in review."""
    running = plan.state in (Plan.State.ISSUED, Plan.State.SUPERSEDED)
    reviewed = plan.state in (Plan.State.SUBMITTED, Plan.State.RETURNED)
    shown = {"shown", *_SHOWN[running], *(["review"] if reviewed else [])}
    day = cache(lambda: bounds(clock.today()))  # once for the page, and only where an item has become a task
    fields = tuple(replace(field, default_column=field.name in shown) for field in PLAN_ITEM.fields)
    lit = tuple(
        replace(field, value=lambda item: light_of_item(item, day())) if field.light else field
        for field in fields
    )
    return replace(PLAN_ITEM, fields=lit, ordering=("order", "pk"))


def item_form(plan: Plan) -> ThingSpec:
    """The form of one item of this plan: its own duties to tick, the plan above to carry items of; the number is given."""
    above = Ref(
        load=lambda actor: plan_choices.items_above(actor, plan), key="id", label="title", search=("title",)
    )
    carries = FieldSpec(
        "carries", _("承接上级事项"), Kind.REF, ref=above, help=_("本事项落实上级计划的哪一项，可不选")
    )
    names = cache(_unit_names)  # both lists of units offer the same
    options: dict[str, Options] = {
        "duty_codes": partial(_duties_of, plan),
        "support_names": names,
        "co_act_names": names,
    }
    mine = [
        replace(field, options=options[field.name]) if field.name in options else field
        for field in PLAN_ITEM.editable_fields
        if field.name not in ("plan", "order")
    ]
    if plan.level == Plan.Level.LOCAL or plan.jurisdiction.parent_id:
        mine.append(carries)
    return replace(
        PLAN_ITEM,
        fields=tuple(mine),
        create=partial(services.plan_item_create, plan=plan),
        update=services.plan_item_update,
    )


def register() -> None:
    """Called when the app is ready."""
    register_spec(PLAN)
    register_spec(PLAN_ITEM)
