"""The things of this app as lists, files and API know them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.selectors import units_near
from zhize.apps.requests import policies, selectors
from zhize.apps.requests.models import Call, DraftComment, PackFile, UnitRequest
from zhize.apps.years.selectors import bounds
from zhize.apps.years.specs import YEARS
from zhize.kit import clock
from zhize.kit.contributions import call_contents
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec, register_spec

UNITS = Ref(load=units_near)

CALL = ThingSpec(
    kind="requests.call",
    label=_("征集"),
    model=Call,
    fields=(
        FieldSpec("title", _("标题"), editable=False, filter=Filter.CONTAINS),
        FieldSpec(
            "state", _("状态"), Kind.CHOICE, choices=Call.State, editable=False, filter=Filter.EXACT
        ),
        FieldSpec("due_on", _("报送期限"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("asked", _("征集单位数"), Kind.INTEGER, editable=False, value=lambda row: row.asked or None),
        FieldSpec(
            "answered", _("已报送"), Kind.INTEGER, editable=False, value=lambda row: row.answered if row.asked else None
        ),
        FieldSpec(
            "accepted", _("已接收"), Kind.INTEGER, editable=False, value=lambda row: row.accepted if row.asked else None
        ),
        FieldSpec("issued_at", _("发出时间"), Kind.DATE, editable=False, sortable=True),
        FieldSpec("issued_by", _("发出人"), editable=False, default_column=False),
        FieldSpec("period_start", _("所属期起"), Kind.DATE, editable=False, default_column=False),
        FieldSpec("period_end", _("所属期止"), Kind.DATE, editable=False, default_column=False),
        FieldSpec("year", _("年度"), Kind.REF, ref=YEARS, editable=False, default_column=False, filter=Filter.EXACT),
    ),
    rows=selectors.calls_listed,
    may_view=policies.may_see_calls,
    may_edit=policies.may_call,
    ordering=("-due_on", "-pk"),
    detail="requests:call",
    search=("title", "body"),
    api_scope="requests",
)  # fmt: skip


def light_of(row: UnitRequest) -> Any:
    """The light of a row, against the boundaries of this day."""
    return selectors.light_of(row, bounds(clock.today()))


UNIT_REQUEST = ThingSpec(
    kind="requests.unit_request",
    label=_("报送件"),
    model=UnitRequest,
    fields=(
        FieldSpec("call_title", _("征集"), editable=False, value=lambda row: row.call.title),
        FieldSpec(
            "light", _("状态"), Kind.CHOICE, choices=selectors.ReplyLight, editable=False, light=True, value=light_of,
            filter=Filter.EXACT, filter_q=lambda chosen: selectors.light_q(chosen, bounds(clock.today())),
        ),
        FieldSpec("unit", _("报送单位"), Kind.REF, ref=UNITS, editable=False, filter=Filter.EXACT),
        FieldSpec("due_on", _("报送期限"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("submitted_at", _("报送时间"), Kind.DATE, editable=False, sortable=True),
        FieldSpec("decided_at", _("审核时间"), Kind.DATE, editable=False, default_column=False),
        FieldSpec("comment", _("审核意见"), editable=False),
        FieldSpec(
            "asked_by", _("征集辖区"), editable=False, default_column=False, value=lambda row: row.jurisdiction.name
        ),
        FieldSpec("nil_report", _("零报告"), Kind.BOOL, editable=False, default_column=False, value=lambda row: (row.handed_in or {}).get("nil_report")),
    ),
    rows=selectors.requests_listed,
    may_view=policies.may_see_own,
    may_edit=lambda actor: False,
    ordering=("-due_on", "-pk"),
    detail="requests:request",
    search=("call__title", "unit__name"),
    api_scope="requests",
)  # fmt: skip


class ReplyTally(models.TextChoices):
    """As the situation page counts them."""

    ASKED = "asked", _("应报")
    ACCEPTED = "accepted", _("已接收")
    MISSING = "missing", _("未报")


TALLIES = {
    ReplyTally.ASKED: Q(),
    ReplyTally.ACCEPTED: Q(state=UnitRequest.State.ACCEPTED),
    ReplyTally.MISSING: Q(state__in=selectors.MISSING),
}


def _content_words(kind: str) -> str:
    return next((str(one.label) for one in call_contents.items() if one.kind == kind), kind)


REPLIES = replace(
    UNIT_REQUEST,
    label=_("报送情况"),
    fields=(
        *(replace(one, filter=Filter.RANGE) if one.name == "submitted_at" else one for one in UNIT_REQUEST.fields),
        FieldSpec(
            "tally", _("报送与否"), Kind.CHOICE, choices=ReplyTally, editable=False, listed=False, filter=Filter.EXACT,
            filter_q=lambda chosen: TALLIES[ReplyTally(chosen)],
        ),
        FieldSpec(
            "year", _("年度"), Kind.REF, ref=YEARS, editable=False, listed=False, filter=Filter.EXACT,
            filter_q=lambda year: Q(call__year=year),
        ),
        FieldSpec(
            "content", _("报送内容"), editable=False, listed=False, filter=Filter.EXACT,
            filter_q=lambda kind: Q(call__content=kind), filter_words=_content_words,
        ),
    ),
    rows=selectors.requests_seen,
    may_view=policies.may_see_replies,
    api_scope="",
)  # fmt: skip


PACK_FILE = ThingSpec(
    kind="requests.pack_file",
    label=_("收回的报送包"),
    model=PackFile,
    fields=(
        FieldSpec("name", _("文件名"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("unit", _("报送单位"), editable=False, value=lambda row: row.request.unit.name if row.request else ""),
        FieldSpec("verdict", _("结果"), Kind.CHOICE, choices=PackFile.Verdict, editable=False, filter=Filter.EXACT),
        FieldSpec("problems", _("说明"), Kind.LONG, editable=False, value=lambda row: "\n".join(row.problems)),
        FieldSpec("changed", _("不一致的项"), editable=False, default_column=False, value=lambda row: "、".join(row.changed)),
        FieldSpec("sha256", _("摘要"), Kind.CODE, editable=False, default_column=False),
    ),
    rows=selectors.pack_files_listed,
    may_view=policies.may_see_calls,
    may_edit=lambda actor: False,
    search=("name", "request__unit__name"),
)  # fmt: skip


COMMENT = ThingSpec(
    kind="requests.comment",
    label=_("修改意见"),
    model=DraftComment,
    fields=(
        FieldSpec("unit", _("反馈单位"), Kind.REF, ref=UNITS, editable=False, filter=Filter.EXACT),
        FieldSpec("place", _("条款或段落"), editable=False, sortable=True, filter=Filter.CONTAINS),
        FieldSpec("present", _("原文"), Kind.LONG, editable=False),
        FieldSpec("proposed", _("修改意见"), Kind.LONG, editable=False),
        FieldSpec("reason", _("理由"), Kind.LONG, editable=False),
        FieldSpec(
            "verdict", _("采纳情况"), Kind.CHOICE, choices=DraftComment.Verdict, editable=False, filter=Filter.EXACT
        ),
        FieldSpec("verdict_reason", _("采纳说明"), Kind.LONG, editable=False),
        FieldSpec("decided_by", _("答复人"), editable=False, default_column=False),
        FieldSpec("decided_at", _("答复时间"), Kind.DATE, editable=False, default_column=False),
    ),
    rows=selectors.comments_listed,
    may_view=policies.may_see_calls,
    may_edit=lambda actor: False,
    ordering=("unit__region__order", "unit__order", "unit_id", "number", "pk"),
    search=("place", "proposed", "present", "unit__name"),
)  # fmt: skip


def register() -> None:
    """Called when the app is ready."""
    register_spec(CALL)
    register_spec(UNIT_REQUEST)
    register_spec(PACK_FILE)
    register_spec(COMMENT)
