"""Kinds of audit entries the kit itself writes."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType, register_log_types

JOB_STARTED = LogType("kit.job.started", _("提交后台任务"))
JOB_CANCELLED = LogType("kit.job.cancelled", _("取消后台任务"))
IMPORT_UPLOADED = LogType("kit.import.uploaded", _("上传待导入的表"))
IMPORT_DROPPED = LogType("kit.import.dropped", _("放弃导入"))
NUMBER_GIVEN = LogType("kit.number.given", _("取得编号"))
NUMBER_VOIDED = LogType("kit.number.voided", _("编号作废登记"))
RULE_WRITTEN = LogType("kit.rule.written", _("新立规则版本"))

SAVED_VIEW_SAVED = LogType("kit.saved_view.saved", _("保存视图"))
SAVED_VIEW_DELETED = LogType("kit.saved_view.deleted", _("删除视图"))


def register() -> None:
    register_log_types(
        JOB_STARTED,
        JOB_CANCELLED,
        IMPORT_UPLOADED,
        IMPORT_DROPPED,
        NUMBER_GIVEN,
        NUMBER_VOIDED,
        RULE_WRITTEN,
        SAVED_VIEW_SAVED,
        SAVED_VIEW_DELETED,
    )
