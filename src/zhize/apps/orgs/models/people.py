"""People and their posts (hats), delegations, tokens."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs.models.regions import Jurisdiction
from zhize.apps.orgs.models.units import Unit
from zhize.kit.actor import Actor
from zhize.kit.scope import NOTHING, ScopedModel
from zhize.kit.versioned import Versioned


class Role(models.TextChoices):
    """The roles of rules/orgs/roles.yaml in words (a test holds both lists together)."""

    LEADER = "leader", _("领导")
    OFFICE_DIRECTOR = "office_director", _("办公室主任")
    OFFICE_STAFF = "office_staff", _("办公室工作人员")
    UNIT_HEAD = "unit_head", _("单位负责人")
    LIAISON = "liaison", _("联络员")
    CLERK = "clerk", _("经办人")
    ASSESSOR = "assessor", _("考核员")
    INSPECTOR = "inspector", _("检查员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("安全审计员")
    EXTERNAL_AUDITOR = "external_auditor", _("外部审计")


# Role codes by where their power lies.
UNIT_ROLES = frozenset({"unit_head", "liaison", "clerk"})
ADMIN_ROLES = frozenset({"system_admin", "security_admin", "audit_admin"})
GUARDED_ROLES = ADMIN_ROLES | {"external_auditor"}


class UserManager(BaseUserManager["User"]):
    """Accounts are looked up by name at sign-in, before any scope exists: the one unscoped model."""


class User(AbstractBaseUser, Versioned):
    """A person with an account. What the person may do comes from posts, never from the account."""

    class BriefRule(models.TextChoices):
        NONE = "none", _("不发")
        DAILY = "daily", _("每个工作日")
        WEEKLY = "weekly", _("每周")

    username = models.CharField(
        _("账号"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    is_demo = models.BooleanField(_("演示数据"), default=False)
    daily_digest = models.BooleanField(
        _("每日提醒"), default=True, help_text=_("每天一条消息：几天内到期和新到的待办")
    )
    brief_rule = models.CharField(
        _("领导一页发到邮箱"), max_length=8, choices=BriefRule, default=BriefRule.NONE,
        help_text=_("一页 A4 的 PDF，不登录也能看；只发给领导和办公室的岗位"),
    )  # fmt: skip
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)
    valid_until = models.DateField(_("账号有效期至"), null=True, blank=True)
    created_at = models.DateTimeField(_("建立时间"), null=True, blank=True)
    created_by_id = models.BigIntegerField(_("建立人编号"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("人员")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class OldPassword(models.Model):
    """The digest of a password the person had, kept only to refuse its return; never shown, never exported."""

    user = models.ForeignKey(
        User, verbose_name=_("人员"), on_delete=models.CASCADE, related_name="old_passwords"
    )
    digest = models.CharField(max_length=128)
    replaced_at = models.DateTimeField(_("停用时间"))

    class Meta:
        verbose_name = _("用过的口令")
        indexes = [models.Index(fields=["user", "-replaced_at"], name="orgs_oldpassword_user")]


class Post(ScopedModel, Versioned):
    """岗位: a person's hat - a unit, a role, a jurisdiction, dated. One role a post; several posts a person."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("辖区"), on_delete=models.PROTECT, related_name="posts"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="posts")
    user = models.ForeignKey(User, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    title = models.CharField(_("岗位名称"), max_length=60)
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至"), null=True, blank=True)
    preferred = models.BooleanField(
        _("默认岗位"), default=False, help_text=_("有多个岗位时，登录后先用这一个")
    )

    class Meta:
        verbose_name = _("岗位")
        indexes = [
            models.Index(fields=["user", "ends_on"], name="orgs_post_user"),
            models.Index(fields=["jurisdiction", "unit"], name="orgs_post_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "jurisdiction", "role", "starts_on"], name="orgs_post_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Delegation(ScopedModel, Versioned):
    """委托代办: another person may wear this post's hat between two dates; every write names both."""

    post = models.ForeignKey(
        Post, verbose_name=_("岗位"), on_delete=models.PROTECT, related_name="delegations"
    )
    deputy = models.ForeignKey(
        User, verbose_name=_("受托人"), on_delete=models.PROTECT, related_name="deputised"
    )
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至"))
    reason = models.CharField(_("事由"), max_length=200)
    revoked_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("委托")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="orgs_delegation_dates",
                violation_error_message=_("结束日期不能早于开始日期"),
            )
        ]

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(post__jurisdiction_id=actor.jurisdiction_id)


class ApiToken(ScopedModel):
    """A program's key to act under one post, for named scopes; only its digest is kept."""

    post = models.ForeignKey(Post, verbose_name=_("岗位"), on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(_("用途"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("权限范围"), default=list)
    created_at = models.DateTimeField(_("建立时间"))
    expires_on = models.DateField(_("有效期至"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")

    @classmethod
    def scope_q(cls, actor: Actor) -> Q:
        if actor.jurisdiction_id is None:
            return NOTHING
        return Q(post__jurisdiction_id=actor.jurisdiction_id)
