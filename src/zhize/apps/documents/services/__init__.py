"""Writes of this app: files and evidence, official documents from draft to archive, approvals on paper."""

from zhize.apps.documents.services.aftermaths import aftermath_decide, aftermath_follow
from zhize.apps.documents.services.approvals import approval_record
from zhize.apps.documents.services.archive import archive_pack, official_archive, retention_of
from zhize.apps.documents.services.chains import official_follow
from zhize.apps.documents.services.countersigning import official_ask, official_countersign
from zhize.apps.documents.services.drafting import official_draft, official_update
from zhize.apps.documents.services.files import (
    evidence_hand_in,
    evidence_register,
    evidence_update,
    file_store,
)
from zhize.apps.documents.services.flow import official_recheck, official_seal
from zhize.apps.documents.services.holding import (
    incoming_assign,
    incoming_reheld,
    incoming_result,
    incoming_tasked,
)
from zhize.apps.documents.services.incoming import (
    incoming_answer,
    incoming_file,
    incoming_propose,
    incoming_register,
    incoming_update,
)
from zhize.apps.documents.services.issuers import issuer_create, issuer_update
from zhize.apps.documents.services.numbers import official_void
from zhize.apps.documents.services.receiving import official_receive
from zhize.apps.documents.services.sending import official_issue
from zhize.apps.documents.services.signing import (
    official_check,
    official_register,
    official_return,
    official_sign,
)
from zhize.apps.documents.services.templates import template_stop, template_take, written
from zhize.apps.documents.services.versions import (
    official_figure_keep,
    official_figure_take,
    official_restore,
)

__all__ = [
    "aftermath_decide",
    "aftermath_follow",
    "approval_record",
    "archive_pack",
    "evidence_hand_in",
    "evidence_register",
    "evidence_update",
    "file_store",
    "incoming_answer",
    "incoming_assign",
    "incoming_file",
    "incoming_propose",
    "incoming_register",
    "incoming_reheld",
    "incoming_result",
    "incoming_tasked",
    "incoming_update",
    "issuer_create",
    "issuer_update",
    "official_archive",
    "official_ask",
    "official_check",
    "official_countersign",
    "official_draft",
    "official_figure_keep",
    "official_figure_take",
    "official_follow",
    "official_issue",
    "official_receive",
    "official_recheck",
    "official_register",
    "official_restore",
    "official_return",
    "official_seal",
    "official_sign",
    "official_update",
    "official_void",
    "retention_of",
    "template_stop",
    "template_take",
    "written",
]
