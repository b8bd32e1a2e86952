"""The members' account of duties done, as an official document: no score, no rank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhize.apps.assessment import log_types, policies
from zhize.apps.assessment.selectors.accounts import Account, accounts_of
from zhize.apps.assessment.services.common import demand_keeping
from zhize.apps.documents.models import OfficialDocument
from zhize.apps.documents.selectors import recipients_of
from zhize.apps.documents.services import official_draft
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.chinese import in_chinese
from zhize.kit.clock import local_day
from zhize.kit.errors import StateConflict
from zhize.kit.officialdoc import Block, heading, numbered, para
from zhize.kit.things import ThingRef

ACCOUNT = "assessment.account"


@transaction.atomic
@in_chinese
def account_draft(*, year: WorkYear, actor: Actor, now: datetime) -> OfficialDocument:
    """Drafts the circular on what the member units owed and did this year, in official order, to all of them."""
    demand_keeping(policies.may_keep_rounds(actor) and year.jurisdiction_id == actor.jurisdiction_id)
    found = accounts_of(actor, year, local_day(now))
    if not found:
        raise StateConflict("没有成员单位", where=year.label, remedy="请先登记成员单位")
    people = recipients_of([one.unit.pk for one in found])
    document = official_draft(
        jurisdiction=year.jurisdiction,
        kind=OfficialDocument.Kind.CIRCULAR,
        title=f"关于{year.label}成员单位履职情况的通报",
        address_line="各成员单位",
        addressee_ids=people.main,
        copy_ids=people.copies,
        blocks=blocks_of(year, found),
        source=ThingRef(ACCOUNT, year.pk),
        actor=actor,
        now=now,
    )
    record(
        log_types.ACCOUNT_DRAFTED,
        actor=actor,
        thing=ThingRef(ACCOUNT, year.pk),
        now=now,
        after={"document": document.pk, "units": len(found)},
        jurisdiction_code=year.jurisdiction.code,
    )
    return document


def blocks_of(year: WorkYear, accounts: Sequence[Account]) -> list[Block]:
    """总体情况, then each unit in a sentence."""
    owed = sum(len(one.owed) - one.waived for one in accounts)
    done = sum(one.done for one in accounts)
    late = sum(one.late for one in accounts)
    opening = (
        f"{year.label}，{len(accounts)}个成员单位到期的履职事项共{owed}项，已落实{done}项，其中逾期落实{late}项，"
        f"尚未落实{owed - done}项。本通报只反映履职事项的落实情况，不评分、不排名。"
    )
    rows = [para(f"{one.unit.name}：{one.words}") for one in accounts]
    return [*numbered([heading("总体情况"), para(opening), heading("各单位情况"), *rows])]
