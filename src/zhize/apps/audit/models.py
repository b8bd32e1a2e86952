"""The append-only log (ADR 0004): actor and thing by value, a hash chain per jurisdiction."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel


class Chain(models.Model):
    """The head of one chain; its row is locked last in every writing transaction."""

    code = models.CharField("链", max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField("序号", default=0)
    head = models.CharField("链头摘要", max_length=64, default="")

    class Meta:
        verbose_name = "审计链"


class Entry(ScopedModel):
    """One write. The database refuses UPDATE and DELETE (migration 0002); `apps.audit.chain` says what is hashed."""

    chain = models.CharField("链", max_length=80)
    seq = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间")
    type = models.CharField("类型", max_length=80)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=80)
    actor_username = models.CharField("账号", max_length=150, blank=True)
    hat = models.CharField("身份", max_length=200, blank=True)
    on_behalf_of = models.CharField("代", max_length=80, blank=True)
    channel = models.CharField("途径", max_length=20)
    thing_kind = models.CharField("事项类型", max_length=60, blank=True)
    thing_id = models.BigIntegerField("事项编号", null=True)
    before = models.JSONField("修改前", null=True)
    after = models.JSONField("修改后", null=True)
    note = models.TextField("说明", blank=True)
    rows_digest = models.CharField("批量行文件摘要", max_length=64, blank=True)
    request_id = models.CharField("请求编号", max_length=64, blank=True)
    prev_hash = models.CharField("前一摘要", max_length=64)
    hash = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "审计记录"
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_entry_chain_seq")]
        indexes = [
            models.Index(fields=["thing_kind", "thing_id", "-id"], name="audit_entry_thing"),
            models.Index(fields=["chain", "-at"], name="audit_entry_chain_at"),
            models.Index(fields=["chain", "type", "-id"], name="audit_entry_type"),
        ]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        """The acting hat's own chain; who may read it at all is `policies.may_read_log`."""
        return Q(chain=actor.jurisdiction_code) if actor.jurisdiction_code else NOTHING
