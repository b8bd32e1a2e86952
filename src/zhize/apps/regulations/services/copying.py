"""A lower register starts as a copy of the parent's (clause 四): the duties a region holds as the parent's group, office and
members hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.regulations import log_types
from zhize.apps.regulations.models import (
    Clause,
    Duty,
    DutyClause,
    DutyHolder,
    Regulation,
    RegulationVersion,
)
from zhize.apps.regulations.selectors.texts import LIVE
from zhize.apps.regulations.services.obligations import obligations_make
from zhize.apps.regulations.services.texts import refuse_stranger
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.clock import local_day
from zhize.kit.errors import StateConflict
from zhize.kit.rowfile import rowfile_store
from zhize.kit.rules import Rule, rule
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

RULES = "regulations/copy"


@transaction.atomic
def register_copy(*, jurisdiction: Jurisdiction, actor: Actor, now: datetime) -> list[Duty]:
    """The parent's duties of group, office, all members and lower governments, as the jurisdiction's own and to be edited.

    A holder becomes the own group, the own office, or stays a collective (its own members, the governments below it);
    a duty that names a department of the parent is left out. The text comes along, so that clause pages are the own ones.
    Obligations of years already open are made. Raises `StateConflict` without a parent's register or where one stands.
    """
    refuse_stranger(actor, jurisdiction.pk)
    parent = jurisdiction.parent
    _refuse_needless(jurisdiction, parent)
    assert parent is not None  # _refuse_needless has looked
    texts = _Texts(jurisdiction, now, actor)
    rows = (
        Duty.objects.system("a lower register starts from its parent's")
        .filter(jurisdiction=parent)
        .prefetch_related("holders", "bases__clause__version__regulation")
        .order_by("order", "pk")
    )
    taken = [(duty, held) for duty in rows if (held := list(_held(duty, parent, jurisdiction)))]
    words = rule(RULES, on=local_day(now), jurisdiction=jurisdiction.code)
    copies = [_copy(duty, jurisdiction, words, order) for order, (duty, _unused) in enumerate(taken, 1)]
    for copy in copies:
        copy.clean_fields(exclude=["jurisdiction"])
    Duty.objects.bulk_create(copies)
    bases: list[DutyClause] = []
    holders: list[DutyHolder] = []
    for copy, (duty, held) in zip(copies, taken, strict=True):
        bases += [
            DutyClause(duty=copy, clause=texts.clause(b.clause), segment=b.segment) for b in duty.bases.all()
        ]
        holders += [one.row(copy) for one in held]
    DutyClause.objects.bulk_create(bases)
    DutyHolder.objects.bulk_create(holders)
    years = WorkYear.objects.system("years already open").filter(
        jurisdiction=jurisdiction, state=WorkYear.State.OPEN
    )
    for year in years.select_related("jurisdiction"):
        obligations_make(year=year, actor=actor, now=now)
    record(
        log_types.REGISTER_COPIED,
        actor=actor,
        thing=ThingRef("orgs.jurisdiction", jurisdiction.pk),
        now=now,
        after={"duties": len(copies), "from": parent.code, "texts": texts.count},
        rows_digest=rowfile_store({"code": d.code, "title": d.title, "nature": d.nature} for d in copies),
        jurisdiction_code=jurisdiction.code,
    )
    return copies


@dataclass(frozen=True, slots=True)
class _Held:
    """A holder as it is in the lower jurisdiction."""

    unit_id: int | None
    collective: str
    role: str
    printed: str
    order: int

    def row(self, duty: Duty) -> DutyHolder:
        return DutyHolder(
            duty=duty,
            unit_id=self.unit_id,
            collective=self.collective,
            role=self.role,
            printed=self.printed,
            order=self.order,
        )


def _refuse_needless(jurisdiction: Jurisdiction, parent: Jurisdiction | None) -> None:
    duties = Duty.objects.system("whether a register can start as a copy")
    if parent is None or not duties.filter(jurisdiction=parent).exists():
        raise StateConflict(
            _("上级辖区还没有职责可以沿用"), remedy=_("请登记本辖区的制度文件，由系统识别职责")
        )
    if duties.filter(jurisdiction=jurisdiction).exists():
        raise StateConflict(
            _("本辖区已有职责"),
            why=_("由上级制度建立只在责任清单还是空的时候使用"),
            remedy=_("请在责任清单中逐项修改"),
        )


def _held(duty: Duty, parent: Jurisdiction, own: Jurisdiction) -> Iterator[_Held]:
    """The holders mapped; none where one of them is a department of the parent."""
    units = {parent.group_unit_id: own.group_unit, parent.office_unit_id: own.office_unit}
    named = [h for h in duty.holders.all() if h.unit_id]
    if any(not units.get(h.unit_id) for h in named):
        return
    for h in duty.holders.all():
        if h.collective == DutyHolder.Collective.OTHER:
            continue
        unit = units.get(h.unit_id) if h.unit_id else None
        printed = unit.name if unit else h.printed
        yield _Held(unit.pk if unit else None, h.collective, h.role, printed[:80], h.order)


def _copy(duty: Duty, own: Jurisdiction, words: Rule, order: int) -> Duty:
    title = duty.title
    for theirs, ours in words["words"]:
        title = title.replace(str(theirs), str(ours))
    return Duty(
        jurisdiction=own,
        code=duty.code,
        title=title[:60],
        text=duty.text,
        kind=duty.kind,
        nature=duty.nature,
        recurrence=duty.recurrence,
        rule=duty.rule,
        sources=duty.sources,
        is_common=duty.is_common,
        flag=str(words["flag"]),
        order=order,
        valid_from=duty.valid_from,
    )


class _Texts:
    """The parent's texts as the jurisdiction's own, each copied when its first clause is asked for."""

    def __init__(self, own: Jurisdiction, now: datetime, actor: Actor) -> None:
        self._own, self._now, self._actor = own, now, actor
        self._clauses: dict[int, dict[str, Clause]] = {}

    @property
    def count(self) -> int:
        return len(self._clauses)

    def clause(self, clause: Clause) -> Clause:
        if clause.version_id not in self._clauses:
            self._clauses[clause.version_id] = self._copy(clause.version)
        return self._clauses[clause.version_id][clause.path]

    def _copy(self, version: RegulationVersion) -> dict[str, Clause]:
        source = version.regulation
        kept = snapshot(
            source, ["code", "title", "doc_no", "issuer", "issued_on", "in_force_from", "in_force_to"]
        )
        dates = {n: getattr(source, n) for n in ("issued_on", "in_force_from", "in_force_to")}
        regulation = Regulation(jurisdiction=self._own, **{**kept, **dates}, note="由上级制度建立")
        regulation.full_clean()
        regulation.save()
        own = RegulationVersion(
            regulation=regulation,
            number=1,
            text=version.text,
            sha256=version.sha256,
            reader_edition=version.reader_edition,
            state=version.state if version.state in LIVE else RegulationVersion.State.CONFIRMED,
            confirmed_at=self._now,
            confirmed_by=self._actor.name,
        )
        own.full_clean()
        own.save()
        return self._tree(version, own)

    def _tree(self, version: RegulationVersion, own: RegulationVersion) -> dict[str, Clause]:
        """Clauses level by level, so that parents have ids: as many statements as levels."""
        theirs = list(
            Clause.objects.system("the text comes along").filter(version=version).select_related("parent")
        )
        made: dict[str, Clause] = {}
        for level in sorted({c.level for c in theirs}):
            rows = [
                Clause(
                    version=own,
                    parent=made.get(c.parent.path) if c.parent else None,
                    path=c.path,
                    label=c.label,
                    marker=c.marker,
                    level=c.level,
                    heading=c.heading,
                    text=c.text,
                    holders_text=c.holders_text,
                    order=c.order,
                )
                for c in theirs
                if c.level == level
            ]
            Clause.objects.bulk_create(rows)
            made |= {row.path: row for row in rows}
        return made
