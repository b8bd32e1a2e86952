"""The libraries' forms with our labels; what they check is theirs."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs import selectors
from zhize.kit import clock


def _label(form: Any, **labels: Any) -> None:
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, login=_("账号"), password=_("口令"))
        self.fields["password"].help_text = ""


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, oldpassword=_("现用口令"), password1=_("新口令"), password2=_("再输一遍新口令"))
        rule = selectors.sign_in_rule(self.user, clock.today())
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = _(
            "至少 %(n)s 个字符，含小写字母、大写字母、数字、其他符号中的 %(k)s 类；不能与最近 %(h)s 次相同。"
        ) % {"n": rule.password_min_length, "k": rule.password_kinds, "h": rule.password_history}


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, password=_("口令"))
        self.fields["password"].help_text = ""


def _code(form: Any) -> None:
    _label(form, code=_("动态口令"))
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class CodeForm(mfa.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)
        self.fields["code"].help_text = _("认证器应用中的六位数字；手机不在身边时，填一个备用码。")


class CodeAgainForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)
        self.fields["code"].help_text = _("认证器应用此刻显示的六位数字。")
