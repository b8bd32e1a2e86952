"""Official documents, what came in, and issuers, as lists, forms, Excel and API know them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents import policies, selectors
from zhize.apps.documents.models import Addressee, Evidence, Issuer, OfficialDocument
from zhize.apps.documents.services import issuer_create, issuer_update
from zhize.apps.orgs.models import Unit
from zhize.kit.fields import FieldSpec, Filter, Kind, Ref, ThingSpec

ISSUERS = Ref(load=selectors.issuers_listed, key="pk", label="name", search=("name", "agency_code"))
UNITS_HERE = Ref(
    load=lambda actor: (
        Unit.objects.visible_to(actor).filter(region_id=actor.region_id or 0).order_by("order", "code")
    ),
)

OFFICIAL = ThingSpec(
    kind=selectors.OFFICIAL,
    label=_("公文"),
    model=OfficialDocument,
    fields=(
        FieldSpec("title", _("标题"), editable=False, filter=Filter.CONTAINS, value=str),
        FieldSpec("number", _("文号"), editable=False, filter=Filter.CONTAINS),
        FieldSpec(
            "kind",
            _("文种"),
            Kind.CHOICE,
            choices=OfficialDocument.Kind,
            editable=False,
            filter=Filter.EXACT,
        ),
        FieldSpec(
            "state",
            _("状态"),
            Kind.CHOICE,
            choices=OfficialDocument.State,
            editable=False,
            filter=Filter.EXACT,
        ),
        FieldSpec("issuer", _("发文主体"), Kind.REF, ref=ISSUERS, editable=False, filter=Filter.EXACT),
        FieldSpec("dated_on", _("成文日期"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec("signed_by", _("签发人"), editable=False, default_column=False),
        FieldSpec("drafted_by", _("拟稿人"), editable=False, default_column=False),
        FieldSpec(
            "publicity",
            _("公开属性"),
            Kind.CHOICE,
            choices=Evidence.Publicity,
            editable=False,
            default_column=False,
            filter=Filter.EXACT,
        ),
    ),
    rows=selectors.official_listed,
    may_view=policies.may_see_papers,
    may_edit=policies.may_draft,
    ordering=("-drafted_at", "-pk"),
    detail="documents:official",
    search=("title", "number", "words"),
    api_scope="documents",
)


NUMBERS = ThingSpec(
    kind="documents.number",
    label=_("文号登记"),
    model=OfficialDocument,
    fields=(
        FieldSpec("number", _("文号"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("title", _("标题"), editable=False, filter=Filter.CONTAINS, value=str),
        FieldSpec(
            "kind",
            _("文种"),
            Kind.CHOICE,
            choices=OfficialDocument.Kind,
            editable=False,
            filter=Filter.EXACT,
        ),
        FieldSpec("signed_on", _("签发日期"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec(
            "state",
            _("状态"),
            Kind.CHOICE,
            choices=OfficialDocument.State,
            editable=False,
            filter=Filter.EXACT,
        ),
        FieldSpec("serial", _("序号"), Kind.INTEGER, editable=False, value=lambda row: row.given.number),
        FieldSpec("voided", _("作废原因"), editable=False, value=lambda row: row.given.void_reason),
        FieldSpec(
            "given_by", _("取号人"), editable=False, default_column=False, value=lambda row: row.given.by
        ),
    ),
    rows=selectors.numbers_listed,
    may_view=policies.may_draft,
    may_edit=policies.may_draft,
    ordering=("-given_id", "-pk"),
    detail="documents:official",
    search=("number", "title"),
)


ARCHIVE = ThingSpec(
    kind="documents.archived",
    label=_("归档文件"),
    model=OfficialDocument,
    fields=(
        FieldSpec("archive_no", _("档号"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("title", _("标题"), editable=False, filter=Filter.CONTAINS, value=str),
        FieldSpec("number", _("文号"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("issuer", _("发文主体"), Kind.REF, ref=ISSUERS, editable=False, filter=Filter.EXACT),
        FieldSpec("dated_on", _("成文日期"), Kind.DATE, editable=False, sortable=True, filter=Filter.RANGE),
        FieldSpec(
            "retention",
            _("保管期限"),
            Kind.CHOICE,
            choices=OfficialDocument.Retention,
            editable=False,
            filter=Filter.EXACT,
        ),
        FieldSpec(
            "sha256",
            _("PDF 摘要"),
            editable=False,
            default_column=False,
            value=lambda row: row.pdf.sha256 if row.pdf else "",
        ),
    ),
    rows=selectors.archive_listed,
    may_view=policies.may_see_incoming,
    may_edit=policies.may_draft,
    ordering=("-archived_at", "-pk"),
    detail="documents:official",
    search=("archive_no", "title", "number", "words"),
)


class Received(models.TextChoices):
    """Whether a document that came in was signed for; the values name lights."""

    WAITING = "claimed", _("待签收")
    DONE = "done", _("已签收")


def _received(row: Any) -> Received:
    return Received.DONE if row.is_received else Received.WAITING


ADDRESSEE = ThingSpec(
    kind=selectors.ADDRESSEE,
    label=_("来文"),
    model=Addressee,
    fields=(
        FieldSpec("title", _("标题"), editable=False, value=lambda row: str(row.document)),
        FieldSpec("number", _("文号"), editable=False, value=lambda row: row.document.number),
        FieldSpec(
            "received",
            _("签收情况"),
            Kind.CHOICE,
            choices=Received,
            editable=False,
            light=True,
            value=_received,
            filter=Filter.EXACT,
            filter_q=lambda chosen: Q(is_received=chosen == Received.DONE),
        ),
        FieldSpec(
            "sent", _("方式"), Kind.CHOICE, choices=Addressee.Sent, editable=False, filter=Filter.EXACT
        ),
        FieldSpec(
            "from",
            _("发文主体"),
            editable=False,
            value=lambda row: row.document.issuer.name if row.document.issuer else "",
        ),
        FieldSpec("unit", _("收文单位"), editable=False, value=lambda row: row.unit.name),
        FieldSpec(
            "dated_on", _("成文日期"), Kind.DATE, editable=False, value=lambda row: row.document.dated_on
        ),
        FieldSpec("document", _("公文编号"), Kind.INTEGER, editable=False, listed=False),
    ),
    rows=selectors.received_listed,
    may_view=policies.may_see_papers,
    may_edit=policies.may_draft,
    ordering=("-document_id", "-pk"),
    detail="documents:received_one",
    search=("document__title", "document__number"),
)

ISSUER = ThingSpec(
    kind=selectors.ISSUER,
    label=_("发文主体"),
    model=Issuer,
    fields=(
        FieldSpec(
            "name", _("名称"), required=True, filter=Filter.CONTAINS, help=_("印在发文机关标志和落款上的名称")
        ),
        FieldSpec("unit", _("单位"), Kind.REF, required=True, ref=UNITS_HERE),
        FieldSpec(
            "agency_code",
            _("机关代字"),
            help=_("文号〔年〕前的部分；由其自行编号的可不填"),
            example="甘质振办",
        ),
        FieldSpec("has_seal", _("有印章"), Kind.BOOL),
        FieldSpec(
            "is_external",
            _("由其自行编号"),
            Kind.BOOL,
            help=_("代拟稿：对方签发、编号、用印，印发后登记文号"),
        ),
        FieldSpec("order", _("顺序"), Kind.INTEGER, minimum=0, default_column=False),
        FieldSpec("note", _("说明")),
    ),
    rows=selectors.issuers_listed,
    may_view=policies.may_draft,
    may_edit=policies.may_keep_issuers,
    ordering=("order", "pk"),
    detail="documents:issuer_edit",
    may_open=lambda actor, row: policies.may_keep_issuers(actor),
    create=issuer_create,
    update=issuer_update,
    search=("name", "agency_code"),
)
