"""Where the work is done (regions) and for what (programmes); a jurisdiction (辖区) is one of each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhize.kit.scope import SharedModel
from zhize.kit.versioned import Versioned


class Region(SharedModel, Versioned):
    """A province, prefecture, county (GB/T 2260 code) or a functional zone with a code of its own."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("省级")
        PREFECTURE = "prefecture", _("市州级")
        COUNTY = "county", _("县级")
        ZONE = "zone", _("功能区")

    code = models.CharField(_("行政区划代码"), max_length=12, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    short = models.CharField(_("简称"), max_length=30)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    level = models.CharField(_("层级"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    order = models.PositiveIntegerField(_("建制顺序"), default=0)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("地区")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class Programme(SharedModel, Versioned):
    """A line of work with a leading group of its own: quality, food safety, rivers."""

    code = models.SlugField(_("代码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("工作领域")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Jurisdiction(SharedModel, Versioned):
    """辖区 = (region, programme): holds the group, the office, members, documents in force and years."""

    code = models.CharField(_("代码"), max_length=50, unique=True)
    region = models.ForeignKey(
        Region, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="jurisdictions"
    )
    programme = models.ForeignKey(Programme, verbose_name=_("工作领域"), on_delete=models.PROTECT)
    name = models.CharField(_("名称"), max_length=80)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级辖区"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    group_unit = models.ForeignKey(
        "orgs.Unit",
        verbose_name=_("领导小组"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    office_unit = models.ForeignKey(
        "orgs.Unit",
        verbose_name=_("领导小组办公室"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    totp_required = models.BooleanField(_("登录须动态口令"), default=False)

    class Meta:
        verbose_name = _("辖区")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["region", "programme"], name="orgs_jurisdiction_region_programme")
        ]

    def __str__(self) -> str:
        return self.name
