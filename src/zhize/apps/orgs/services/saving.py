"""What every write of the directory does: lock, compare versions, check, save; refusals in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from zhize.apps.orgs.models import Jurisdiction
from zhize.kit import versioned
from zhize.kit.errors import BadInput, NotAllowed, Problem
from zhize.kit.scope import ScopedModel, ScopedQuerySet
from zhize.kit.things import ThingRef
from zhize.kit.versioned import Versioned, check_version, snapshot

S = TypeVar("S", bound=ScopedModel)
V = TypeVar("V", bound=Versioned)


def ref(thing: models.Model) -> ThingRef:
    """The thing's reference: orgs.unit:12."""
    return ThingRef(f"orgs.{thing._meta.model_name}", thing.pk)


def locked(model: type[S], pk: int) -> S:
    """The row, locked for this write (SQLite: the IMMEDIATE transaction is the lock)."""
    rows: ScopedQuerySet[S] = model.objects.system("lock the row that is written")
    row = rows.select_for_update().by_pk(pk)
    if row is None:
        raise BadInput("这条记录已不存在", remedy="请刷新列表后重试")
    return row


def jurisdiction_of(pk: int | None) -> Jurisdiction:
    """The acting hat's jurisdiction with its region; refuses without one."""
    rows = Jurisdiction.objects.system("the acting hat's own jurisdiction").select_related("region")
    own = rows.by_pk(pk) if pk is not None else None
    if own is None:
        raise BadInput("当前岗位不属于任何辖区", remedy="请先切换岗位")
    return own


def demand(allowed: bool, what: str, *, why: str = "", remedy: str = "") -> None:
    """The policy's answer as a refusal in words."""
    if not allowed:
        raise NotAllowed(what, why=why, remedy=remedy or "请由有权限的人员办理，或切换到相应的岗位")


def checked(thing: models.Model, *, exclude: Sequence[str] = ()) -> None:
    """`full_clean`, with every field's complaint as a problem a person can act on.

    With `exclude` (a bulk write) only the fields themselves are looked at: nothing is asked of the database.
    """
    try:
        if exclude:
            thing.clean_fields(exclude=exclude)
            thing.clean()
        else:
            thing.full_clean()
    except ValidationError as error:
        raise _refused(thing, error) from error


def _refused(thing: models.Model, error: ValidationError) -> BadInput:
    """What the model objects to, each complaint at its field."""
    said = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    return BadInput(
        f"{thing._meta.verbose_name}没有保存",
        problems=[
            Problem(what=message, where="" if name == NON_FIELD_ERRORS else _label(thing, name))
            for name, messages in said.items()
            for message in messages
        ],
        why="；".join(
            (message if name == NON_FIELD_ERRORS else f"{_label(thing, name)}：{message}")
            for name, messages in said.items()
            for message in messages
        ),
    )


def set_checked(rows: Sequence[models.Model]) -> None:
    """`checked` for a whole set of one model's new rows: each field looks at each value of its column once.

    Keys and relations are left to the database. The row with the first bad value is the one that is complained of.
    """
    model = type(rows[0])
    excluded = [f.name for f in model._meta.concrete_fields if f.is_relation or f.primary_key]
    for field in (f for f in model._meta.concrete_fields if f.name not in excluded):
        seen: dict[tuple[type, Any], tuple[Any, Any]] = {}
        for row in rows:
            raw = getattr(row, field.attname)
            if field.blank and raw in field.empty_values:
                continue
            key = (type(raw), id(raw) if isinstance(raw, list | dict) else raw)
            if key not in seen:
                try:
                    seen[key] = (raw, field.clean(raw, row))
                except ValidationError:
                    checked(row, exclude=excluded)
                    raise
            if (good := seen[key][1]) is not raw:
                setattr(row, field.attname, good)
    if model.clean is not models.Model.clean:
        for row in rows:
            try:
                row.clean()
            except ValidationError as error:
                raise _refused(row, error) from error


def _label(thing: models.Model, name: str) -> str:
    return str(getattr(thing._meta.get_field(name), "verbose_name", name))


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Form values as they stand in a snapshot: keys of other things, dates as text."""
    return {
        key: value.pk if isinstance(value, models.Model) else versioned.plain(value)
        for key, value in data.items()
    }


def assign(thing: models.Model, data: Mapping[str, Any], fields: Iterable[str]) -> None:
    """Sets the fields a service lets a person write; anything else in `data` is a programming error."""
    allowed = set(fields)
    if extra := set(data) - allowed:
        raise TypeError(f"{thing._meta.label} takes no {sorted(extra)} here")
    for key, value in data.items():
        setattr(thing, key, value)


def change(
    current: V, data: Mapping[str, Any], fields: Iterable[str], *, version: int | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Compares versions, sets, checks and saves a locked row; gives the states before and after."""
    check_version(current, version, mine=plain(data))
    before = snapshot(current)
    assign(current, data, fields)
    if snapshot(current) == before:
        return before, before
    current.version += 1
    checked(current)
    current.save()
    return before, snapshot(current)
