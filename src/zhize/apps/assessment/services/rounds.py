"""Making a round: its year, its scheme, its objects, who scores what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from zhize.apps.assessment import log_types, mapping, policies
from zhize.apps.assessment.models import Assessed, Round, Scorer
from zhize.apps.assessment.selectors import Edition
from zhize.apps.assessment.services.common import (
    LOGGED,
    checked,
    demand_keeping,
    demand_open_year,
    log,
)
from zhize.apps.orgs.models import Membership, Unit
from zhize.apps.orgs.selectors import in_force
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.errors import BadInput
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.versioned import snapshot


@transaction.atomic
def round_create(
    *,
    year: WorkYear,
    title: str,
    edition: Edition,
    cut_off_on: date,
    self_due_on: date,
    goals_due_on: date | None = None,
    unit_ids: Sequence[int] = (),
    groups: Mapping[int, Sequence[str]] | None = None,
    unranked: Sequence[int] = (),
    basis: str = "",
    actor: Actor,
    now: datetime,
) -> Round:
    """A round of the year by an edition of a scheme, whose text it keeps. Raises `BadInput` naming the field.

    Objects: the units given, else all that are assessed in the jurisdiction (Membership.ASSESSED) on the cut-off day,
    in official order; a unit that takes no part in the jurisdiction's system that day is refused. `groups`: unit → groups that choose its own criteria; `unranked`: in no order or quota; a unit
    governed from above the province is never ranked, whatever is said. `goals_due_on`: by then the objects file their goals.
    """
    demand_keeping(
        policies.may_keep_rounds(actor) and (actor.is_system or year.jurisdiction_id == actor.jurisdiction_id)
    )
    demand_open_year(year)
    if not year.starts_on <= cut_off_on <= year.ends_on:
        raise BadInput(
            "数据截止日期不在年度之内",
            where="数据截止日期",
            remedy=f"请填 {year.starts_on} 至 {year.ends_on}",
        )
    if goals_due_on is not None and goals_due_on > self_due_on:
        raise BadInput(
            "目标备案期限晚于自评期限", where="目标备案期限", remedy="自评对照备案的目标：请先备案，再自评"
        )
    units = list(_units(year, cut_off_on, unit_ids))
    _refuse_strangers(year, units, unit_ids)
    if not units:
        raise BadInput("没有考核对象", where="考核对象", remedy="请先在成员单位中登记被考核地区，或逐个选定")
    round_ = Round(
        jurisdiction=year.jurisdiction,
        year=year,
        title=title.strip(),
        basis=basis.strip(),
        scheme_code=edition.code,
        scheme_title=edition.title,
        scheme_body=edition.body,
        scheme_sha256=edition.sha256,
        cut_off_on=cut_off_on,
        goals_due_on=goals_due_on,
        self_due_on=self_due_on,
        is_demo=year.is_demo,
        created_at=now,
    )
    checked(round_, "考核")
    round_.save()
    _objects(round_, units, groups or {}, set(unranked))
    _scorers(round_, edition)
    log(
        log_types.ROUND_CREATED,
        round_,
        actor,
        now,
        after={**snapshot(round_, LOGGED), "scheme": edition.code, "scheme_sha256": edition.sha256, "objects": [u.code for u in units]},
    )  # fmt: skip
    return round_


def _units(year: WorkYear, on: date, unit_ids: Sequence[int]) -> ScopedQuerySet[Unit]:
    rows: ScopedQuerySet[Unit] = Unit.objects.system("the objects of a round")
    there = Membership.objects.system("who takes part here").filter(
        in_force(on), jurisdiction_id=year.jurisdiction_id
    )
    if unit_ids:
        there = there.filter(unit_id__in=unit_ids)
    else:
        there = there.filter(capacity=Membership.Capacity.ASSESSED)
    rows = rows.filter(pk__in=there.values("unit_id"))
    return rows.select_related("region").order_by("region__order", "region__code", "order", "code")


def _refuse_strangers(year: WorkYear, units: Sequence[Unit], unit_ids: Sequence[int]) -> None:
    if len(units) < len(set(unit_ids)):
        where = year.jurisdiction.name
        raise BadInput(
            "有的单位不在本辖区的成员单位和被考核地区之内",
            where="考核对象",
            why=f"{where}只考核登记在册的单位和地区",
            remedy="请先在成员单位名单中登记，或去掉这些单位",
        )


def _objects(
    round_: Round, units: Sequence[Unit], groups: Mapping[int, Sequence[str]], unranked: set[int]
) -> None:
    vertical = Unit.Governance.CENTRAL
    Assessed.objects.bulk_create(
        [
            Assessed(
                round=round_,
                unit=unit,
                name=_short(unit),
                groups=list(groups.get(unit.pk, ())),
                ranked=unit.pk not in unranked and unit.governance != vertical,
                order=order,
            )
            for order, unit in enumerate(units, 1)
        ]
    )


def _short(unit: Unit) -> str:
    """A government is called by its region in tables and notices: 兰州市."""
    return unit.region.name if unit.kind == Unit.Kind.GOVERNMENT else unit.name


def _scorers(round_: Round, edition: Edition) -> None:
    wanted = mapping.scorers_of(edition.scheme)
    units = Unit.objects.system("scoring units of the scheme").filter(code__in=wanted)
    Scorer.objects.bulk_create([Scorer(round=round_, unit=unit, codes=wanted[unit.code]) for unit in units])
