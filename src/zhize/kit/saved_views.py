"""Saved views: a list page as one person likes it. Writes go through here, one audit entry each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from zhize.kit.actor import Actor
from zhize.kit.audit import record
from zhize.kit.errors import BadInput, NotAllowed
from zhize.kit.fields import ThingSpec
from zhize.kit.lists import Listing
from zhize.kit.log_types import SAVED_VIEW_DELETED, SAVED_VIEW_SAVED
from zhize.kit.models import SavedView
from zhize.kit.scope import ScopedQuerySet
from zhize.kit.things import ThingRef
from zhize.kit.versioned import snapshot

MOST = 50  # views of one list for one person: beyond that nobody finds one again


def saved_views(actor: Actor, spec: ThingSpec) -> ScopedQuerySet[SavedView]:
    """The actor's own views of this list, by name."""
    return SavedView.objects.visible_to(actor).filter(list_kind=spec.kind).order_by("name", "pk")


@transaction.atomic
def saved_view_save(*, spec: ThingSpec, name: str, query: str, actor: Actor, now: datetime) -> SavedView:
    """Keeps a query under a name; the same name again replaces it. Only what the list understands is kept.

    Raises NotAllowed (no account, or not this actor's list) and BadInput (name, number of views, length).
    """
    owner = _owner(spec, actor)
    name = _name(name)
    kept = Listing(spec, actor, QueryDict(query[:4000])).query()
    if len(kept) > 1000:
        raise BadInput(_("条件太长，无法保存"), remedy=_("请减少条件或列后再保存"))
    mine = saved_views(actor, spec).select_for_update()
    view = mine.filter(name=name).first()
    if view is None and mine.count() >= MOST:
        raise BadInput(_("每个列表最多保存 %(most)s 个视图") % {"most": MOST}, remedy=_("请先删除不用的视图"))
    before = snapshot(view) if view else None
    view = view or SavedView(user_id=owner, list_kind=spec.kind, name=name)
    view.query = kept
    view.full_clean(exclude=["query"])  # empty is the plain list, a view like any other
    view.save()
    _record(view, actor, now, before=before)
    return view


@transaction.atomic
def saved_view_rename(*, view: SavedView, name: str, actor: Actor, now: datetime) -> SavedView:
    """Gives a view another name. Raises NotAllowed (another's view) and BadInput (name empty or taken)."""
    _own(view, actor)
    before, name = snapshot(view), _name(name)
    taken = SavedView.objects.visible_to(actor).filter(list_kind=view.list_kind, name=name)
    if taken.exclude(pk=view.pk).exists():
        raise BadInput(_("已有名为“%(name)s”的视图") % {"name": name}, remedy=_("请换一个名称"))
    view.name = name
    view.full_clean(exclude=["query"])
    view.save()
    _record(view, actor, now, before=before)
    return view


@transaction.atomic
def saved_view_delete(*, view: SavedView, actor: Actor, now: datetime) -> None:
    """Removes a view. Raises NotAllowed (another's view)."""
    _own(view, actor)
    ref, before = ThingRef("kit.saved_view", view.pk), snapshot(view)
    view.delete()
    record(SAVED_VIEW_DELETED, actor=actor, thing=ref, now=now, before=before)


def _record(view: SavedView, actor: Actor, now: datetime, *, before: dict[str, object] | None) -> None:
    record(
        SAVED_VIEW_SAVED,
        actor=actor,
        thing=ThingRef("kit.saved_view", view.pk),
        now=now,
        before=before,
        after=snapshot(view),
    )


def _owner(spec: ThingSpec, actor: Actor) -> int:
    if actor.user_id is None or not spec.may_view(actor):
        raise NotAllowed(_("您的身份不能使用这个列表"), remedy=_("请切换到有权限的岗位"))
    return actor.user_id


def _own(view: SavedView, actor: Actor) -> None:
    if actor.user_id is None or view.user_id != actor.user_id:
        raise NotAllowed(_("只能修改自己保存的视图"))


def _name(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > 40:
        raise BadInput(_("视图名称应为 1 至 40 个字"), remedy=_("请填写一个简短的名称，如“本单位逾期”"))
    return name
