"""The kinds of entries this app writes into the log."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

CALENDAR_LOADED = LogType("years.calendar.loaded", _("导入节假日安排"))
DAY_CHANGED = LogType("years.calendar_day.changed", _("调整节假日"))
DAY_REMOVED = LogType("years.calendar_day.removed", _("删除节假日"))
YEAR_CREATED = LogType("years.work_year.created", _("建立工作年度"))
YEAR_CHANGED = LogType("years.work_year.changed", _("修改工作年度"))
YEAR_CLOSED = LogType("years.work_year.closed", _("工作年度关账"))
YEAR_OPENED = LogType("years.work_year.opened", _("开启工作年度"))

ALL = (CALENDAR_LOADED, DAY_CHANGED, DAY_REMOVED, YEAR_CREATED, YEAR_CHANGED, YEAR_CLOSED, YEAR_OPENED)
