"""The list of survey results: what is exported to be filled in, and imported."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.assessment import policies, selectors, services
from zhize.apps.assessment.models import SurveyResult
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec

SURVEYS = Ref(load=selectors.surveys_listed, key="title", label="title", search=("title",))
OBJECTS = Ref(load=selectors.survey_objects, aliases=selectors.object_names)

SURVEY_RESULT = ThingSpec(
    kind="assessment.survey_result",
    label=_("测评结果"),
    model=SurveyResult,
    fields=(
        FieldSpec("survey", _("测评名称"), Kind.REF, ref=SURVEYS, required=True, natural_key=True, filter=Filter.EXACT),
        FieldSpec("unit", _("考核对象"), Kind.REF, ref=OBJECTS, required=True, natural_key=True, filter=Filter.EXACT),
        FieldSpec("group", _("测评人群"), required=True, natural_key=True, max_length=60, example="企业"),
        FieldSpec("asked", _("发放份数"), Kind.INTEGER, minimum=0, help=_("不知道的可不填")),
        FieldSpec("answered", _("有效份数"), Kind.INTEGER, minimum=0),
        FieldSpec("score", _("测评得分"), Kind.DECIMAL, places=4, help=_("按办法的满分；填了得分的不填得分率")),
        FieldSpec("share", _("得分率"), Kind.DECIMAL, places=4, help=_("百分数，如 86.5")),
    ),
    rows=selectors.results_listed,
    may_view=policies.may_see_surveys,
    may_edit=policies.may_keep_rounds,
    ordering=("-survey_id", "pk"),
    bulk_save=services.survey_results_import,
    settle=selectors.result_objections,
    search=("unit__name", "group"),
    api_scope="assessment",
)  # fmt: skip
