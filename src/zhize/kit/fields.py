"""FieldSpec and ThingSpec: one description of a field drives form, list, filter, Excel, import and API (ADR 0006).

A thin layer over Django forms, django-filter and pydantic; what it derives stands in
`kit.forms`, `kit.lists`, `kit.imports`, `kit.excel` and `kit.schemas`. Adding a field to a thing is:
the model, one FieldSpec, the migration, the locale, a test.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from zhize.kit.actor import Actor
from zhize.kit.scope import ScopedQuerySet

Label = str | Promise


class Kind(enum.Enum):
    """What a field holds, in words an office uses."""

    TEXT = "text"
    LONG = "long"
    CODE = "code"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOL = "bool"
    CHOICE = "choice"
    REF = "ref"
    PHONE = "phone"
    EMAIL = "email"
    SEVERAL = "several"


class Filter(enum.Enum):
    """How a list can be narrowed by a field."""

    NO = "no"
    EXACT = "exact"
    CONTAINS = "contains"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Ref:
    """How a field names another thing: `load(actor)` gives what may be chosen; people see `label`, files carry `key`.

    Sample: Ref(load=lambda a: Region.objects.visible_to(a), key="code", label="name", search=("name", "code")).
    """

    load: Callable[[Actor], ScopedQuerySet[Any]]
    key: str = "code"
    label: str = "name"
    search: tuple[str, ...] = ("name", "code")
    aliases: Callable[[Actor], Mapping[str, int]] | None = None
    """Other names an import understands (former names of a unit), each with the id it stands for."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a thing. `name` is the model attribute and the key in a service's `data`."""

    name: str
    label: Label
    kind: Kind = Kind.TEXT
    required: bool = False
    help: Label = ""
    max_length: int | None = None
    places: int = 2
    minimum: int | None = None
    maximum: int | None = None
    choices: type[models.TextChoices] | None = None
    ref: Ref | None = None
    options: Callable[[Actor], list[tuple[str, str]]] | None = None
    """For several of a list (kit.several): what may be ticked, value and label."""
    natural_key: bool = False
    editable: bool = True
    listed: bool = True
    default_column: bool = True
    sortable: bool = False
    filter: Filter = Filter.NO
    filter_q: Callable[[Any], Q] | None = None
    """The condition for a chosen value where it is not plain equality: a choice that is no column (a light), a
    reference that includes what lies below it (a prefecture with its counties)."""
    filter_words: Callable[[str], str] | None = None
    """For a condition that links carry and nobody types (with `filter_q`): what it says, in words."""
    whole: bool = False
    """A few characters that lists never break over two lines (the name of a step)."""
    light: bool = False
    """A choice shown as a light: its value names shape and colour in the design system, the word stands beside."""
    example: str = ""
    synonyms: tuple[str, ...] = ()
    """Other heads a column of an imported table may carry."""
    attrs: Mapping[str, Any] = field(default_factory=dict)
    """Further attributes of a text's control on a form (suggestions while typing); the form works without them."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Other words an imported table may use for a choice: 符合 → pass."""
    inside: str = ""
    """The JSON column that keeps the value under this field's name (kit.inside)."""
    column: str = ""
    """The model's column that holds it, or an indexed copy of it, where that has another name."""
    value: Callable[[Any], Any] | None = None
    """For fields that are neither: the value from the row; must not query. An editable one is written by the service."""
    sort: tuple[str, ...] = ()
    """What a list is ordered by when that isn't the field itself (a computed column); paths as in `order_by`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a bulk save did."""

    added: int
    changed: int
    same: int


BulkSave = Callable[..., Outcome]
Objection = tuple[str, str, str]
"""What a thing has against a staged value: (field name, or "" for the row; what is wrong; remedy)."""


@dataclass(frozen=True, slots=True)
class ThingSpec:
    """A kind of thing as every generic page knows it.

    `rows(actor)` is the scoped, joined queryset of lists and exports. `create`, `update` and `bulk_save`
    are services: create(*, data, actor, now), update(*, thing, data, version, actor, now),
    bulk_save(*, rows, actor, now, digest) -> Outcome, one transaction, one audit entry.
    `may_edit` is the policy asked before a form or an import is shown. `detail` is a URL name taking pk; where not
    everybody who sees the list may open that page (it is the form itself), `may_open(actor, row)` says whose row is a link.

    For imports: `key_column` holds the natural key as one text (`kit.imports.values.key_of`) where its parts are no
    columns. `settle(rows, actor)` looks at a chunk of staged rows as a set: it may fill in what follows from what is
    there, and gives its objections to each row. `announce(rows, actor)` says in words what publishing would do
    besides (new enterprises). `objection(actor, thing)` says why this actor may not change that row, or "".
    """

    kind: str
    label: Label
    model: type[models.Model]
    fields: tuple[FieldSpec, ...]
    rows: Callable[[Actor], ScopedQuerySet[Any]]
    may_view: Callable[[Actor], bool]
    may_edit: Callable[[Actor], bool]
    ordering: tuple[str, ...] = ("pk",)
    detail: str = ""
    may_open: Callable[[Actor, Any], bool] = lambda actor, row: True
    create: Callable[..., Any] | None = None
    update: Callable[..., Any] | None = None
    bulk_save: BulkSave | None = None
    search: tuple[str, ...] = ()
    api_scope: str = ""
    key_column: str = ""
    settle: Callable[[Sequence[dict[str, Any]], Actor], Sequence[Sequence[Objection]]] | None = None
    announce: Callable[[Iterable[Mapping[str, Any]], Actor], Sequence[str]] | None = None
    objection: Callable[[Actor, Any], str] | None = None

    @property
    def editable_fields(self) -> tuple[FieldSpec, ...]:
        return tuple(f for f in self.fields if f.editable)

    @property
    def listed_fields(self) -> tuple[FieldSpec, ...]:
        return tuple(f for f in self.fields if f.listed)

    @property
    def key_fields(self) -> tuple[FieldSpec, ...]:
        return tuple(f for f in self.fields if f.natural_key)

    def field(self, name: str) -> FieldSpec:
        return next(f for f in self.fields if f.name == name)


_things: dict[str, ThingSpec | Callable[[], ThingSpec]] = {}


class _Specs(Mapping[str, ThingSpec]):
    """All kinds; one described by data is asked for anew each time, so that a newer edition is followed."""

    def __getitem__(self, kind: str) -> ThingSpec:
        held = _things[kind]
        return held if isinstance(held, ThingSpec) else held()

    def __iter__(self) -> Iterator[str]:
        return iter(list(_things))

    def __len__(self) -> int:
        return len(_things)


def register_spec(spec: ThingSpec) -> ThingSpec:
    """Called by an app's `specs`; a kind described twice is a programming error."""
    if spec.kind in _things and _things[spec.kind] is not spec:
        raise ValueError(f"thing {spec.kind!r} described twice")
    _things[spec.kind] = spec
    return spec


def register_spec_by_data(kind: str, make: Callable[[], ThingSpec]) -> None:
    """A kind described by rule data: `make` gives its spec as the edition of the day has it (cheap: cached)."""
    if kind in _things:
        raise ValueError(f"thing {kind!r} described twice")
    _things[kind] = make


def is_by_data(kind: str) -> bool:
    """Whether the kind is rule data, so that its words stand there and nowhere in the sources."""
    return not isinstance(_things[kind], ThingSpec)


def specs() -> Mapping[str, ThingSpec]:
    return _Specs()
