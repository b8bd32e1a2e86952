"""复核 and 用印: each by a person here, or recorded from paper."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction

from zhize.apps.documents.log_types import (
    OFFICIAL_RECHECKED,
    OFFICIAL_SEALED,
)
from zhize.apps.documents.models import OfficialDocument, StoredFile
from zhize.apps.documents.selectors import (
    steps_lacking,
)
from zhize.apps.documents.services.approvals import approval_record
from zhize.apps.documents.services.common import (
    LOGGED,
    STEP_WORDS,
    demand_handling,
    locked,
    log,
    ref_of,
    save,
    step_of,
    step_take,
)
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.versioned import check_version, snapshot

Scan = File[bytes] | StoredFile | None


@transaction.atomic
def official_recheck(
    *,
    document: OfficialDocument,
    by_name: str,
    on: date,
    opinion: str = "",
    scan: Scan = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    """复核: signatures complete, text as signed, form in order, before it is sealed and printed; kept as an approval."""
    return _after_signing(document, "recheck", by_name, on, opinion, scan, version, actor, now)


@transaction.atomic
def official_seal(
    *,
    document: OfficialDocument,
    by_name: str,
    on: date,
    opinion: str = "",
    scan: Scan = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    """用印: who put the seal on it, on which day. Refused before 复核 where the edition wants that first."""
    return _after_signing(document, "seal", by_name, on, opinion, scan, version, actor, now)


def _after_signing(
    document: OfficialDocument,
    action: str,
    by_name: str,
    on: date,
    opinion: str,
    scan: Scan,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> OfficialDocument:
    current = locked(document)
    demand_handling(actor, current)
    check_version(current, version, mine={"by_name": by_name, "on": on.isoformat(), "opinion": opinion})
    step_of(current, action)
    if action == "seal":
        demand_steps(current, action, local_day(now))
        if current.issuer is not None and not current.issuer.has_seal:
            raise StateConflict(
                f"{current.issuer.name}没有印章",
                why="发文主体登记为没有印章",
                remedy="可直接印发，或先更正发文主体",
            )
    if current.signed_on and on < current.signed_on:
        raise BadInput(
            f"{STEP_WORDS[action]}日期 {on} 早于签发日期 {current.signed_on}",
            where=f"{STEP_WORDS[action]}日期", remedy="签发之后才能复核、用印，请核对日期",
        )  # fmt: skip
    before = snapshot(current, LOGGED)
    approval_record(
        ref=ref_of(current),
        jurisdiction=current.jurisdiction,
        step=STEP_WORDS[action],
        by_name=by_name,
        on=on,
        opinion=opinion,
        scan=scan,
        actor=actor,
        now=now,
    )
    step_take(current, action, actor, now, f"{by_name.strip()} {opinion.strip()}".strip())
    save(current)
    log_type = OFFICIAL_RECHECKED if action == "recheck" else OFFICIAL_SEALED
    log(log_type, current, actor, now, before=before, note=by_name[:80])
    return current


def demand_steps(document: OfficialDocument, action: str, today: date) -> None:
    """Refuses `action` (seal, issue) before the steps the edition does not let this kind skip."""
    if missing := steps_lacking(document, action, today):
        words = "、".join(STEP_WORDS[step] for step in missing)
        raise StateConflict(
            f"还没有{words}，不能{STEP_WORDS[action]}",
            where=document.number or document.title[:40],
            why=f"本辖区的规则不允许{document.get_kind_display()}省去这一环节",
            remedy=f"请先登记{words}；确可省去的，由办公室主任修改“公文办理环节”规则",
        )
