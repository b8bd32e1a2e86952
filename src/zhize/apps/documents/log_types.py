"""The kinds of entries this app writes into the log."""

from django.utils.translation import gettext_lazy as _

from zhize.kit.audit import LogType

FILE_STORED = LogType("documents.file.stored", _("上传文件"))
EVIDENCE_REGISTERED = LogType("documents.evidence.registered", _("登记佐证材料"))
EVIDENCE_CHANGED = LogType("documents.evidence.changed", _("修改佐证材料"))
ISSUER_CREATED = LogType("documents.issuer.created", _("登记发文主体"))
ISSUER_CHANGED = LogType("documents.issuer.changed", _("修改发文主体"))
OFFICIAL_DRAFTED = LogType("documents.official.drafted", _("拟稿"))
OFFICIAL_CHANGED = LogType("documents.official.changed", _("修改公文稿"))
OFFICIAL_CHECKED = LogType("documents.official.checked", _("核稿"))
OFFICIAL_RETURNED = LogType("documents.official.returned", _("退回拟稿人"))
OFFICIAL_SIGNED = LogType("documents.official.signed", _("签发公文"))
OFFICIAL_REGISTERED = LogType("documents.official.registered", _("登记外部文号"))
OFFICIAL_ASKED = LogType("documents.official.asked", _("送会签"))
OFFICIAL_COUNTERSIGNED = LogType("documents.official.countersigned", _("会签"))
OFFICIAL_RECHECKED = LogType("documents.official.rechecked", _("复核公文"))
OFFICIAL_SEALED = LogType("documents.official.sealed", _("用印"))
OFFICIAL_RESTORED = LogType("documents.official.restored", _("恢复公文稿次"))
OFFICIAL_FIGURE_TAKEN = LogType("documents.official.figure_taken", _("公文采用新的数字"))
OFFICIAL_FIGURE_KEPT = LogType("documents.official.figure_kept", _("公文保留原数字"))
OFFICIAL_ISSUED = LogType("documents.official.issued", _("印发公文"))
OFFICIAL_ARCHIVED = LogType("documents.official.archived", _("公文归档"))
OFFICIAL_VOIDED = LogType("documents.official.voided", _("公文作废"))
OFFICIAL_RECEIVED = LogType("documents.official.received", _("签收公文"))
INCOMING_REGISTERED = LogType("documents.incoming.registered", _("登记收文"))
INCOMING_CHANGED = LogType("documents.incoming.changed", _("修改收文登记"))
INCOMING_PROPOSED = LogType("documents.incoming.proposed", _("拟办收文"))
INCOMING_ASSIGNED = LogType("documents.incoming.assigned", _("收文交承办"))
INCOMING_TASKED = LogType("documents.incoming.tasked", _("收文转为任务"))
INCOMING_RESULT = LogType("documents.incoming.result", _("收文承办办结"))
INCOMING_ANSWERED = LogType("documents.incoming.answered", _("收文回呈"))
INCOMING_FILED = LogType("documents.incoming.filed", _("收文阅存"))
AFTERMATH_OPENED = LogType("documents.aftermath.opened", _("原件被撤销、废止或更正"))
AFTERMATH_DECIDED = LogType("documents.aftermath.decided", _("确定原件后续处理"))
TEMPLATE_TAKEN = LogType("documents.template.taken", _("启用公文模板"))
TEMPLATE_STOPPED = LogType("documents.template.stopped", _("停用公文模板"))
ARCHIVE_PACKED = LogType("documents.archive.packed", _("归档文件打包"))
APPROVAL_RECORDED = LogType("documents.approval.recorded", _("登记审批"))

ALL = (
    FILE_STORED,
    EVIDENCE_REGISTERED,
    EVIDENCE_CHANGED,
    ISSUER_CREATED,
    ISSUER_CHANGED,
    OFFICIAL_DRAFTED,
    OFFICIAL_CHANGED,
    OFFICIAL_CHECKED,
    OFFICIAL_RETURNED,
    OFFICIAL_SIGNED,
    OFFICIAL_REGISTERED,
    OFFICIAL_ASKED,
    OFFICIAL_COUNTERSIGNED,
    OFFICIAL_RECHECKED,
    OFFICIAL_SEALED,
    OFFICIAL_RESTORED,
    OFFICIAL_FIGURE_TAKEN,
    OFFICIAL_FIGURE_KEPT,
    OFFICIAL_ISSUED,
    OFFICIAL_ARCHIVED,
    OFFICIAL_VOIDED,
    OFFICIAL_RECEIVED,
    INCOMING_REGISTERED,
    INCOMING_CHANGED,
    INCOMING_PROPOSED,
    INCOMING_ASSIGNED,
    INCOMING_TASKED,
    INCOMING_RESULT,
    INCOMING_ANSWERED,
    INCOMING_FILED,
    AFTERMATH_OPENED,
    AFTERMATH_DECIDED,
    TEMPLATE_TAKEN,
    TEMPLATE_STOPPED,
    ARCHIVE_PACKED,
    APPROVAL_RECORDED,
)
