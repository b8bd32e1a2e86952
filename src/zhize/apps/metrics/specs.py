"""The things of this app as lists, forms, Excel and API know them."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.metrics import policies, selectors, services
from zhize.apps.metrics.mapping import interval_of, shown
from zhize.apps.metrics.models import Alert, Card, Observation, Target
from zhize.apps.metrics.models.figures import PLACES
from zhize.apps.orgs.selectors import regions_near, units_near
from zhize.apps.years.specs import YEARS
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec, register_spec

CARDS = Ref(
    load=lambda actor: Card.objects.visible_to(actor).filter(is_retired=False).order_by("order", "code"),
    key="code",
    label="name",
)
REGIONS = Ref(load=regions_near)
UNITS = Ref(load=units_near)
PERIOD = _("写作 2012年、2012年上半年、2012年第一季度、2012年3月")


def interval_words(row: Observation) -> str:
    found = interval_of(row.card, row)
    return found.words if found else ""


CARD = ThingSpec(
    kind="metrics.card",
    label=_("指标卡"),
    model=Card,
    fields=(
        FieldSpec("name", _("指标名称"), editable=False, value=str, sort=("name",), filter=Filter.NO),
        FieldSpec("dimension", _("方面"), Kind.CHOICE, choices=Card.Dimension, editable=False, filter=Filter.EXACT),
        FieldSpec("unit", _("计量单位"), editable=False),
        FieldSpec("source", _("来源"), Kind.CHOICE, choices=Card.Source, editable=False, filter=Filter.EXACT),
        FieldSpec("frequency", _("频率"), Kind.CHOICE, choices=Card.Frequency, editable=False, filter=Filter.EXACT),
        FieldSpec("source_body", _("数据来源单位"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("statistics", _("统计范围"), Kind.CHOICE, choices=Card.Statistics, editable=False, filter=Filter.EXACT),
        FieldSpec("duties", _("对应职责"), editable=False, value=lambda card: "、".join(d.duty_code for d in card.duties.all())),
        FieldSpec("direction", _("方向"), Kind.CHOICE, choices=Card.Direction, editable=False, default_column=False),
        FieldSpec("code", _("指标代码"), Kind.CODE, editable=False, natural_key=True, default_column=False),
        FieldSpec("definition", _("含义"), Kind.LONG, editable=False, default_column=False),
        FieldSpec("formula", _("计算方法"), editable=False, default_column=False),
        FieldSpec("expression", _("公式"), editable=False, default_column=False),
        FieldSpec("sample", _("抽样推断"), Kind.CHOICE, choices=Card.Sample, editable=False, default_column=False),
        FieldSpec("identifiable", _("能识别单个调查对象"), Kind.BOOL, editable=False, default_column=False),
        FieldSpec("basis", _("依据"), editable=False, default_column=False),
        FieldSpec("citation", _("出处"), editable=False, default_column=False),
        FieldSpec("valid_from", _("启用日期"), Kind.DATE, editable=False, default_column=False),
        FieldSpec("number", _("版次"), Kind.INTEGER, editable=False, default_column=False),
        FieldSpec("is_retired", _("已停用"), Kind.BOOL, editable=False, default_column=False, filter=Filter.EXACT),
    ),
    rows=selectors.cards_listed,
    may_view=policies.may_see,
    may_edit=policies.may_keep,
    ordering=("order", "code", "pk"),
    detail="metrics:card",
    search=("name", "name_en", "code", "definition", "source_body", "duties__duty_code"),
    api_scope="metrics",
)  # fmt: skip

OBSERVATION = ThingSpec(
    kind="metrics.observation",
    label=_("指标数据"),
    model=Observation,
    fields=(
        FieldSpec("card", _("指标"), Kind.REF, ref=CARDS, required=True, natural_key=True, filter=Filter.EXACT),
        FieldSpec("subject", _("对象"), editable=False, value=selectors.subject_name),
        FieldSpec("region", _("地区"), Kind.REF, ref=REGIONS, required=True, natural_key=True, default_column=False, filter=Filter.EXACT, help=_("全辖区合计填本地区名称")),
        FieldSpec("unit", _("单位"), Kind.REF, ref=UNITS, editable=False, default_column=False, filter=Filter.EXACT),
        FieldSpec("period_label", _("期间"), required=True, natural_key=True, max_length=40, help=PERIOD, example="2012年第一季度", filter=Filter.CONTAINS),
        FieldSpec("shown", _("公布值"), editable=False, value=lambda row: shown(row.card, row.value)),
        FieldSpec("interval", _("95％ 置信区间"), editable=False, default_column=False, value=interval_words),
        FieldSpec("value", _("数值"), Kind.DECIMAL, places=PLACES, default_column=False),
        FieldSpec("numerator", _("分子"), Kind.DECIMAL, places=PLACES, default_column=False),
        FieldSpec("denominator", _("分母"), Kind.DECIMAL, places=PLACES, default_column=False),
        FieldSpec("state", _("状态"), Kind.CHOICE, choices=Observation.State, editable=False, filter=Filter.EXACT),
        FieldSpec("origin", _("取得方式"), Kind.CHOICE, choices=Observation.Origin, editable=False, filter=Filter.EXACT),
        FieldSpec("given_by", _("填报单位"), Kind.REF, ref=UNITS, editable=False, default_column=False),
        FieldSpec("source_words", _("数据出处"), required=True, max_length=300, help=_("文件、系统或网址，便于核对")),
        FieldSpec("note", _("说明"), max_length=300, default_column=False),
        FieldSpec("period_end", _("期间止"), Kind.DATE, editable=False, default_column=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("recorded_at", _("入库时间"), Kind.DATE, editable=False, default_column=False, sortable=True),
    ),
    rows=selectors.observations_given_out,
    may_view=policies.may_see,
    may_edit=policies.may_keep,
    ordering=("-period_end", "card_id", "pk"),
    detail="metrics:figure",
    bulk_save=services.observations_import,
    search=("card__name", "card__code", "region__name", "unit__name"),
    api_scope="metrics",
)  # fmt: skip

TARGET = ThingSpec(
    kind="metrics.target",
    label=_("指标目标"),
    model=Target,
    fields=(
        FieldSpec("card", _("指标"), Kind.REF, ref=CARDS, required=True, natural_key=True, filter=Filter.EXACT),
        FieldSpec("region", _("地区"), Kind.REF, ref=REGIONS, required=True, natural_key=True, filter=Filter.EXACT, help=_("全辖区目标填本地区名称")),
        FieldSpec("unit", _("单位"), Kind.REF, ref=UNITS, editable=False, filter=Filter.EXACT),
        FieldSpec("year", _("年度"), Kind.REF, ref=YEARS, required=True, natural_key=True, filter=Filter.EXACT),
        FieldSpec("shown", _("目标"), editable=False, value=lambda row: shown(row.card, row.value)),
        FieldSpec("value", _("目标值"), Kind.DECIMAL, places=PLACES, required=True, default_column=False),
        FieldSpec("upper", _("目标上限"), Kind.DECIMAL, places=PLACES, default_column=False, help=_("只有区间目标填写")),
        FieldSpec("base", _("基期值"), Kind.DECIMAL, places=PLACES, default_column=False),
        FieldSpec("base_label", _("基期"), max_length=40, example="2011年"),
        FieldSpec("document", _("目标依据"), required=True, max_length=200, example="文号或会议纪要"),
        FieldSpec("note", _("说明"), max_length=300, default_column=False),
    ),
    rows=selectors.targets_listed,
    may_view=policies.may_see,
    may_edit=policies.may_keep,
    ordering=("-year__starts_on", "card__order", "region__order", "pk"),
    detail="metrics:target",
    bulk_save=services.targets_import,
    search=("card__name", "card__code", "region__name", "document"),
    api_scope="metrics",
)  # fmt: skip


ALERT = ThingSpec(
    kind="metrics.alert",
    label=_("指标预警"),
    model=Alert,
    fields=(
        FieldSpec("card", _("指标"), Kind.REF, ref=CARDS, editable=False, filter=Filter.EXACT, filter_q=lambda card: Q(observation__card=card), value=lambda one: one.observation.card),
        FieldSpec("subject", _("对象"), editable=False, value=lambda one: selectors.subject_name(one.observation)),
        FieldSpec("region", _("地区"), Kind.REF, ref=REGIONS, editable=False, default_column=False, filter=Filter.EXACT, filter_q=lambda region: Q(observation__region=region), value=lambda one: one.observation.region),
        FieldSpec("period_label", _("期间"), editable=False, value=lambda one: one.observation.period_label),
        FieldSpec("words", _("预警内容"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("kind", _("预警种类"), Kind.CHOICE, choices=Alert.Kind, editable=False, default_column=False, filter=Filter.EXACT),
        FieldSpec("told", _("已告知"), editable=False, value=lambda one: "、".join(name for _pk, name in one.told)),
        FieldSpec("at", _("预警时间"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("is_answered", _("已回应"), Kind.BOOL, editable=False, filter=Filter.EXACT),
        FieldSpec("answer", _("回应"), editable=False),
        FieldSpec("answered_by", _("回应人"), editable=False, default_column=False),
        FieldSpec("answered_at", _("回应时间"), Kind.DATE, editable=False, default_column=False),
    ),
    rows=selectors.alerts_given_out,
    may_view=policies.may_see,
    may_edit=policies.may_keep,
    ordering=("-at", "-pk"),
    detail="metrics:alert",
    search=("observation__card__name", "observation__region__name", "words"),
)  # fmt: skip


def register() -> None:
    """Called when the app is ready."""
    for spec in (CARD, OBSERVATION, TARGET, ALERT):
        register_spec(spec)
