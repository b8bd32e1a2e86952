"""规则: a jurisdiction's own version of a rule, written by who keeps it, after a paper, from a day on (ADR 0005)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.orgs import policies
from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.orgs.selectors.rules import adjustable_rule, title_of
from zhize.apps.orgs.services.saving import demand, jurisdiction_of, locked
from zhize.kit.actor import Actor
from zhize.kit.clock import local_day
from zhize.kit.errors import BadInput, StateConflict
from zhize.kit.models import RuleEdition
from zhize.kit.rules import RuleError, edition_write, editions_of


@transaction.atomic
def rule_adjust(
    *,
    name: str,
    values: Mapping[str, Any],
    valid_from: date,
    source: str,
    seen: int,
    actor: Actor,
    now: datetime,
) -> RuleEdition:
    """Writes the own jurisdiction's next version of a rule: only what differs from the shipped edition is kept in it.

    `values` is {key: value} of adjustable keys; a key that equals the shipped value of that day is given back to it. From
    today on at the earliest, for what has been counted stays counted, and not before the newest version written, which would
    win again. `seen` is the number of the newest version when the form was opened (0 for none): where somebody has written another
    since, `StateConflict`. Raises `BadInput` for a date too early, for a version that changes nothing, and for what the rule's
    schema refuses.
    """
    one = adjustable_rule(name)
    if one is None:
        raise BadInput(_("没有这项规则"), where=name, remedy=_("请从规则列表中选择"))
    own = locked(Jurisdiction, jurisdiction_of(actor.jurisdiction_id).pk)
    demand(policies.may_adjust_rule(actor, one.keeper), policies.refusal_of_rule(one.keeper))
    where, today = title_of(one), local_day(now)
    if valid_from < today:
        raise BadInput(
            _("生效日期早于今天"),
            where=where,
            why=_("已经亮过的灯、已经算过的期限不因改规则而变"),
            remedy=_("请填今天或以后的日期"),
        )
    earlier = editions_of(name, own.code)
    if seen != (earlier[0].pk if earlier else 0):
        raise StateConflict(
            _("%(who)s刚刚写入了另一个版本") % {"who": earlier[0].created_by if earlier else ""},
            where=where,
            remedy=_("请重新打开本页，在新版本上修改"),
        )
    if earlier and valid_from < earlier[0].valid_from:
        raise BadInput(
            _("已有自%(day)s起的版本") % {"day": f"{earlier[0].valid_from:%Y-%m-%d}"},
            where=where,
            why=_("较早的版本到那一天仍会被它取代"),
            remedy=_("请填这一天或以后的日期"),
        )
    differing = {
        key: value
        for key, value in values.items()
        if key not in one.entries or (d := one.entries[key].on(valid_from)) is None or d.value != value
    }
    kept = {key: held["value"] for key, held in earlier[0].body["values"].items()} if earlier else {}
    if differing == kept:
        raise BadInput(_("没有改动"), where=where, remedy=_("请修改后再保存，或返回"))
    try:
        return edition_write(
            name=name,
            jurisdiction_code=own.code,
            valid_from=valid_from,
            values=differing,
            source=source,
            actor=actor,
            now=now,
        )
    except RuleError as error:
        raise BadInput(
            error.problem.what, where=error.problem.where, why=error.problem.why, remedy=error.problem.remedy
        ) from error
