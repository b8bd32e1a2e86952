"""Scope: no row of a scoped model is read without saying for whom (ADR 0003).

A scoped model's manager gives querysets that raise `ScopeMissing` when evaluated, unless the code
chose one of two doors::

    Obligation.objects.visible_to(actor)          # the rows this actor may see, as a condition in SQL
    Obligation.objects.system("nightly lights")   # all rows, for a reason that can be read in review

The condition comes from the model's `scope_q(actor)`; it is never a list of ids. An actor without a
jurisdiction sees nothing (`Q(pk__in=[])`), the system actor sees everything.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from zhize.kit.actor import Actor

M = TypeVar("M", bound=models.Model)
NOTHING = Q(pk__in=[])
_internals: ContextVar[bool] = ContextVar("zhize_scope_internals", default=False)


class ScopeMissing(RuntimeError):
    """A queryset of a scoped model was evaluated without a scope: a programming error, never shown to a person."""


@contextlib.contextmanager
def framework_internals() -> Iterator[None]:
    """Lets Django's own checks (unique, constraints, foreign keys) look at all rows; nothing else may use it."""
    token = _internals.set(True)
    try:
        yield
    finally:
        _internals.reset(token)


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset that knows whether its scope was chosen, and refuses to be evaluated when not."""

    _scope: str = ""

    def visible_to(self, actor: Actor) -> Self:
        """Only the rows this actor may see. Reads: the model's `scope_q`."""
        condition = Q() if actor.is_system else self.model.scope_q(actor)  # type: ignore[attr-defined]
        return self._scoped(f"visible_to:{actor.user_id}").filter(condition)

    def system(self, reason: str) -> Self:
        """All rows, for a stated reason."""
        if not reason:
            raise ScopeMissing(f"{self.model.__name__}.objects.system() needs a reason in words")
        return self._scoped(f"system:{reason}")

    def by_pk(self, pk: int | None) -> M | None:
        """The row with this key, or None where there is none or it is not in scope. `first()` would sort what is one."""
        self._demand_scope()
        return next(iter(self.filter(pk=pk).order_by()[:1]), None) if pk is not None else None

    def _scoped(self, scope: str) -> Self:
        clone: Self = self._chain()  # type: ignore[attr-defined]
        clone._scope = scope
        return clone

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._scope = self._scope
        return clone

    def _demand_scope(self) -> None:
        if not self._scope and not _internals.get():
            raise ScopeMissing(
                f"{self.model.__name__} was read without a scope: use .visible_to(actor) or .system(reason)"
            )

    def _fetch_all(self) -> None:
        self._demand_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._demand_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._demand_scope()
        return super().count()

    def exists(self) -> bool:
        self._demand_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._demand_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._demand_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._demand_scope()
        return super().delete()


class ScopedModel(models.Model):
    """Base of every model that belongs to somebody. Subclasses say in `scope_q` who may see a row."""

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The SQL condition for the rows this actor may see. Default: the actor's own jurisdiction."""
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(jurisdiction_id=actor.jurisdiction_id)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        with framework_internals():
            super().full_clean(*args, **kwargs)

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        with framework_internals():
            super().save_base(*args, **kwargs)


class SharedModel(ScopedModel):
    """Reference data that everybody signed in may see (regions, programmes, the calendar)."""

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q()
