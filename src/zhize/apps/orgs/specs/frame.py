"""Regions, units, successions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs import policies, services
from zhize.apps.orgs.models import Region, Succession, Unit
from zhize.apps.orgs.selectors import region_name, unit_name
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec

REGIONS = Ref(load=lambda actor: Region.objects.visible_to(actor).order_by("order", "code"))
UNITS = Ref(
    load=lambda actor: Unit.objects.visible_to(actor).order_by("region__order", "order", "code"),
    search=("name", "full_name", "code", "aliases__name"),
)
OWN_UNITS = Ref(
    load=lambda actor: (
        Unit.objects.visible_to(actor).filter(region_id=actor.region_id or 0).order_by("order", "code")
    ),
    search=UNITS.search,
)

REGION = ThingSpec(
    kind="orgs.region",
    label=_("地区"),
    model=Region,
    fields=(
        FieldSpec("shown", _("地区"), editable=False, value=region_name),
        FieldSpec(
            "code",
            _("行政区划代码"),
            Kind.CODE,
            required=True,
            natural_key=True,
            sortable=True,
            help=_("国家标准 GB/T 2260 的六位代码；功能区用自编代码"),
            example="620102",
        ),
        FieldSpec("name", _("名称"), required=True, default_column=False, example="城关区"),
        FieldSpec("short", _("简称"), required=True, help=_("公文和图上用的短名"), default_column=False),
        FieldSpec("name_en", _("英文名称"), default_column=False),
        FieldSpec("level", _("层级"), Kind.CHOICE, required=True, choices=Region.Level, filter=Filter.EXACT),
        FieldSpec("parent", _("上级"), Kind.REF, ref=REGIONS, filter=Filter.EXACT),
        FieldSpec("order", _("建制顺序"), Kind.INTEGER, help=_("各种名单按它排列"), default_column=False),
        FieldSpec("valid_from", _("启用日期"), Kind.DATE, default_column=False),
        FieldSpec("valid_to", _("停用日期"), Kind.DATE, default_column=False, help=_("从这一天起不再使用")),
    ),
    rows=lambda actor: Region.objects.visible_to(actor).select_related("parent"),
    may_view=policies.may_read_directory,
    may_edit=policies.may_manage_structure,
    ordering=("order", "code"),
    detail="orgs:region",
    create=services.region_create,
    update=services.region_update,
    bulk_save=services.regions_import,
    search=("name", "short", "code", "name_en"),
    api_scope="directory",
)

UNIT = ThingSpec(
    kind="orgs.unit",
    label=_("单位"),
    model=Unit,
    fields=(
        FieldSpec("shown", _("单位"), editable=False, value=unit_name),
        FieldSpec("code", _("代码"), Kind.CODE, required=True, natural_key=True, default_column=False),
        FieldSpec(
            "name",
            _("名称"),
            required=True,
            help=_("公文中使用的名称，如“省质监局”"),
            default_column=False,
        ),
        FieldSpec("full_name", _("全称"), default_column=True),
        FieldSpec("name_en", _("英文名称"), default_column=False),
        FieldSpec("region", _("地区"), Kind.REF, required=True, ref=REGIONS, filter=Filter.EXACT),
        FieldSpec("kind", _("类别"), Kind.CHOICE, required=True, choices=Unit.Kind, filter=Filter.EXACT),
        FieldSpec(
            "governance",
            _("管理体制"),
            Kind.CHOICE,
            required=True,
            choices=Unit.Governance,
            filter=Filter.EXACT,
            help=_("中央垂直管理单位不参加排名，发函不派任务"),
        ),
        FieldSpec("order", _("建制顺序"), Kind.INTEGER, sortable=True, default_column=False),
        FieldSpec("located_in", _("设在"), Kind.REF, ref=UNITS, default_column=False),
        FieldSpec(
            "answers_through",
            _("由谁办理"),
            Kind.REF,
            ref=UNITS,
            default_column=False,
            help=_("如市州人民政府的事项由其领导小组办公室办理"),
        ),
        FieldSpec("valid_from", _("设立日期"), Kind.DATE, default_column=False),
        FieldSpec("valid_to", _("撤销日期"), Kind.DATE, help=_("从这一天起不再使用；机构改革请登记沿革")),
        FieldSpec(
            "confirmed",
            _("已核对"),
            Kind.BOOL,
            filter=Filter.EXACT,
            help=_("由规则生成的单位，名称待当地办公室核对"),
        ),
    ),
    rows=lambda actor: Unit.objects.visible_to(actor).select_related("region"),
    may_view=policies.may_read_directory,
    may_edit=policies.may_manage_structure,
    ordering=("region__order", "order", "code"),
    detail="orgs:unit",
    create=services.unit_create,
    update=services.unit_update,
    bulk_save=services.units_import,
    search=("name", "full_name", "code", "name_en"),
    api_scope="directory",
)

SUCCESSION = ThingSpec(
    kind="orgs.succession",
    label=_("机构沿革"),
    model=Succession,
    fields=(
        FieldSpec("predecessor", _("原单位"), Kind.REF, required=True, natural_key=True, ref=UNITS),
        FieldSpec("successor", _("承接单位"), Kind.REF, required=True, natural_key=True, ref=UNITS),
        FieldSpec(
            "kind", _("方式"), Kind.CHOICE, required=True, choices=Succession.Kind, filter=Filter.EXACT
        ),
        FieldSpec("effective_on", _("生效日期"), Kind.DATE, required=True, sortable=True),
        FieldSpec("date_confirmed", _("日期已核实"), Kind.BOOL, filter=Filter.EXACT),
        FieldSpec("is_primary", _("承接成员资格"), Kind.BOOL, help=_("成员资格和未了事项由这个单位承接")),
        FieldSpec("moved", _("划转内容"), max_length=200),
        FieldSpec("basis", _("依据"), max_length=200, default_column=False),
    ),
    rows=lambda actor: Succession.objects.visible_to(actor).select_related(
        "predecessor__region", "successor"
    ),
    may_view=policies.may_read_directory,
    may_edit=policies.may_manage_structure,
    ordering=("-effective_on", "pk"),
    detail="orgs:succession_edit",
    may_open=lambda actor, row: policies.may_manage_units_of(actor, row.predecessor.region),
    create=services.succession_create,
    update=services.succession_update,
    search=("predecessor__name", "successor__name", "moved"),
    api_scope="directory",
)
