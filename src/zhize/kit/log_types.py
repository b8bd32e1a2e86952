"""Kinds of audit entries the kit itself writes."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType, register_log_types

SAVED_VIEW_SAVED = LogType("kit.saved_view.saved", _("保存视图"))
SAVED_VIEW_DELETED = LogType("kit.saved_view.deleted", _("删除视图"))


def register() -> None:
    register_log_types(SAVED_VIEW_SAVED, SAVED_VIEW_DELETED)
