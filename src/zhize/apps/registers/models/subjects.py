"""主体: enterprises, institutions, projects and sites that records are about."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as BadNumber

from zhize.apps.orgs.models import Region
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


def uscc_objection(code: str) -> str:
    """What is wrong with a unified social credit code (GB 32100), in words; "" when it is right or empty."""
    if not code:
        return ""
    try:
        uscc.validate(code)
    except InvalidLength:
        return f"统一社会信用代码应为 18 位，现有 {len(uscc.compact(code))} 位"
    except InvalidChecksum:
        return "统一社会信用代码的校验位不对，可能抄错了一位"
    except BadNumber:
        return "统一社会信用代码的格式不对：前 8 位为数字，不含字母 I、O、Z、S、V"
    return ""


def check_uscc(code: str) -> None:
    """The same as a validator of the column."""
    if words := uscc_objection(code):
        raise ValidationError(words, code="uscc")


class Subject(ScopedModel, Versioned):
    """Whom records are about. It belongs to a region, not to a jurisdiction: facts of the business register are shared.

    The code is unique in the country where there is one; without it a subject is known by its name within a region.
    """

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("企业")
        INSTITUTION = "institution", _("机构")
        PROJECT = "project", _("工程项目")
        SITE = "site", _("场所")

    kind = models.CharField(_("类别"), max_length=12, choices=Kind, default=Kind.ENTERPRISE)
    uscc = models.CharField(
        _("统一社会信用代码"), max_length=18, blank=True, validators=[check_uscc],
        help_text=_("18 位；没有的可留空，以后补登"),
    )  # fmt: skip
    name = models.CharField(_("名称"), max_length=120)
    region = models.ForeignKey(
        Region, verbose_name=_("所在地区"), on_delete=models.PROTECT, related_name="subjects"
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("登记时间"))
    created_by = models.CharField(_("登记人"), max_length=80)

    class Meta:
        verbose_name = _("主体")
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"], condition=~Q(uscc=""), name="registers_subject_uscc",
                violation_error_message=_("这个统一社会信用代码已经登记"),
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["name"], name="registers_subject_name"),
            models.Index(fields=["region", "name", "id"], name="registers_subject_region"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own region with all that lies below it, the regions above it, and whomever an own record is about.

        A company may have its seat elsewhere in the province and its pump here: then the record shows it.
        """
        from zhize.apps.registers.models.records import Record

        if actor.region_id is None:
            return NOTHING
        here = actor.region_id
        above = Region.objects.system("the line upwards from the own region").filter(
            Q(children=here) | Q(children__children=here)
        )
        named = Record.objects.visible_to(actor).filter(subject__isnull=False)
        return (
            Q(region_id=here)
            | Q(region__parent_id=here)
            | Q(region__parent__parent_id=here)
            | Q(region_id__in=above.values("pk"))
            | Q(pk__in=named.values("subject_id"))
        )


class SubjectName(models.Model):
    """曾用名: a name the subject had before; files of other systems may still carry it."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("曾用名"), max_length=120)
    until = models.DateField(_("用到"), null=True, blank=True)

    class Meta:
        verbose_name = _("主体曾用名")
        constraints = [models.UniqueConstraint(fields=["subject", "name"], name="registers_subjectname_once")]
        indexes = [models.Index(fields=["name"], name="registers_subjectname_name")]
