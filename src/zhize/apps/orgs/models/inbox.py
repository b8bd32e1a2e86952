"""To-dos and messages: rows written together with the thing they are about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models.mine import mine_q
from zhize.apps.orgs.models.people import Post, User
from zhize.apps.orgs.models.regions import Jurisdiction
from zhize.apps.orgs.models.units import Unit
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class Todo(ScopedModel):
    """待办: something that awaits a unit (or one post of it), with its due date and where to do it.

    `jurisdiction` is the one the matter belongs to; `unit` the one that must act, which may sit in
    another jurisdiction (a prefecture's office answering the province).
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="todos")
    post = models.ForeignKey(
        Post, verbose_name=_("岗位"), null=True, blank=True, on_delete=models.PROTECT, related_name="todos"
    )
    audience = models.CharField(_("角色"), max_length=30, blank=True)
    kind = models.CharField(_("事由"), max_length=40)
    ref_kind = models.CharField(max_length=60)
    ref_id = models.BigIntegerField()
    title = models.CharField(_("事项"), max_length=200)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    created_at = models.DateTimeField(_("产生时间"))
    done_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    done_by = models.CharField(_("办结人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("待办")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "ref_kind", "ref_id"],
                condition=Q(done_at__isnull=True),
                name="orgs_todo_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "due_on"], condition=Q(done_at__isnull=True), name="orgs_todo_open"),
            models.Index(fields=["ref_kind", "ref_id"], name="orgs_todo_ref"),
            models.Index(fields=["unit", "-done_at"], name="orgs_todo_done"),
        ]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.unit_id is None:
            return NOTHING
        return mine_q(actor) & (Q(post__isnull=True) | Q(post_id=actor.post_id or 0))


class Notice(ScopedModel):
    """消息: something a person should know (待阅/已阅); reading it is all there is to do. `key` names what must come only once."""

    user = models.ForeignKey(User, verbose_name=_("人员"), on_delete=models.CASCADE, related_name="notices")
    post = models.ForeignKey(
        Post, verbose_name=_("岗位"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    text = models.CharField(_("内容"), max_length=300)
    ref_kind = models.CharField(max_length=60, blank=True)
    ref_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    key = models.CharField(max_length=60, null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("消息")
        indexes = [models.Index(fields=["user", "-at"], name="orgs_notice_user")]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(user_id=actor.user_id) if actor.user_id else NOTHING


class Outbox(models.Model):
    """A message to leave the product (mail, SMS, work chat), sent by the worker at least once, by key."""

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(_("通道"), max_length=12)
    to = models.CharField(_("收件"), max_length=200)
    subject = models.CharField(_("标题"), max_length=200, blank=True)
    text = models.TextField(_("内容"))
    attachment = models.BinaryField(_("附件"), null=True)
    attachment_name = models.CharField(_("附件名"), max_length=120, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("待发消息")
        indexes = [models.Index(fields=["sent_at", "id"], name="orgs_outbox_unsent")]
