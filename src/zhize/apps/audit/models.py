"""The append-only log (ADR 0004): actor and thing by value, a hash chain per jurisdiction, signed checkpoints."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.kit.actor import Actor
from zhize.kit.append_only import Guard
from zhize.kit.scope import NOTHING, ScopedModel


class _OfOneChain(ScopedModel):
    """Rows of a chain: seen from the jurisdiction whose chain it is; who may read at all is in `policies`."""

    class Meta:
        abstract = True

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        return Q(chain=actor.jurisdiction_code) if actor.jurisdiction_code else NOTHING


class Chain(models.Model):
    """The head of one chain; its row is locked last in every writing transaction."""

    code = models.CharField(_("链"), max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField(_("序号"), default=0)
    head = models.CharField(_("链头摘要"), max_length=64, default="")

    class Meta:
        verbose_name = _("审计链")


class Entry(_OfOneChain):
    """One write. The database refuses UPDATE and DELETE (migration 0002); `core.audit.chain` says what is hashed."""

    chain = models.CharField(_("链"), max_length=80)
    seq = models.PositiveBigIntegerField(_("序号"))
    at = models.DateTimeField(_("时间"))
    type = models.CharField(_("类型"), max_length=80)
    actor_id = models.BigIntegerField(_("操作人编号"), null=True)
    actor_name = models.CharField(_("操作人"), max_length=80)
    actor_username = models.CharField(_("账号"), max_length=150, blank=True)
    hat = models.CharField(_("身份"), max_length=200, blank=True)
    on_behalf_of = models.CharField(_("代"), max_length=80, blank=True)
    channel = models.CharField(_("途径"), max_length=20)
    thing_kind = models.CharField(_("事项类型"), max_length=60, blank=True)
    thing_id = models.BigIntegerField(_("事项编号"), null=True)
    before = models.JSONField(_("修改前"), null=True)
    after = models.JSONField(_("修改后"), null=True)
    note = models.TextField(_("说明"), blank=True)
    rows_digest = models.CharField(_("批量行文件摘要"), max_length=64, blank=True)
    request_id = models.CharField(_("请求编号"), max_length=64, blank=True)
    prev_hash = models.CharField(_("前一摘要"), max_length=64)
    hash = models.CharField(_("摘要"), max_length=64)

    class Meta:
        verbose_name = _("审计记录")
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_entry_chain_seq")]
        indexes = [
            models.Index(fields=["thing_kind", "thing_id", "-id"], name="audit_entry_thing"),
            models.Index(fields=["chain", "-at"], name="audit_entry_chain_at"),
            models.Index(fields=["chain", "type", "-seq"], name="audit_entry_type"),
        ]


class Checkpoint(_OfOneChain):
    """A signed statement that at a time a chain had this many entries and this head; append-only too."""

    chain = models.CharField(_("链"), max_length=80)
    seq = models.PositiveBigIntegerField(_("序号"))
    head = models.CharField(_("链头摘要"), max_length=64)
    at = models.DateTimeField(_("时间"))
    key = models.CharField(_("公钥编号"), max_length=16)
    signature = models.CharField(_("签名"), max_length=128)

    class Meta:
        verbose_name = _("审计检查点")
        indexes = [models.Index(fields=["chain", "-seq"], name="audit_checkpoint_chain")]


class Export(_OfOneChain):
    """A bundle handed out of the house. An account gets one, so `user_id` is unique (empty: the operator's)."""

    chain = models.CharField(_("链"), max_length=80)
    seq = models.PositiveBigIntegerField(_("截至序号"))
    at = models.DateTimeField(_("时间"))
    user_id = models.BigIntegerField(_("人员编号"), null=True, unique=True)
    reason = models.CharField(_("用途"), max_length=200)
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    stored_as = models.CharField(_("存放位置"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("审计导出")


_WORDS = "审计记录只能追加，不能修改或删除；更正请另记一条"
GUARDS = (
    Guard("audit_entry", _WORDS, keys=(("id",), ("chain", "seq"))),
    Guard("audit_chain", "审计链的链头不能删除", refuse=("DELETE",), keys=(("code",),)),
    Guard("audit_checkpoint", _WORDS, keys=(("id",),)),
    Guard("audit_export", _WORDS, keys=(("id",), ("user_id",))),
)
