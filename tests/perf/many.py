"""Many rows from one of each: copies that differ only where the database asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction


def multiply(things: Iterable[models.Model], times: int) -> dict[str, int]:
    """Adds up to `times` copies of each thing; gives how many were made, by model. What may exist only once stays one."""
    made: dict[str, int] = {}
    for thing in things:
        model = type(thing)
        row = model._base_manager.get(pk=thing.pk)  # as the database has it
        for number in range(1, times + 1):
            made[model._meta.label] = made.get(model._meta.label, 0) + _copy(row, number)
    return made


def _copy(row: models.Model, number: int) -> int:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    fields.pop(row._meta.pk.attname)  # type: ignore[union-attr]
    for names in _unique_together(type(row)):
        if not _vary(type(row), fields, names, number):
            return 0
    try:
        with transaction.atomic():
            type(row)._base_manager.bulk_create([type(row)(**fields)])
    except IntegrityError:
        return 0
    return 1


def _unique_together(model: type[models.Model]) -> list[list[str]]:
    alone = [[f.name] for f in model._meta.concrete_fields if f.unique and not f.primary_key]
    constraints = [c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    return alone + [list(c.fields) for c in constraints if c.fields]


def _vary(model: type[models.Model], fields: dict[str, Any], names: list[str], number: int) -> bool:
    """Changes one of these fields so that the copy is another thing; False where only relations make it one."""
    for name in reversed(names):  # a key stands last, what says of which kind it is before it
        field = model._meta.get_field(name)
        if not isinstance(field, models.Field) or field.is_relation:
            continue
        kept = fields[field.attname]
        if isinstance(field, models.CharField) and not field.choices:
            fields[field.attname] = f"{kept}{number}"[-(field.max_length or 200) :]
        elif isinstance(kept, date):
            fields[field.attname] = kept + timedelta(days=number)
        elif isinstance(field, models.IntegerField) and kept is not None:
            fields[field.attname] = kept + number
        else:
            continue
        return True
    return False
