"""The register of duties back from Excel: what a person changed in the table, row by row, by the duty's code.

Text and clauses are the confirmed document's and never change here; a duty that is not there yet comes from a document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.regulations import log_types, policies, selectors
from zhize.apps.regulations.mapping.duty_papers import holders_cell
from zhize.apps.regulations.models import Duty, DutyHolder
from zhize.apps.regulations.selectors.directory import Directory, directory_of
from zhize.apps.regulations.selectors.register_sheet import own_jurisdiction, read_holders
from zhize.apps.regulations.services.obligations import obligations_make
from zhize.apps.regulations.services.texts import duty_update
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed, Problem
from zhize.kit.fields import Outcome
from zhize.kit.things import ThingRef

DUTY_KIND = "regulations.duty"


@transaction.atomic
def register_save(*, rows: Sequence[Mapping[str, Any]], actor: Actor, now: datetime, digest: str) -> Outcome:
    """Changes the duties named by code; each leaves its own entry in the log, as if changed on its page.

    Another holder owes the duty from now on: what is missing in running years is made. What the former holder owes in a
    running year stays until somebody excuses it. Raises `NotAllowed`, `BadInput` naming the row's code.
    """
    if not policies.may_keep_register(actor):
        raise NotAllowed("只有本辖区办公室可以修改责任清单", remedy="请切换到办公室的身份")
    jurisdiction = own_jurisdiction(actor)
    codes = [str(row["code"]) for row in rows]
    held = {duty.code: duty for duty in selectors.own_register(actor).filter(code__in=codes)}
    directory = directory_of(jurisdiction)
    changed, moved = 0, False
    for row in rows:
        duty = held.get(str(row["code"]))
        if duty is None:
            raise BadInput(f"责任清单中没有编号“{row['code']}”", remedy="请重新核对后导入")
        data = {name: value for name, value in row.items() if name not in ("code", "holders")}
        if data:
            duty_update(thing=duty, data=data, version=None, actor=actor, now=now)
        words = row.get("holders")
        if words is not None and str(words) != holders_cell(duty):
            _set_holders(duty, str(words), jurisdiction, directory, actor, now, digest)
            moved = True
        changed += 1
    if moved:
        for year in WorkYear.objects.system("obligations of new holders").filter(
            jurisdiction=jurisdiction, state=WorkYear.State.OPEN
        ):
            obligations_make(year=year, actor=actor, now=now)
    return Outcome(0, changed, 0)


def _set_holders(
    duty: Duty,
    words: str,
    jurisdiction: Jurisdiction,
    directory: Directory,
    actor: Actor,
    now: datetime,
    digest: str,
) -> None:
    rows, problems = read_holders(words, duty, directory)
    if problems:
        raise BadInput(
            problems[0][0],
            [Problem(what, f"职责 {duty.code}", remedy=remedy) for what, remedy in problems],
            where=f"职责 {duty.code}",
            remedy=problems[0][1],
        )
    before = holders_cell(duty)
    DutyHolder.objects.filter(duty=duty).delete()
    DutyHolder.objects.bulk_create(rows)
    Duty.objects.system("its holders changed").filter(pk=duty.pk).update(
        is_common=any(row.collective == DutyHolder.Collective.MEMBERS for row in rows)
    )
    record(
        log_types.DUTY_CHANGED,
        actor=actor,
        thing=ThingRef(DUTY_KIND, duty.pk),
        now=now,
        before={"holders": before},
        after={"holders": words},
        rows_digest=digest,
        jurisdiction_code=jurisdiction.code,
    )
