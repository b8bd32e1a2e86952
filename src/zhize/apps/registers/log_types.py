"""The kinds of entries this app writes into the log."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

RECORD_CREATED = LogType("registers.record.created", _("登记台账记录"))
RECORD_CHANGED = LogType("registers.record.changed", _("修改台账记录"))
RECORD_VOIDED = LogType("registers.record.voided", _("作废台账记录"))
RECORDS_SAVED = LogType("registers.record.imported", _("批量登记台账记录"))
RECORD_EVIDENCED = LogType("registers.record.evidenced", _("为台账记录附材料"))
SUBJECT_CREATED = LogType("registers.subject.created", _("登记主体"))
SUBJECT_CHANGED = LogType("registers.subject.changed", _("修改主体"))
DUE_REMINDED = LogType("registers.due.reminded", _("提醒到期记录"))

ALL = (
    RECORD_CREATED,
    RECORD_CHANGED,
    RECORD_VOIDED,
    RECORDS_SAVED,
    RECORD_EVIDENCED,
    SUBJECT_CREATED,
    SUBJECT_CHANGED,
    DUE_REMINDED,
)
