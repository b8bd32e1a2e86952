"""会议: called, attended, minuted; what it decided becomes tasks."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models import StoredFile
from zhize.apps.metrics.models import Target
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.work.models.tasks import Task
from zhize.apps.years.models import WorkYear
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned

# 一、通报上半年工作；（二）研究整治；3. 其他; not “1200批次…”, not “二季度…”
NUMBER = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d))\s*"
)


class Conference(ScopedModel, Versioned):
    """A conference of one of four kinds. `agenda` is one item a line; the four problem fields are 一（二）'s dimensions."""

    class Kind(models.TextChoices):
        JOINT = "joint", _("联席会议")
        GROUP = "group", _("领导小组会议")
        LIAISON = "liaison", _("联络员会议")
        TOPIC = "topic", _("专题会议")

    class State(models.TextChoices):
        PREPARING = "preparing", _("筹备中")
        CALLED = "called", _("已通知")
        HELD = "held", _("已召开")
        MINUTED = "minuted", _("已印发纪要")
        CALLED_OFF = "called_off", _("已取消")

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="conferences"
    )
    year = models.ForeignKey(
        WorkYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="conferences"
    )
    kind = models.CharField(_("会议类别"), max_length=10, choices=Kind, default=Kind.JOINT)
    title = models.CharField(_("会议名称"), max_length=120)
    held_on = models.DateField(_("会期"))
    begins = models.TimeField(_("开始时间"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    chair = models.CharField(_("主持人"), max_length=80, blank=True, help_text=_("写职务，如“分管副省长”"))
    agenda = models.TextField(_("议程"), max_length=2000, blank=True)
    product = models.TextField(_("产品质量"), max_length=2000, blank=True)
    engineering = models.TextField(_("工程质量"), max_length=2000, blank=True)
    service = models.TextField(_("服务质量"), max_length=2000, blank=True)
    environment = models.TextField(_("环境质量"), max_length=2000, blank=True)
    papers_due_on = models.DateField(_("材料提交期限"), null=True, blank=True)
    record = models.TextField(_("会议记录"), max_length=20000, blank=True)
    state = models.CharField(_("会议状态"), max_length=10, choices=State, default=State.PREPARING)
    called_at = models.DateTimeField(_("通知时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("登记时间"))
    units = models.ManyToManyField(Unit, through="ConferenceUnit", related_name="+")

    class Meta:
        verbose_name = _("会议")
        indexes = [models.Index(fields=["jurisdiction", "-held_on", "-id"], name="work_conference_list")]

    def __str__(self) -> str:
        return self.title

    @property
    def agenda_items(self) -> list[str]:
        """The lines of the agenda, without the numbers people type before them: the page and the papers number them."""
        return [bare for line in self.agenda.splitlines() if (bare := NUMBER.sub("", line.strip()))]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The own jurisdiction's, and those to which the acting unit, or one it answers for, is called."""
        if actor.jurisdiction_id is None:
            return NOTHING
        invited = ConferenceUnit.objects.system("being called decides who sees a conference").filter(
            mine_q(actor)
        )
        called = ~Q(state=cls.State.PREPARING) & Q(pk__in=invited.values("conference_id"))
        return Q(jurisdiction_id=actor.jurisdiction_id) | called


class _OfConference(ScopedModel):
    """Rows that are seen by whoever sees their conference."""

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(conference_id__in=Conference.objects.visible_to(actor).values("pk"))


class ConferenceUnit(_OfConference):
    """参会单位: its 参会回执, and whether it came."""

    class Reply(models.TextChoices):
        WAITING = "waiting", _("未回执")
        WILL = "will", _("参会")
        PROXY = "proxy", _("代会")
        LEAVE = "leave", _("请假")

    class Leave(models.TextChoices):
        """The office's word on 请假 and 代会."""

        ASKED = "asked", _("待批")
        GRANTED = "granted", _("同意")
        REFUSED = "refused", _("不同意")

    conference = models.ForeignKey(
        Conference, verbose_name=_("会议"), on_delete=models.CASCADE, related_name="attendance"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    reply = models.CharField(_("参会回执"), max_length=8, choices=Reply, default=Reply.WAITING)
    attendee = models.CharField(
        _("参会人"), max_length=80, blank=True, help_text=_("写职务和姓名；代会的写代会人")
    )
    note = models.CharField(_("说明"), max_length=300, blank=True)
    replied_at = models.DateTimeField(_("回执时间"), null=True, blank=True)
    replied_by = models.CharField(_("回执人"), max_length=80, blank=True)
    leave = models.CharField(_("请假代会审批"), max_length=8, choices=Leave, blank=True)
    leave_word = models.CharField(_("审批意见"), max_length=200, blank=True)
    leave_by = models.CharField(_("审批人"), max_length=80, blank=True)
    leave_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    owes_paper = models.BooleanField(_("须交材料"), default=False)
    attended = models.BooleanField(_("到会"), null=True, blank=True)

    class Meta:
        verbose_name = _("参会单位")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "unit"], name="work_conferenceunit_once")
        ]
        indexes = [models.Index(fields=["unit", "attended"], name="work_conferenceunit_unit")]


class ConferencePaper(_OfConference):
    """会议材料: a file a unit brings to the conference; the same title brought again is its next version."""

    conference = models.ForeignKey(
        Conference, verbose_name=_("会议"), on_delete=models.CASCADE, related_name="papers"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("提供单位"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("材料名称"), max_length=120)
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    file = models.ForeignKey(StoredFile, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"))
    by = models.CharField(_("上传人"), max_length=80)

    class Meta:
        verbose_name = _("会议材料")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "unit", "title", "number"], name="work_conferencepaper_version"
            )
        ]


class ConferenceCheck(_OfConference):
    """筹备事项: an item of the checklist, counted backwards from the day (rule `work/conference`)."""

    conference = models.ForeignKey(
        Conference, verbose_name=_("会议"), on_delete=models.CASCADE, related_name="checks"
    )
    key = models.CharField(max_length=40)
    name = models.CharField(_("筹备事项"), max_length=60)
    days = models.SmallIntegerField(_("距会期的工作日"))
    due_on = models.DateField(_("期限"))
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    done_by = models.CharField(_("完成人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("会议筹备事项")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "key"], name="work_conferencecheck_once")
        ]


class Resolution(_OfConference):
    """决定事项: who is to do what by when; once handed out it is a task."""

    conference = models.ForeignKey(
        Conference, verbose_name=_("会议"), on_delete=models.CASCADE, related_name="resolutions"
    )
    number = models.PositiveSmallIntegerField(_("序号"), default=1)
    text = models.TextField(_("决定事项"), max_length=1000)
    lead_unit = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supports = models.CharField(_("配合单位"), max_length=300, blank=True)
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    target = models.ForeignKey(
        Target, verbose_name=_("指标目标"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    task = models.OneToOneField(
        Task,
        verbose_name=_("任务"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resolution",
    )

    class Meta:
        verbose_name = _("会议决定")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="work_resolution_number")
        ]
