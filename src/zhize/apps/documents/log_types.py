"""The kinds of entries this app writes into the log."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

EVIDENCE_REGISTERED = LogType("documents.evidence.registered", _("登记佐证材料"))

ALL = (EVIDENCE_REGISTERED,)
