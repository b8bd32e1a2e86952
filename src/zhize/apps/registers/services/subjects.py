"""主体: registering, changing, and finding or making the subjects that records name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhize.apps.orgs.models import Region
from zhize.apps.orgs.services.saving import checked, demand, locked, plain
from zhize.apps.registers import log_types, policies
from zhize.apps.registers.models import RecordType, Subject, SubjectName
from zhize.apps.registers.selectors.matching import CODE, NAME, Match, Wanted, subjects_meant
from zhize.apps.registers.services.common import own_place
from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, Problem
from zhize.kit.things import ThingRef
from zhize.kit.versioned import check_version, snapshot

KIND = "registers.subject"
FIELDS = ("kind", "uscc", "name", "region", "address", "note")
LOGGED = list(FIELDS)
_NO_RIGHT = "只有登记台账的单位和办公室可以登记、修改主体"


@transaction.atomic
def subject_create(*, data: Mapping[str, Any], actor: Actor, now: datetime) -> Subject:
    """Registers a subject. Refuses a code already registered, or a wrong one, in words."""
    demand(policies.may_keep_subjects(actor), _NO_RIGHT)
    subject = Subject(created_at=now, created_by=actor.name)
    _put(subject, data)
    demand(policies.may_change_subject(actor, subject), _NO_RIGHT, why="这个主体不在您的地区")
    checked(subject)
    subject.save()
    record(
        log_types.SUBJECT_CREATED,
        actor=actor,
        thing=ThingRef(KIND, subject.pk),
        now=now,
        after=snapshot(subject, LOGGED),
    )
    return subject


@transaction.atomic
def subject_update(
    *, thing: Subject, data: Mapping[str, Any], version: int | None, actor: Actor, now: datetime
) -> Subject:
    """Changes a subject; a name given up is kept as a former one, so that files which still carry it are understood."""
    current = locked(Subject, thing.pk)
    current.region = (
        Region.objects.system("the subject's own region").select_related("parent").get(pk=current.region_id)
    )
    demand(policies.may_change_subject(actor, current), _NO_RIGHT, why="这个主体不在您的地区")
    check_version(current, version, mine=plain(data))
    before = snapshot(current, LOGGED)
    _put(current, data)
    after = snapshot(current, LOGGED)
    if before == after:
        return current
    current.version += 1
    checked(current)
    current.save()
    if before["name"] != current.name:
        SubjectName.objects.get_or_create(
            subject=current, name=before["name"], defaults={"until": now.date()}
        )
    record(
        log_types.SUBJECT_CHANGED,
        actor=actor,
        thing=ThingRef(KIND, current.pk),
        now=now,
        before=before,
        after=after,
    )
    return current


def subjects_for(
    type_: RecordType, rows: Iterable[Mapping[str, Any]], actor: Actor, now: datetime
) -> tuple[dict[Wanted, Subject], int]:
    """The subject of each row, new ones made in one statement; and how many were made.

    Part of a service that registers records: it asks no policy and writes no entry of its own, the record's names them.
    Raises `BadInput` for every row whose subject cannot be told.
    """
    wanted = dict.fromkeys(wanted_of(row) for row in rows)
    asked = [one for one in wanted if one.code or one.name]
    meant = subjects_meant(actor, asked)
    problems = [
        Problem(m.objection[1], one.name or one.code, remedy=m.objection[2])
        for one, m in meant.items()
        if m.objection
    ]
    if problems:
        raise BadInput("有主体无法确认，没有保存", problems)
    found = {one: m.subject for one, m in meant.items() if m.subject}
    _learn_codes(meant)
    made = _made(
        type_,
        {one: row for row in rows if (one := wanted_of(row)) in meant and meant[one].is_new},
        actor,
        now,
    )
    return found | made, len({subject.pk for subject in made.values()})


def wanted_of(row: Mapping[str, Any]) -> Wanted:
    """How a row names its subject."""
    return Wanted(str(row.get(CODE) or "").strip().upper(), str(row.get(NAME) or "").strip())


def _learn_codes(meant: Mapping[Wanted, Match]) -> None:
    """Subjects known by name get the code a row brings: one statement."""
    learning: dict[int, Subject] = {}
    for one, match in meant.items():
        if not (match.learns_code and match.subject):
            continue
        if learning.setdefault(match.subject.pk, match.subject).uscc not in ("", one.code):
            raise BadInput(
                f"“{one.name}”有两个代码", where=one.code, remedy="请核对；同名的两家请先分别登记，再导入记录"
            )
        match.subject.uscc = one.code
    for subject in learning.values():
        subject.version += 1
    if learning:
        rows = Subject.objects.system("codes that rows bring")
        rows.bulk_update(learning.values(), ["uscc", "version"])


def _made(
    type_: RecordType, new: Mapping[Wanted, Mapping[str, Any]], actor: Actor, now: datetime
) -> dict[Wanted, Subject]:
    """New subjects: one for a code, else one for a name; a name without code joins the one code of that name."""
    about = type_.rule.subject
    if not new or about is None:
        return {}
    own = Region.objects.system("where the registering unit is").get(pk=own_place(actor)[2])
    subjects: dict[str, Subject] = {}
    codes: dict[str, set[str]] = {}
    for one in new:
        if one.code:
            codes.setdefault(one.name, set()).add(one.code)
    keys = {one: one.code or _joined(codes.get(one.name, set())) or one.name for one in new}
    for one, row in new.items():
        key = keys[one]
        if key not in subjects or one.code:
            subjects[key] = Subject(
                kind=about.kind,
                uscc=one.code or (key if key != one.name else ""),
                name=one.name,
                region=row.get("region") or own,
                created_at=now,
                created_by=actor.name,
            )
    for subject in subjects.values():
        checked(subject, exclude=["region"])
    Subject.objects.bulk_create(subjects.values(), batch_size=500)
    return {one: subjects[key] for one, key in keys.items()}


def _joined(codes: set[str]) -> str:
    return next(iter(codes)) if len(codes) == 1 else ""


def _put(subject: Subject, data: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in data:
            setattr(subject, name, data[name])
    subject.uscc = subject.uscc.strip().upper()
    subject.name = subject.name.strip()
