"""What was returned of the packs of a call: one drop of files, and each file with what is to become of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models import Jurisdiction
from zhize.apps.requests.models.calls import Call
from zhize.apps.requests.models.replies import UnitRequest
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

KEEPERS = ("office_director", "office_staff", "audit_admin", "external_auditor")


class PackRun(ScopedModel, Versioned):
    """收回报送包: files dropped together, read first, taken in after a person has looked."""

    class State(models.TextChoices):
        READING = "reading", _("正在读取")
        READ = "read", _("待收取")
        TAKEN = "taken", _("已收取")
        DROPPED = "dropped", _("已放弃")

    call = models.ForeignKey(Call, verbose_name=_("征集"), on_delete=models.PROTECT, related_name="pack_runs")
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.READING)
    received_on = models.DateField(_("收到日期"))
    by = models.CharField(_("上传人"), max_length=80)
    at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("收回报送包")
        indexes = [models.Index(fields=["call", "-id"], name="requests_packrun_call")]

    def __str__(self) -> str:
        return f"{self.call_id}/{self.pk}"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The asking office's: a file that waits is as private to it as a letter it received."""
        if actor.jurisdiction_id is None or not actor.has(*KEEPERS):
            return NOTHING
        return Q(jurisdiction_id=actor.jurisdiction_id)


class PackFile(ScopedModel):
    """One file of a drop. `filled` holds what it says (mapping.packs.Filled); `changed` the names of fields that the unit has
    filled in otherwise on line since the workbook was made: a person then decides between the two."""

    class Verdict(models.TextChoices):
        UNREAD = "unread", _("未读取")
        READY = "ready", _("可收取")
        CONFLICT = "conflict", _("与网上填报不一致")
        REFUSED = "refused", _("不能收取")
        TAKEN = "taken", _("已收取")
        LEFT = "left", _("未收取")

    run = models.ForeignKey(PackRun, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(_("摘要"), max_length=64)
    size = models.PositiveBigIntegerField(_("大小"))
    request = models.ForeignKey(
        UnitRequest, verbose_name=_("报送件"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    verdict = models.CharField(_("结果"), max_length=8, choices=Verdict, default=Verdict.UNREAD)
    problems = models.JSONField(_("说明"), default=list)
    filled = models.JSONField(_("填报内容"), default=dict)
    changed = models.JSONField(_("不一致的项"), default=list)

    class Meta:
        verbose_name = _("收回的报送包文件")
        indexes = [models.Index(fields=["run", "verdict", "id"], name="requests_packfile_run")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None or not actor.has(*KEEPERS):
            return NOTHING
        return Q(run__jurisdiction_id=actor.jurisdiction_id)
