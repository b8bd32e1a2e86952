"""收文 as lists, Excel and API know it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents import policies, selectors
from zhize.apps.documents.models import Incoming
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec


class Way(models.TextChoices):
    """How a paper came: sent within the product, or on paper and registered by hand."""

    INSIDE = "inside", _("系统内")
    BY_HAND = "by_hand", _("手工登记")


INCOMING = ThingSpec(
    kind=selectors.INCOMING,
    label=_("收文"),
    model=Incoming,
    fields=(
        FieldSpec("title", _("标题"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("serial", _("收文编号"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("sort", _("类别"), Kind.CHOICE, choices=Incoming.Sort, editable=False, filter=Filter.EXACT),
        FieldSpec(
            "way",
            _("来文途径"),
            Kind.CHOICE,
            choices=Way,
            editable=False,
            value=lambda row: Way.INSIDE if row.addressee_id else Way.BY_HAND,
            filter=Filter.EXACT,
            filter_q=lambda chosen: Q(addressee__isnull=chosen == Way.BY_HAND),
        ),
        FieldSpec("from_name", _("来文单位"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("number", _("来文字号"), editable=False, filter=Filter.CONTAINS, default_column=False),
        FieldSpec(
            "received_on", _("收到日期"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE
        ),
        FieldSpec("due_on", _("要求办结日期"), Kind.DATE, editable=False, filter=Filter.RANGE),
        FieldSpec("leader", _("批示人"), editable=False, filter=Filter.CONTAINS),
        FieldSpec(
            "state", _("办理状态"), Kind.CHOICE, choices=Incoming.State, editable=False, filter=Filter.EXACT
        ),
    ),
    rows=selectors.incoming_listed,
    may_view=policies.may_see_incoming,
    may_edit=policies.may_draft,
    ordering=("-received_on", "-pk"),
    detail="documents:incoming",
    search=("serial", "title", "from_name", "number", "words"),
)
