"""通报 and 一市一单: drafted from the sealed result as official documents; the round follows the document's events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.events import RoundPublished
from zhize.apps.assessment.mapping import papers
from zhize.apps.assessment.models import Assessed, Round
from zhize.apps.assessment.services.common import (
    LOGGED,
    ROUND,
    assessed_locked,
    demand_deciding,
    demand_keeping,
    demand_state,
    log,
    ref_of,
    round_locked,
    round_read,
    round_step,
    save,
)
from zhize.apps.assessment.services.computing import objects_data
from zhize.apps.assessment.services.follow_ups import issue_waiting
from zhize.apps.audit.selectors import checkpoint_last
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import recipients_of
from zhize.apps.documents.services import (
    aftermath_follow,
    official_check,
    official_draft,
    official_issue,
    official_sign,
)
from zhize.apps.orgs.models import Unit
from zhize.apps.regulations.services import discharge_by_source
from zhize.core.scoring.facts import objects_from
from zhize.core.scoring.score import score_round
from zhize.kit.actor import Actor
from zhize.kit.chinese import in_chinese
from zhize.kit.clock import local_day
from zhize.kit.errors import StateConflict
from zhize.kit.events import emit
from zhize.kit.officialdoc import Block, clean
from zhize.kit.versioned import snapshot

PUBLISHED = "assessment.published"
Kind = OfficialDocument.Kind


def told_of(round_: Round) -> papers.Told:
    """The round as its papers tell it: the result of what was sealed."""
    freeze = selectors.freeze_last(round_)
    if freeze is None:
        raise StateConflict("结果还没有封存", where=round_.title, why="审定时封存", remedy="请先登记审定")
    rows = selectors.objects_of(round_)
    scheme = mapping.scheme_of(round_)
    result = score_round(scheme, objects_from(objects_data(rows)))
    region = round_.jurisdiction.region.name
    mark = checkpoint_last(round_.jurisdiction.code)
    line = mark[1] if mark and mark[0].at >= freeze.sealed_at else ""
    return papers.Told(round_, scheme, rows, result, freeze.sha256, region, freeze.algorithm, line)


@transaction.atomic
@in_chinese
def notice_draft(
    *, round_: Round, copies: Sequence[str] | None = None, actor: Actor, now: datetime
) -> OfficialDocument:
    """Drafts the circular to the offices of the assessed; another only after the first was voided, revoked or repealed.

    `copies`: organs outside the product that the line 抄送 names beside the units that get a copy here; None: those of
    the rule assessment/circular.
    """
    current = round_locked(round_)
    demand_deciding(policies.may_decide(actor, current))
    demand_state(current, Round.State.APPROVED, *Round.PUBLIC, doing="起草通报")
    if not selectors.may_draft_notice(current):
        raise StateConflict(
            "通报已经起草", where=current.title, remedy="请在公文中继续办理；作废、撤销或废止后可以重新起草"
        )
    told = told_of(current)
    people = recipients_of([row.unit_id for row in told.rows])
    main = people.main or people.copies  # where all are of other lines of command, it is still about them
    with_copy = [pk for pk in people.copies if pk not in main]
    if copies is None:
        copies = selectors.copies_default(current, local_day(now))
    document = official_draft(
        jurisdiction=current.jurisdiction,
        kind=Kind.CIRCULAR,
        title=papers.notice_title(told),
        addressee_ids=main,
        copy_ids=with_copy,
        copy_line=_copy_line(with_copy, copies),
        blocks=papers.notice_blocks(told),
        source=ref_of(current),
        actor=actor,
        now=now,
    )
    current.notice_ref = document.pk
    save(current, "考核")
    log(
        log_types.NOTICE_DRAFTED,
        current,
        actor,
        now,
        after={"document": document.pk, "title": document.title},
    )
    return document


def _copy_line(unit_ids: Sequence[int], organs: Sequence[str]) -> str:
    """What is printed as 抄送: organs outside first, then the units; empty (the units alone) where none is named."""
    named = list(dict.fromkeys(one for one in (clean(line).strip(" ，。、") for line in organs) if one))
    if not named:
        return ""
    units = Unit.objects.system("names are shared reference data").filter(pk__in=unit_ids)
    return "，".join([*named, *units.order_by("order", "code").values_list("name", flat=True)])


@transaction.atomic
def round_publish(*, document: OfficialDocument, actor: Actor, now: datetime) -> Round | None:
    """The circular went out: the round is published, and group and office have done what 一（三） and 二（三） ask; what the
    scheme demands of an object becomes its task. A later circular, after the first was revoked, keeps the published result in force.

    Called by the handler of `OfficialIssued`, inside its transaction: the policy was that of issuing. None where the
    document is no circular of a round.
    """
    round_ = Round.objects.system("the round of its circular").filter(notice_ref=document.pk).first()
    if round_ is None or document.source_kind != ROUND:
        return None
    current = round_locked(round_)
    before = snapshot(current, LOGGED)
    if current.is_public:
        aftermath_follow(paper=document, actor=actor, now=now)
    else:
        round_step(current, "publish")
    current.published_on = document.dated_on
    save(current, "考核")
    units = [pk for pk in (current.jurisdiction.group_unit_id, current.jurisdiction.office_unit_id) if pk]
    discharge_by_source(
        code=PUBLISHED,
        ref=ref_of(current),
        jurisdiction=current.jurisdiction,
        unit_ids=units,
        on=local_day(now),
        period=(current.cut_off_on, current.cut_off_on),
        statement=f"{current.title}已通报（{document.number}）",
        actor=actor,
        now=now,
    )
    issue_waiting(current, actor, now)
    emit(RoundPublished(current, actor, now))
    log(log_types.ROUND_PUBLISHED, current, actor, now, before=before, note=document.number)
    return current


@transaction.atomic
def notice_dropped(*, document: OfficialDocument, actor: Actor, now: datetime) -> None:
    """A circular or sheet was voided before it went out: another may be drafted."""
    for round_ in Round.objects.system("the round of its circular").filter(notice_ref=document.pk):
        current = round_locked(round_)
        current.notice_ref = None
        save(current, "考核")
        log(log_types.NOTICE_DRAFTED, current, actor, now, after={"document": None}, note="公文作废")
    for row in Assessed.objects.system("the object of its sheet").filter(sheet_ref=document.pk):
        held = assessed_locked(row)
        held.sheet_ref = None
        save(held, "考核对象")
        log(log_types.SHEETS_MADE, held, actor, now, after={"document": None}, note="公文作废")


@in_chinese
def sheets_issue(
    *,
    round_: Round,
    signed_by: str,
    signed_on: date,
    signed_title: str = "",
    actor: Actor,
    now: datetime,
    tell: Callable[[int, int], None] | None = None,
) -> int:
    """To each object its own sheet, drafted, checked, signed as recorded, and sent to the office that answers for it.

    Each sheet is a transaction of its own, so that a long run keeps what it did and can be repeated: who has a sheet
    gets no second one. `tell(done, all)` after each. Gives how many were sent.
    """
    current = round_read(round_)
    demand_keeping(policies.may_keep(actor, current))
    demand_state(current, Round.State.APPROVED, *Round.PUBLIC, doing="印发考核结果单")
    told = told_of(current)
    appeals = selectors.appeals_of(told.rows)
    waiting = [(row, one) for row, one in told.pairs() if row.sheet_ref is None]
    for number, (row, one) in enumerate(waiting, 1):
        blocks = papers.sheet_blocks(told, row, one, appeals.get(row.pk, []))
        _sheet(told, row, blocks, signed_by, signed_title, signed_on, actor, now)
        if tell:
            tell(number, len(waiting))
    return len(waiting)


@transaction.atomic
@in_chinese
def _sheet(
    told: papers.Told,
    row: Assessed,
    blocks: list[Block],
    signed_by: str,
    signed_title: str,
    signed_on: date,
    actor: Actor,
    now: datetime,
) -> None:
    held = assessed_locked(row)
    if held.sheet_ref is not None:
        return
    people = recipients_of([row.unit_id])
    document = official_draft(
        jurisdiction=told.round.jurisdiction,
        kind=Kind.LETTER,
        title=papers.sheet_title(told, row),
        addressee_ids=people.main or people.copies,
        blocks=blocks,
        source=ref_of(held),
        actor=actor,
        now=now,
    )
    document = official_check(document=document, version=None, actor=actor, now=now)
    document = official_sign(
        document=document,
        signed_by=signed_by,
        signed_title=signed_title,
        signed_on=signed_on,
        version=None,
        actor=actor,
        now=now,
    )
    document = official_issue(document=document, dated_on=signed_on, version=None, actor=actor, now=now)
    held.sheet_ref, held.sheet_docx = document.pk, document.docx
    save(held, "考核对象")
    log(log_types.SHEETS_MADE, held, actor, now, after={"document": document.pk, "number": document.number})
