"""考核通知: drafted from the round as an official document; when it goes out, self-evaluation begins."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies, selectors
from zhize.apps.assessment.mapping.opening import Opening, opening_blocks, opening_title
from zhize.apps.assessment.models import Round, Scorer
from zhize.apps.assessment.services.common import demand_keeping, demand_state, log, round_locked
from zhize.apps.assessment.services.moving import round_move
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import recipients_of
from zhize.apps.documents.services import official_draft
from zhize.kit.actor import Actor
from zhize.kit.chinese import in_chinese
from zhize.kit.clock import local_day
from zhize.kit.errors import StateConflict
from zhize.kit.rules import rule

OPENING_OPEN = (Round.State.PREPARING, Round.State.SELF)


@transaction.atomic
@in_chinese
def opening_draft(
    *, round_: Round, prepare: str = "", contact: str = "", actor: Actor, now: datetime
) -> OfficialDocument:
    """Drafts the notice of the assessment to the offices of the assessed, with a copy to the units that score.

    `prepare`: what to hand in, `contact`: whom to ask. Before the results only; a second one after the first was voided.
    """
    current = round_locked(round_)
    demand_keeping(policies.may_keep(actor, current))
    demand_state(current, *OPENING_OPEN, doing="起草考核通知")
    if not selectors.may_draft_opening(current):
        raise StateConflict(
            "考核通知已经起草",
            where=current.title,
            remedy="请在公文中继续办理；作废、撤销或废止后可以重新起草",
        )
    rows = selectors.objects_of(current)
    code = current.jurisdiction.code
    days = rule("assessment/deadlines", on=local_day(now), jurisdiction=code)
    told = Opening(
        round=current,
        scheme=mapping.scheme_of(current),
        rows=rows,
        scorers=selectors.scorer_units(current),
        days={key: int(days[key]) for key in ("check_days", "appeal_days", "answer_days")},
        region=current.jurisdiction.region.name,
        prepare=prepare.strip(),
        contact=contact.strip(),
    )
    people = recipients_of([row.unit_id for row in rows])
    scoring = Scorer.objects.system("who scores gets a copy").filter(round=current)
    main = people.main or people.copies
    copies = dict.fromkeys([*people.copies, *scoring.order_by("pk").values_list("unit_id", flat=True)])
    document = official_draft(
        jurisdiction=current.jurisdiction,
        kind=OfficialDocument.Kind.NOTICE,
        title=opening_title(told),
        addressee_ids=main,
        copy_ids=[pk for pk in copies if pk not in main],
        blocks=opening_blocks(told),
        source=selectors.opening_ref(current),
        actor=actor,
        now=now,
    )
    log(log_types.OPENING_DRAFTED, current, actor, now, after={"document": document.pk}, note=document.title)
    return document


def on_opening_issued(document: OfficialDocument, actor: Actor, now: datetime) -> None:
    """The notice went out: a round still being prepared is opened. Inside the transaction of issuing."""
    if document.source_kind != selectors.OPENING:
        return
    rows = Round.objects.system("the round of its notice").select_related("jurisdiction", "year")
    round_ = rows.by_pk(document.source_id or 0)
    if round_ is not None and round_.state == Round.State.PREPARING:
        round_move(
            round_=round_, action="open", version=None, reason=f"见{document.number}", actor=actor, now=now
        )
