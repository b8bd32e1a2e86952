"""The kinds of entries this app writes into the log."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

CALL_CREATED = LogType("requests.call.created", _("拟定征集"))
CALL_CHANGED = LogType("requests.call.changed", _("修改征集"))
CALL_ISSUED = LogType("requests.call.issued", _("发出征集"))
CALL_CLOSED = LogType("requests.call.closed", _("结束征集"))
CALL_CANCELLED = LogType("requests.call.cancelled", _("取消征集"))
CALL_FILES = LogType("requests.call.files_changed", _("增减随附文件"))
REQUESTS_REMINDED = LogType("requests.call.reminded", _("催报"))
REQUEST_SAVED = LogType("requests.unit_request.saved", _("保存报送内容"))
REQUEST_PREFILLED = LogType("requests.unit_request.prefilled", _("预填报送内容"))
REQUEST_FILES = LogType("requests.unit_request.files_changed", _("增减报送材料"))
REQUEST_STAMPED = LogType("requests.unit_request.stamped", _("登记审签"))
REQUEST_SUBMITTED = LogType("requests.unit_request.submitted", _("报送"))
REQUEST_WITHDRAWN = LogType("requests.unit_request.withdrawn", _("撤回报送"))
COMMENTS_SAVED = LogType("requests.unit_request.comments_saved", _("保存修改意见"))
COMMENTS_NONE = LogType("requests.unit_request.no_comment", _("回复无意见"))
COMMENTS_DECIDED = LogType("requests.call.comments_decided", _("答复修改意见"))
COMMENTS_NOT_AWAITED = LogType("requests.unit_request.not_awaited", _("不再等候回复"))
PACKS_OPENED = LogType("requests.pack_run.opened", _("收回报送包"))
PACKS_READ = LogType("requests.pack_run.read", _("读取收回的报送包"))
PACK_TAKEN = LogType("requests.unit_request.pack_taken", _("收取报送包"))
PACKS_TAKEN = LogType("requests.pack_run.taken", _("收取一批报送包"))
PACKS_DROPPED = LogType("requests.pack_run.dropped", _("放弃一批报送包"))
REQUEST_RETURNED = LogType("requests.unit_request.returned", _("退回报送"))
REQUEST_ACCEPTED = LogType("requests.unit_request.accepted", _("接收报送"))

ALL = (
    CALL_CREATED,
    CALL_CHANGED,
    CALL_ISSUED,
    CALL_CLOSED,
    CALL_CANCELLED,
    CALL_FILES,
    REQUESTS_REMINDED,
    REQUEST_SAVED,
    REQUEST_PREFILLED,
    REQUEST_FILES,
    REQUEST_STAMPED,
    REQUEST_SUBMITTED,
    REQUEST_WITHDRAWN,
    COMMENTS_SAVED,
    COMMENTS_NONE,
    COMMENTS_DECIDED,
    COMMENTS_NOT_AWAITED,
    PACKS_OPENED,
    PACKS_READ,
    PACK_TAKEN,
    PACKS_TAKEN,
    PACKS_DROPPED,
    REQUEST_RETURNED,
    REQUEST_ACCEPTED,
)
