"""What the sign-in library asks of us: nobody registers, accounts are given out; words; secrets at rest."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs import selectors, services
from zhize.kit import clock

# What the library says after a step; what stands not here goes without saying.
SAID = {
    "account/messages/logged_out.txt": _("已退出登录。"),
    "account/messages/password_changed.txt": _("口令已修改，其他设备上的登录已失效。"),
    "mfa/messages/totp_activated.txt": _("动态口令已启用。请保存备用码。"),
    "mfa/messages/totp_deactivated.txt": _("动态口令已停用。"),
    "mfa/messages/recovery_codes_generated.txt": _("已生成新的备用码，旧的作废。"),
    "socialaccount/messages/account_connected.txt": _("已关联统一身份认证。"),
    "socialaccount/messages/account_disconnected.txt": _("已解除关联。"),
    "socialaccount/messages/account_connected_other.txt": _("这个身份已关联到另一个账号，请联系系统管理员。"),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from the administrator."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("这个账号已停用，请联系系统管理员。"),
        "enter_current_password": _("现用口令不正确。"),
        "incorrect_password": _("口令不正确。"),
        "incorrect_code": _("动态口令不正确。请核对手机时间是否准确，输入最新的六位数字。"),
        "too_many_login_attempts": _("尝试次数过多，请十分钟后再试。"),
        "rate_limited": _("尝试次数过多，请十分钟后再试。"),
        "username_password_mismatch": _("账号或口令不正确。请核对大小写；忘记口令的，请系统管理员重置。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if words := message or SAID.get(message_template or ""):
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Failures are counted by axes, per account and address; the library's own count knows only the account."""

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """The password (or the provider) was right; may this account come in today?"""
        if response := super().pre_login(request, user, **kwargs):
            return response  # type: ignore[no-any-return]
        if user.valid_until is not None and user.valid_until < clock.today():
            clear_login(request)
            return render(request, "account/account_expired.html", {"until": user.valid_until}, status=403)
        return None

    def set_password(self, user: Any, password: str) -> None:
        actor = selectors.sign_in_actor(
            user, clock.today(), request_id=getattr(self.request, "request_id", "")
        )
        services.password_choose(user=user, password=password, actor=actor, now=clock.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse(settings.LOGIN_REDIRECT_URL)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {"reauthenticate": _("用口令"), "mfa_reauthenticate": _("用动态口令")}
        return [
            m | {"description": words.get(m["id"], m["description"])}
            for m in super().get_reauthentication_methods(user)
        ]


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A single sign-on identity connects to an account that already exists, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """First time: the provider's `preferred_username` names the account. Unknown or locked: a page in words."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        data = sociallogin.account.extra_data
        claims = data.get("userinfo") or data.get("id_token") or data
        name = str(claims.get("preferred_username") or "")
        user = selectors.account_named(name) if name else None
        if user is None or not user.is_active:
            page = render(request, "socialaccount/no_account.html", {"username": name}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, user)


def _box() -> Fernet:
    key = hashlib.sha256(b"zhize.mfa:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """One-time codes: seeds encrypted under the signing key, so that a stolen database gives no codes."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("您的辖区或角色要求使用动态口令，不能停用。"),
        "cannot_generate_recovery_codes": _("启用动态口令后才有备用码。"),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        today = clock.today()
        return not any(
            selectors.totp_demanded(hat, today) for hat in selectors.hats_of(authenticator.user, today)
        )
