"""Reads of draws, and lists the house already keeps from which one may draw."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.apps.inspection.models import InspectedUnit, Inspection, PlaceDraw
from zhize.apps.inspection.selectors.inspections import SEEN
from zhize.apps.orgs.models import Region, Unit
from zhize.apps.orgs.selectors.units import in_force
from zhize.apps.registers.models import Subject
from zhize.core.sampling.draw import Place
from zhize.kit.actor import Actor

MOST = 5000
JOINS = ("checked__unit__region", "checked__inspection__jurisdiction", "checked__group")


class Register(models.TextChoices):
    """From what the house keeps a list may be taken."""

    COUNTIES = "counties", _("所辖县区")
    UNITS = "units", _("本地区的单位")
    SUBJECTS = "subjects", _("本地区的企业（主体）")


def checked_by_pk(actor: Actor, pk: int) -> InspectedUnit | None:
    rows = InspectedUnit.objects.visible_to(actor)
    return rows.select_related("unit__region", "inspection__jurisdiction", "group").by_pk(pk)


def draw_by_pk(actor: Actor, pk: int) -> PlaceDraw | None:
    return PlaceDraw.objects.visible_to(actor).select_related(*JOINS).by_pk(pk)


def draws_of(inspection: Inspection) -> list[PlaceDraw]:
    """All, undone ones too, in the order their lists were fixed. One statement."""
    rows = PlaceDraw.objects.system(SEEN).filter(checked__inspection=inspection)
    return list(rows.select_related("checked__unit").order_by("checked__order", "fixed_at", "pk"))


def places_of(draw: PlaceDraw) -> list[Place]:
    """The list as it was fixed."""
    return [Place(p["id"], p["stratum"], p["size"], p["excluded"]) for p in draw.places]


def listed_for(actor: Actor, checked: InspectedUnit, register: str, on: date) -> list[str]:
    """Names from a list the house keeps about the region of a checked unit, in its order. One statement."""
    region = checked.unit.region_id
    if register == Register.COUNTIES:
        regions = Region.objects.visible_to(actor).filter(in_force(on), parent_id=region)
        return list(regions.order_by("order", "code").values_list("name", flat=True)[:MOST])
    if register == Register.UNITS:
        units = Unit.objects.visible_to(actor).filter(in_force(on), region_id=region)
        return list(units.order_by("order", "code").values_list("name", flat=True)[:MOST])
    if register == Register.SUBJECTS:
        subjects = Subject.objects.visible_to(actor).filter(region_id=region)
        below = Subject.objects.visible_to(actor).filter(region__parent_id=region)
        return list((subjects | below).order_by("name", "pk").values_list("name", flat=True)[:MOST])
    return []
