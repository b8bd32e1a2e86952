"""公文模板 as a list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.documents import policies, selectors
from zhize.apps.documents.models import OfficialDocument, PaperTemplate
from zhize.kit.clock import local_day
from zhize.kit.fields import FieldSpec, Filter, Kind, ThingSpec

TEMPLATE = ThingSpec(
    kind=selectors.TEMPLATE,
    label=_("公文模板"),
    model=PaperTemplate,
    fields=(
        FieldSpec("kind", _("文种"), Kind.CHOICE, choices=OfficialDocument.Kind, editable=False, filter=Filter.EXACT),
        FieldSpec("file", _("模板文件"), editable=False, value=lambda row: row.file.name),
        FieldSpec("fields", _("模板中的域"), editable=False, filter=Filter.CONTAINS),
        FieldSpec("uploaded_by", _("上传人"), editable=False),
        FieldSpec("uploaded_at", _("启用日期"), Kind.DATE, editable=False, value=lambda row: local_day(row.uploaded_at)),
        FieldSpec("stopped_at", _("停用日期"), Kind.DATE, editable=False, value=lambda row: local_day(row.stopped_at) if row.stopped_at else None),
    ),
    rows=selectors.templates_listed,
    may_view=policies.may_draft,
    may_edit=policies.may_keep_issuers,
    ordering=("-uploaded_at", "-pk"),
    detail="documents:template",
)  # fmt: skip
