"""The kinds of entries this app writes into the log."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

FILE_STORED = LogType("documents.file.stored", _("上传文件"))
EVIDENCE_REGISTERED = LogType("documents.evidence.registered", _("登记佐证材料"))
EVIDENCE_CHANGED = LogType("documents.evidence.changed", _("修改佐证材料"))

ALL = (FILE_STORED, EVIDENCE_REGISTERED, EVIDENCE_CHANGED)
