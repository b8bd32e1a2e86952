"""The kinds of entries this app writes into the log."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

CARDS_LOADED = LogType("metrics.card.loaded", _("载入指标卡"))
CARD_CREATED = LogType("metrics.card.created", _("新建指标卡"))
CARD_REVISED = LogType("metrics.card.revised", _("修订指标卡"))
CARD_RETIRED = LogType("metrics.card.retired", _("停用或恢复指标卡"))
OBSERVATIONS_SAVED = LogType("metrics.observation.saved", _("指标数据入库"))
OBSERVATION_CORRECTED = LogType("metrics.observation.corrected", _("更正指标数据"))
OBSERVATIONS_LOCKED = LogType("metrics.observation.locked", _("锁定指标数据"))
TARGET_SET = LogType("metrics.target.set", _("设定目标"))
TARGETS_SAVED = LogType("metrics.target.saved", _("批量设定目标"))
TARGET_REMOVED = LogType("metrics.target.removed", _("撤销目标"))
COLLECTION_CREATED = LogType("metrics.collection.created", _("拟定指标征集"))
COLLECTION_CHANGED = LogType("metrics.collection.changed", _("修改指标征集"))
ALERT_ANSWERED = LogType("metrics.alert.answered", _("回应指标预警"))
FEED_CREATED = LogType("metrics.feed.created", _("登记来源系统"))
FEED_CHANGED = LogType("metrics.feed.changed", _("修改来源系统"))
FEED_READ = LogType("metrics.feed.read", _("读入来源系统的文件"))
ENTRIES_SAVED = LogType("metrics.entry.saved", _("填写指标数据"))
ENTRIES_RETURNED = LogType("metrics.entry.returned", _("逐格退回指标数据"))

ALL = (
    CARDS_LOADED,
    CARD_CREATED,
    CARD_REVISED,
    CARD_RETIRED,
    OBSERVATIONS_SAVED,
    OBSERVATION_CORRECTED,
    OBSERVATIONS_LOCKED,
    TARGET_SET,
    TARGETS_SAVED,
    TARGET_REMOVED,
    COLLECTION_CREATED,
    COLLECTION_CHANGED,
    ALERT_ANSWERED,
    FEED_CREATED,
    FEED_CHANGED,
    FEED_READ,
    ENTRIES_SAVED,
    ENTRIES_RETURNED,
)
