"""The kinds of entries this app writes into the log."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

LOG_EXPORTED = LogType("audit.log.exported", _("导出审计记录"))

ALL = (LOG_EXPORTED,)
