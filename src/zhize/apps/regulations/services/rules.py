"""认定规则: by what a duty counts as done, set by the office, dated, tried before it is applied."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhize.apps.regulations import log_types
from zhize.apps.regulations.mapping import rule_of
from zhize.apps.regulations.models import Duty
from zhize.apps.regulations.services.judging import Change, duty_rehearse, duty_rejudge
from zhize.apps.regulations.services.texts import DUTY_KIND, refuse_stranger
from zhize.core.duties.discharge_rule import DischargeRule, Way
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version

RULED = ("rule", "rules_past")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a rule would do: obligations that change, of how many in open years, and the rule in words before and after."""

    changes: tuple[Change, ...]
    total: int
    before: str
    after: str


def duty_rule_rehearse(
    *, duty: Duty, rule: Mapping[str, Any], from_on: date | None, actor: Actor, now: datetime
) -> Rehearsal:
    """Tries a rule on the duty's obligations of open years without writing. Raises as `duty_rule_set` does."""
    refuse_stranger(actor, duty.jurisdiction_id)
    tried = copy(duty)
    _put(tried, rule, from_on)
    changes, total = duty_rehearse(tried, now)
    return Rehearsal(tuple(changes), total, rule_of(duty).words(), rule_of(tried).words())


@transaction.atomic
def duty_rule_set(
    *,
    duty: Duty,
    rule: Mapping[str, Any],
    from_on: date | None,
    reason: str,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> int:
    """Sets the rule for periods that start on `from_on` or later (for all of open years, where it is None).

    Periods that began before keep the rule they had. Obligations of years not closed are judged anew; gives how many
    changed. Raises `BadInput` without a reason or where the rule does not fit the duty's nature, `BadRule` for a rule
    without sense.
    """
    current = Duty.objects.system("its rule is set").select_for_update().get(pk=duty.pk)
    refuse_stranger(actor, current.jurisdiction_id)
    check_version(current, version, mine={"rule": dict(rule)})
    if not reason.strip():
        raise BadInput("请写明修改理由", where="修改理由", remedy="写明依据的文件或会议")
    before = {name: getattr(current, name) for name in RULED}
    _put(current, rule, from_on)
    current.version += 1
    current.full_clean()
    current.save()
    judged = duty_rejudge(current, actor, now)
    record(
        log_types.DUTY_RULE_SET,
        actor=actor,
        thing=ThingRef(DUTY_KIND, current.pk),
        now=now,
        before=before,
        after={name: getattr(current, name) for name in RULED} | {"reason": reason.strip()},
        note=f"重新认定后变化的履职事项：{judged} 件" if judged else "",
    )
    return judged


def _put(duty: Duty, data: Mapping[str, Any], from_on: date | None) -> None:
    """The rule onto the duty; the present one goes to the former ones where the new one begins on a day."""
    new = DischargeRule.from_mapping(dict(data))
    standing = duty.nature == Duty.Nature.STANDING
    if (new.way is Way.STANDING) is not standing:
        raise BadInput(
            "认定规则与职责的性质不符",
            where="认定方式",
            why="常态履职不亮灯、不报送，其他性质必须有办结的标准",
            remedy="请先修改职责的性质，或选择别的认定方式",
        )
    if from_on is None:
        duty.rules_past = []
    else:
        until = from_on.isoformat()
        kept = [one for one in duty.rules_past if one["until"] < until]
        duty.rules_past = [*kept, {"until": until, "rule": rule_of(duty, None).to_mapping()}]
    duty.rule = new.to_mapping()
