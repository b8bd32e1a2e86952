"""宽严比较: whether those who score are as strict as each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from zhize.apps.assessment import policies, selectors
from zhize.apps.assessment.models import Round
from zhize.apps.assessment.selectors.strictness import strictness_of
from zhize.kit.clock import local_day
from zhize.kit.columns import columns_of
from zhize.kit.errors import NotAllowed
from zhize.kit.fields import FieldSpec, Kind
from zhize.kit.list_views import stamped, xlsx_response
from zhize.kit.requests import HttpRequestWithActor
from zhize.kit.views import found, page

BESIDE = (
    FieldSpec("criterion", gettext_lazy("考核项目")),
    FieldSpec("scorer", gettext_lazy("评分人")),
    FieldSpec("marks", gettext_lazy("评分件数"), Kind.INTEGER),
    FieldSpec("mean", gettext_lazy("给分占分值百分比"), Kind.DECIMAL, value=lambda one: round(one.mean, 2)),
    FieldSpec("others", gettext_lazy("其他人给分占分值百分比"), Kind.DECIMAL, value=lambda one: round(one.others, 2)),
    FieldSpec("difference", gettext_lazy("相差（百分点）"), Kind.DECIMAL, value=lambda one: round(one.difference, 2)),
)  # fmt: skip
SCORERS = (
    FieldSpec("scorer", gettext_lazy("评分人")),
    FieldSpec("marks", gettext_lazy("评分件数"), Kind.INTEGER),
    FieldSpec("mean", gettext_lazy("平均百分比"), Kind.DECIMAL, value=lambda one: one.mean * 100),
    FieldSpec("lowest", gettext_lazy("最低百分比"), Kind.DECIMAL, value=lambda one: one.lowest * 100),
    FieldSpec("highest", gettext_lazy("最高百分比"), Kind.DECIMAL, value=lambda one: one.highest * 100),
    FieldSpec("compared", gettext_lazy("可比件数"), Kind.INTEGER),
    FieldSpec("difference", gettext_lazy("与其他人相差（百分点）"), Kind.DECIMAL, value=lambda one: None if one.difference is None else one.difference * 100),
)  # fmt: skip


@require_safe
@page
def strictness(request: HttpRequestWithActor, pk: int) -> HttpResponse:
    """Every scorer or group beside the others, then criterion by criterion; `?export=scorers` and `?export=criteria` as
    files."""
    round_: Round = found(selectors.round_by_pk(request.actor, pk))
    if not policies.may_see_all(request.actor, round_):
        raise NotAllowed(_("只有办公室和监督人员可以看宽严比较"), remedy=_("请切换到办公室或监督岗位的身份"))
    compared = strictness_of(round_, local_day(request.now))
    tables: dict[str, tuple[tuple[FieldSpec, ...], Sequence[Any], str]] = {
        "scorers": (SCORERS, compared.scorers, _("宽严比较")),
        "criteria": (BESIDE, compared.beside, _("逐项比较")),
    }
    if wanted := tables.get(request.GET.get("export", "")):
        columns, rows, sheet = wanted
        return xlsx_response(
            columns_of(columns), rows, sheet=sheet, name=stamped(f"{round_.title}-{sheet}", request.now)
        )
    return render(request, "assessment/strictness.html", {"round": round_, "compared": compared})
