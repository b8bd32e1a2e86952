"""约谈: the office or a leader talks with a unit that is stuck; what was said and promised, about which tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import StoredFile
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import here_or_mine_q
from zhize.apps.work.models.tasks import Task
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Talk(ScopedModel, Versioned):
    """约谈记录. Beside the ladder, not a rung of it: a rung repeats by itself until a matter is settled, a talk is held."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.ForeignKey(WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("被约谈单位"), on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("约谈日期"))
    leader = models.CharField(_("约谈人"), max_length=80)
    present = models.CharField(_("参加人员"), max_length=300, blank=True)
    words = models.TextField(_("约谈内容"), max_length=2000)
    promise = models.TextField(_("整改承诺"), max_length=1000, blank=True)
    due_on = models.DateField(_("整改期限"), null=True, blank=True)
    scan = models.ForeignKey(
        StoredFile, verbose_name=_("约谈记录扫描件"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # fmt: skip
    tasks = models.ManyToManyField(Task, through="TalkTask", related_name="talks", verbose_name=_("涉及任务"))
    at = models.DateTimeField(_("登记时间"))
    by = models.CharField(_("登记人"), max_length=80)

    class Meta:
        verbose_name = _("约谈记录")
        indexes = [models.Index(fields=["jurisdiction", "-held_on", "-id"], name="work_talk_list")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.unit_id}"

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's, and those held with the acting unit or one it answers for."""
        if actor.jurisdiction_id is None:
            return NOTHING
        return here_or_mine_q(actor)


class TalkTask(models.Model):
    """A task that the talk was about."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="task_links")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="talk_links")

    class Meta:
        verbose_name = _("约谈任务")
        constraints = [models.UniqueConstraint(fields=["talk", "task"], name="work_talktask_once")]
