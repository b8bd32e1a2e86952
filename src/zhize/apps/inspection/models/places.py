"""核查点: a place visited, its checklist filled in item by item, signatures of both sides, corrections afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import Evidence, StoredFile
from zhize.apps.inspection.models.draws import PlaceDraw
from zhize.apps.inspection.models.inspections import (
    INSIDE,
    CheckItem,
    GroupPerson,
    InspectedUnit,
    Inspection,
)
from zhize.apps.orgs.models.mine import mine_q
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


def of_checked_q(actor: Actor) -> Q:
    """What was found at a unit: overseers of the jurisdiction, the unit itself and whoever answers for it, the group that
    goes there. Another unit of the same check sees nothing of it."""
    if actor.jurisdiction_id is None:
        return NOTHING
    going = GroupPerson.objects.system("going there decides who sees it").filter(user_id=actor.user_id or 0)
    seen = Q(checked__inspection__state__in=Inspection.OUT) & (
        mine_q(actor, "checked__unit") | Q(checked__group_id__in=going.values("group_id"))
    )
    inside = Q(checked__inspection__jurisdiction_id=actor.jurisdiction_id)
    return seen | inside if actor.has(*INSIDE) else seen


class CheckedPlace(ScopedModel, Versioned):
    """One place (a county, an enterprise, the unit itself). `state` is moved by `core.workflow.checked_place`.

    `digest` is the SHA-256 of the record both sides sign, worked out when it is laid before them. A substitute names the
    drawn place it stands in for, with the reason.
    """

    class Origin(models.TextChoices):
        DRAWN = "drawn", _("抽中")
        SUBSTITUTE = "substitute", _("候补")
        NAMED = "named", _("指定")

    class State(models.TextChoices):
        RECORDING = "recording", _("记录中")
        SIGNING = "signing", _("待签字")
        SIGNED = "signed", _("双方已签字")
        DROPPED = "dropped", _("未核查")

    checked = models.ForeignKey(
        InspectedUnit, verbose_name=_("被查单位"), on_delete=models.PROTECT, related_name="places"
    )
    draw = models.ForeignKey(
        PlaceDraw, verbose_name=_("抽取"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(_("怎样确定的"), max_length=10, choices=Origin)
    instead_of = models.ForeignKey(
        "self", verbose_name=_("替换"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("核查点"), max_length=120)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    visited_on = models.DateField(_("到场日期"), null=True, blank=True)
    present = models.CharField(_("被查方在场人员"), max_length=200, blank=True)
    summary = models.TextField(_("核查情况"), max_length=2000, blank=True)
    state = models.CharField(_("记录状态"), max_length=10, choices=State, default=State.RECORDING)
    digest = models.CharField(_("底稿摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("核查点")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["checked", "name"],
                name="inspection_place_once",
                violation_error_message=_("这个核查点已经列入"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return of_checked_q(actor)


class _OfPlace(ScopedModel):
    """Rows that are seen by whoever sees their place."""

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(place_id__in=CheckedPlace.objects.visible_to(actor).values("pk"))


class PlaceEntry(_OfPlace, Versioned):
    """核查记录: what was found about one item at one place. Signed ones are changed only by `EntryCorrection`."""

    class Verdict(models.TextChoices):
        MEETS = "meets", _("符合")
        FAILS = "fails", _("不符合")
        NOT_APPLICABLE = "na", _("不适用")

    place = models.ForeignKey(
        CheckedPlace, verbose_name=_("核查点"), on_delete=models.CASCADE, related_name="entries"
    )
    item = models.ForeignKey(
        CheckItem, verbose_name=_("核查项目"), on_delete=models.PROTECT, related_name="entries"
    )
    verdict = models.CharField(_("判定"), max_length=6, choices=Verdict, blank=True)
    number = models.DecimalField(_("数值"), max_digits=18, decimal_places=2, null=True, blank=True)
    words = models.TextField(_("情况"), max_length=2000, blank=True)
    at = models.DateTimeField(_("记录时间"))
    by = models.CharField(_("记录人"), max_length=160)

    class Meta:
        verbose_name = _("核查记录")
        ordering = ["item__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "item"], name="inspection_entry_once")]


class EntryPicture(ScopedModel):
    """现场照片: a piece of evidence taken for one item at one place."""

    entry = models.ForeignKey(
        PlaceEntry, verbose_name=_("核查记录"), on_delete=models.CASCADE, related_name="picture_rows"
    )
    evidence = models.ForeignKey(
        Evidence, verbose_name=_("佐证材料"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("现场照片")
        constraints = [models.UniqueConstraint(fields=["entry", "evidence"], name="inspection_picture_once")]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(entry__place_id__in=CheckedPlace.objects.visible_to(actor).values("pk"))


class PlaceSignature(_OfPlace):
    """签字: one side under the record of a digest, with the own account or on paper with its scan. Never changed."""

    class Side(models.TextChoices):
        GROUP = "group", _("核查组")
        UNIT = "unit", _("被查方")

    class Way(models.TextChoices):
        ONLINE = "online", _("在线签字")
        PAPER = "paper", _("纸质签字")

    place = models.ForeignKey(
        CheckedPlace, verbose_name=_("核查点"), on_delete=models.CASCADE, related_name="signatures"
    )
    side = models.CharField(_("签字方"), max_length=6, choices=Side)
    way = models.CharField(_("签字方式"), max_length=6, choices=Way)
    name = models.CharField(_("签字人"), max_length=80)
    title = models.CharField(_("签字人职务"), max_length=80, blank=True)
    on = models.DateField(_("签字日期"))
    opinion = models.CharField(_("签字意见"), max_length=500, blank=True)
    scan = models.ForeignKey(
        StoredFile,
        verbose_name=_("签字件扫描件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    digest = models.CharField(_("底稿摘要"), max_length=64)
    at = models.DateTimeField(_("登记时间"))
    by = models.CharField(_("登记人"), max_length=160)

    class Meta:
        verbose_name = _("核查底稿签字")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "side", "digest"], name="inspection_signature_once")
        ]


class EntryCorrection(_OfPlace):
    """更正: after both signed, what an item should have said and why; the signed words stay beside it. Never changed."""

    place = models.ForeignKey(
        CheckedPlace, verbose_name=_("核查点"), on_delete=models.CASCADE, related_name="corrections"
    )
    item = models.ForeignKey(
        CheckItem, verbose_name=_("核查项目"), on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(_("更正为"), max_length=6, choices=PlaceEntry.Verdict, blank=True)
    words = models.TextField(_("更正后的情况"), max_length=2000, blank=True)
    reason = models.CharField(_("更正理由"), max_length=500)
    at = models.DateTimeField(_("更正时间"))
    by = models.CharField(_("更正人"), max_length=160)

    class Meta:
        verbose_name = _("核查记录更正")
        ordering = ["at", "pk"]
