"""核稿, 退回, 签发 (with the number), 登记外部文号."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents import policies
from zhize.apps.documents.events import OfficialSigned
from zhize.apps.documents.log_types import (
    OFFICIAL_CHECKED,
    OFFICIAL_REGISTERED,
    OFFICIAL_RETURNED,
    OFFICIAL_SIGNED,
)
from zhize.apps.documents.models import Countersign, OfficialDocument, StoredFile
from zhize.apps.documents.selectors import addressees_of, countersigns_of, findings_of, round_of
from zhize.apps.documents.services.approvals import approval_record
from zhize.apps.documents.services.common import (
    LOGGED,
    STEP_WORDS,
    TODO_ISSUE,
    TODO_RETURNED,
    TODO_SIGN,
    demand,
    demand_handling,
    locked,
    log,
    need,
    ref_of,
    save,
    step_of,
    step_take,
)
from zhize.apps.documents.services.numbers import number_of_signing
from zhize.apps.documents.services.versions import demand_figures
from zhize.apps.orgs.services.todos import NewTodo, todo_close, todo_open
from zhize.core.kernel.findings import Severity
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, Problem, StateConflict
from zhize.kit.events import emit
from zhize.kit.versioned import check_version, snapshot

SIGNING = "签发"
Scan = File[bytes] | StoredFile | None


@transaction.atomic
def official_check(
    *,
    document: OfficialDocument,
    opinion: str = "",
    by_name: str = "",
    on: date | None = None,
    scan: Scan = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    """核稿: the text is fixed. What the check before sending refuses stops it here (`BadInput`, each with its place).

    Checked on paper by somebody else, who, when and the scan are kept as an approval (`by_name`, `on`, `scan`).
    """
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={})
    step_of(current, "check")
    before = snapshot(current, LOGGED)
    demand_figures(current)
    findings = findings_of(current, addressees_of(current), local_day(now))
    if stops := [one for one in findings if one.severity is Severity.REFUSE]:
        problems = [Problem(one.what, one.where, "", one.remedy) for one in stops]
        raise BadInput(
            "发文前体检没有通过", problems, where=current.title[:40], remedy="请按各条提示修改后再核稿"
        )
    if by_name.strip():
        approval_record(
            ref=ref_of(current), jurisdiction=current.jurisdiction, step=STEP_WORDS["check"], by_name=by_name,
            on=on or local_day(now), opinion=opinion, scan=scan, actor=actor, now=now,
        )  # fmt: skip
    step_take(current, "check", actor, now, f"{by_name.strip()} {opinion.strip()}".strip())
    save(current)
    _await(current, TODO_SIGN, "签发", actor, now)
    log(OFFICIAL_CHECKED, current, actor, now, before=before, note=opinion, warnings=len(findings))
    return current


@transaction.atomic
def official_return(
    *, document: OfficialDocument, reason: str, version: int | None, actor: Actor, now: datetime
) -> OfficialDocument:
    """Back to the drafter, with what is to be mended."""
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={"reason": reason})
    need(reason, "请写明退回原因", "退回原因")
    before = snapshot(current, LOGGED)
    step_take(current, "return", actor, now, reason)
    save(current)
    _await(current, TODO_RETURNED, "修改", actor, now)
    log(OFFICIAL_RETURNED, current, actor, now, before=before, note=reason)
    return current


@transaction.atomic
def official_sign(
    *,
    document: OfficialDocument,
    signed_by: str,
    signed_on: date,
    signed_title: str = "",
    opinion: str = "",
    scan: Scan = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    """签发: records who signed on which day (on paper, with the scan) and gives the number, which is never reused.

    The number is 机关代字〔year of signing〕serial号, one series an issuer; minutes and bulletins carry 第X期, one
    series a kind and year. A document of an external issuer is registered instead (`official_register`). Refused while a
    countersignature is out; where a unit refused, whoever signs says in `opinion` how it was settled.
    """
    current = locked(document)
    demand(policies.may_sign(actor, current))
    check_version(current, version, mine={})
    step_of(current, "sign")
    if current.issuer is None or current.issuer.is_external:
        raise StateConflict(
            "这份公文由对方签发、编号",
            where=current.issuer.name if current.issuer else "发文主体",
            why="代拟稿的文号不由我方给出",
            remedy="请在对方印发后用“登记外部文号”",
        )
    demand_figures(current)
    _countersigned(current, opinion)
    before = snapshot(current, LOGGED)
    if current.given is None:  # signed again after a return, it keeps its number
        current.given = number_of_signing(current, signed_on, actor, now)
    current.number = current.given.text
    _sign(current, "sign", signed_by, signed_title, signed_on, opinion, scan, actor, now)
    log(OFFICIAL_SIGNED, current, actor, now, before=before, note=current.number)
    return current


@transaction.atomic
def official_register(
    *,
    document: OfficialDocument,
    number: str,
    signed_by: str,
    signed_on: date,
    final: Scan,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    """代拟稿: the issuer has signed and numbered it; its number and the final scan are registered here."""
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={})
    step_of(current, "register")
    if current.issuer is None or not current.issuer.is_external:
        raise StateConflict(
            "这份公文由我方签发、编号", why="文号由系统按序给出", remedy="请用“签发”，不要手工登记文号"
        )
    need(number, "请填写对方的文号", "文号")
    if final is None:
        raise BadInput(
            "请上传印发的正式文件", where="正式文件", why="归档以正式文件为准", remedy="上传扫描件或 PDF"
        )
    before = snapshot(current, LOGGED)
    current.number = number.strip()
    _sign(current, "register", signed_by, "", signed_on, "", final, actor, now)
    log(OFFICIAL_REGISTERED, current, actor, now, before=before, note=current.number)
    return current


def _countersigned(document: OfficialDocument, opinion: str) -> None:
    """Nobody asked may still be silent; a refusal is settled in words."""
    now_round = round_of(document)
    rows = [row for row in countersigns_of(document) if row.round == now_round]
    if silent := "、".join(row.unit.name for row in rows if not row.answer):
        raise StateConflict(
            f"还有单位没有会签：{silent}",
            where=document.title[:40],
            why="会签单位都回复后才能签发",
            remedy="请催办；纸质会签的，先把会签单录入",
        )
    against = "、".join(row.unit.name for row in rows if row.answer == Countersign.Answer.REFUSED)
    if against and not opinion.strip():
        raise BadInput(
            f"{against}会签不同意",
            where="签发意见",
            why="有分歧的，签发人应知情并裁定",
            remedy="请在签发意见中写明如何处理，或退回修改后重新会签",
        )


def _sign(
    document: OfficialDocument,
    action: str,
    signed_by: str,
    signed_title: str,
    signed_on: date,
    opinion: str,
    scan: Scan,
    actor: Actor,
    now: datetime,
) -> None:
    """What signing here and registering a signature elsewhere share."""
    approval = approval_record(
        ref=ref_of(document),
        jurisdiction=document.jurisdiction,
        step=SIGNING,
        by_name=signed_by,
        by_title=signed_title,
        on=signed_on,
        opinion=opinion,
        scan=scan,
        actor=actor,
        now=now,
    )
    document.signed_by, document.signed_on = approval.by_name, signed_on
    if action == "register":
        document.pdf = approval.scan
    step_take(document, action, actor, now, opinion)
    save(document)
    _await(document, TODO_ISSUE, "印发", actor, now)
    emit(OfficialSigned(document, actor, now))


def _await(document: OfficialDocument, kind: str, verb: str, actor: Actor, now: datetime) -> None:
    """The next step awaits the office; what awaited before is done."""
    ref = ref_of(document)
    todo_close(ref=ref, actor=actor, now=now)
    if office := document.jurisdiction.office_unit_id:
        todo = NewTodo(document.jurisdiction_id, office, kind, ref, f"{verb}：{document.title}")
        todo_open(todo=todo, now=now)
