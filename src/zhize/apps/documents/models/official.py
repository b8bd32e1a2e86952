"""Official documents: the document and its steps, to whom it goes, who signed for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.documents.models.countersigns import INSIDE, Countersign
from zhize.apps.documents.models.files import Evidence, StoredFile
from zhize.apps.documents.models.issuers import Issuer
from zhize.apps.orgs.models import Jurisdiction, Unit
from zhize.apps.orgs.models.mine import mine_q
from zhize.kit.actor import Actor
from zhize.kit.models import NumberGiven
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class OfficialDocument(ScopedModel, Versioned):
    """公文. `blocks` is the text (`kit.officialdoc`); `source_kind`/`source_id` name the thing it was drafted from.

    The number is given when it is signed and never given again. 成文日期 (`dated_on`) is not the day it is printed
    and sent (`issued_at`). `acts_on` is the earlier document this one revokes, repeals or corrects (`act`); `kept_figures`
    are figures left as they are though their source changed: {ref, words, now, reason, by, at}. Once issued, `docx` is the archived original and `pdf` its printed form.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", _("通知")
        CIRCULAR = "circular", _("通报")
        LETTER = "letter", _("函")
        REQUEST = "request", _("请示")
        REPORT = "report", _("报告")
        REPLY = "reply", _("批复")
        MINUTES = "minutes", _("纪要")
        OPINIONS = "opinions", _("意见")
        BULLETIN = "bulletin", _("简报")

    class State(models.TextChoices):
        DRAFT = "draft", _("拟稿")
        CHECKED = "checked", _("已核稿")
        SIGNED = "signed", _("已签发")
        RECHECKED = "rechecked", _("已复核")
        SEALED = "sealed", _("已用印")
        ISSUED = "issued", _("已印发")
        ARCHIVED = "archived", _("已归档")
        VOIDED = "voided", _("已作废")

    class Act(models.TextChoices):
        """What this document does to the earlier one it names (`core.papers.chain`)."""

        REVOKE = "revoke", _("撤销")
        REPEAL = "repeal", _("废止")
        CORRECT = "correct", _("更正")

    class Retention(models.TextChoices):
        """保管期限 of the archive (rules/documents/retention.yaml)."""

        PERMANENT = "permanent", _("永久")
        THIRTY = "30", _("30年")
        TEN = "10", _("10年")

    SENT = (State.ISSUED, State.ARCHIVED)

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("文种"), max_length=10, choices=Kind)
    issuer = models.ForeignKey(
        Issuer, verbose_name=_("发文主体"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("标题"), max_length=200, blank=True)
    address_line = models.CharField(
        _("主送机关（印刷用语）"), max_length=500, blank=True, help_text=_("如“各成员单位”；不填则逐个列出")
    )
    copy_line = models.CharField(
        _("抄送机关（印刷用语）"), max_length=500, blank=True, help_text=_("不填则逐个列出")
    )
    blocks = models.JSONField(_("正文"), default=list, blank=True)
    note = models.CharField(_("附注"), max_length=200, blank=True, help_text=_("如联系人和办公电话"))
    publicity = models.CharField(
        _("公开属性"), max_length=12, choices=Evidence.Publicity, default=Evidence.Publicity.ON_REQUEST
    )
    asks_taking = models.BooleanField(_("要求承办确认"), default=False)
    asks_attendance = models.BooleanField(_("要求参会回执"), default=False)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    act = models.CharField(_("对前文的处理"), max_length=8, choices=Act, blank=True)
    acts_on = models.ForeignKey(
        "self",
        verbose_name=_("所针对的公文"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
    )
    kept_figures = models.JSONField(_("保留的数字"), default=list, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    number = models.CharField(_("文号"), max_length=120, blank=True)
    given = models.ForeignKey(
        NumberGiven,
        verbose_name=_("取号记录"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_by = models.CharField(_("签发人"), max_length=80, blank=True)
    signed_on = models.DateField(_("签发日期"), null=True, blank=True)
    dated_on = models.DateField(_("成文日期"), null=True, blank=True)
    issued_at = models.DateTimeField(_("印发时间"), null=True, blank=True)
    docx = models.ForeignKey(
        StoredFile,
        verbose_name=_("Word 原件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    pdf = models.ForeignKey(
        StoredFile,
        verbose_name=_("PDF 文件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    retention = models.CharField(_("保管期限"), max_length=10, choices=Retention, blank=True)
    archive_no = models.CharField(_("档号"), max_length=120, blank=True)
    archived_at = models.DateTimeField(_("归档时间"), null=True, blank=True)
    words = models.TextField(_("全文"), blank=True, editable=False)
    drafted_unit = models.ForeignKey(
        Unit, verbose_name=_("拟稿单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.CharField(_("拟稿人"), max_length=80)
    drafted_at = models.DateTimeField(_("拟稿时间"))

    class Meta:
        verbose_name = _("公文")
        indexes = [
            models.Index(fields=["jurisdiction", "-drafted_at", "-id"], name="documents_official_list"),
            models.Index(fields=["source_kind", "source_id"], name="documents_official_source"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("（未写标题）"))

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Who works on or looks over the jurisdiction's documents; of those sent, the units named, and in the
        jurisdiction everybody for what is 主动公开. Whoever is asked to countersign sees it from then on."""
        if actor.jurisdiction_id is None:
            return NOTHING
        named = Addressee.objects.system("documents that name the unit").filter(
            mine_q(actor), document=OuterRef("pk")
        )
        here, sent = Q(jurisdiction_id=actor.jurisdiction_id), Q(state__in=cls.SENT)
        asked = Countersign.objects.system("documents a unit is asked to countersign").filter(
            unit_id=actor.unit_id or 0, document=OuterRef("pk")
        )
        seen = sent & (Q(Exists(named)) | (here & Q(publicity=Evidence.Publicity.OPEN)))
        seen |= here & ~Q(state__in=(cls.State.DRAFT, cls.State.VOIDED)) & Q(Exists(asked))
        return seen | here if actor.has(*INSIDE) else seen


class OfficialStep(ScopedModel):
    """办理记录: each step of a document with the hand and the words, in the order it happened."""

    document = models.ForeignKey(
        OfficialDocument, verbose_name=_("公文"), on_delete=models.PROTECT, related_name="steps"
    )
    action = models.CharField(_("办理"), max_length=12)
    state = models.CharField(_("办理后状态"), max_length=10, choices=OfficialDocument.State)
    by = models.CharField(_("办理人"), max_length=80)
    hat = models.CharField(_("身份"), max_length=160, blank=True)
    at = models.DateTimeField(_("时间"))
    opinion = models.CharField(_("意见"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("公文办理记录")
        indexes = [models.Index(fields=["document", "id"], name="documents_step_document")]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """How a document came about is the business of whoever works on it."""
        if actor.jurisdiction_id is None or not actor.has(*INSIDE):
            return NOTHING
        return Q(document__jurisdiction_id=actor.jurisdiction_id)


class Addressee(ScopedModel):
    """主送 or 抄送: a unit the document goes to, in official order."""

    class Sent(models.TextChoices):
        MAIN = "main", _("主送")
        COPY = "copy", _("抄送")

    document = models.ForeignKey(
        OfficialDocument, verbose_name=_("公文"), on_delete=models.CASCADE, related_name="addressees"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    sent = models.CharField(_("方式"), max_length=4, choices=Sent, default=Sent.MAIN)
    order = models.PositiveIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("收文单位")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["document", "unit"], name="documents_addressee_once")]
        indexes = [models.Index(fields=["unit", "-document"], name="documents_addressee_unit")]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """Of documents sent, the own unit's or one it answers for; whoever works on the document sees all."""
        if actor.jurisdiction_id is None:
            return NOTHING
        seen = mine_q(actor) & Q(document__state__in=OfficialDocument.SENT)
        return seen | Q(document__jurisdiction_id=actor.jurisdiction_id) if actor.has(*INSIDE) else seen
