"""What a password must look like: rules/orgs/sign_in.yaml, the strictest of the person's jurisdictions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhize.apps.orgs import selectors
from zhize.kit import clock


def kinds_of(password: str) -> int:
    """How many kinds of characters: small letters, capitals, digits, all others (signs, Chinese).

    >>> kinds_of("abcABC123"), kinds_of("质量"), kinds_of("")
    (3, 1, 0)
    """
    return len(
        {
            "small"
            if "a" <= c <= "z"
            else "capital"
            if "A" <= c <= "Z"
            else "digit"
            if "0" <= c <= "9"
            else "other"
            for c in password
        }
    )


class RulePassword:
    """Django's validator interface over the rule in force today."""

    def validate(self, password: str, user: Any = None) -> None:
        rule = selectors.sign_in_rule(user, clock.today())
        wrong = []
        if len(password) < rule.password_min_length:
            wrong.append(_("口令至少 %(n)s 个字符") % {"n": rule.password_min_length})
        if kinds_of(password) < rule.password_kinds:
            wrong.append(
                _("口令须含小写字母、大写字母、数字、其他符号中的至少 %(n)s 类") % {"n": rule.password_kinds}
            )
        if user is not None and user.username and user.username.lower() in password.lower():
            wrong.append(_("口令不能包含账号名"))
        if user is not None and user.pk and selectors.password_reused(user, password, rule.password_history):
            wrong.append(_("不能与当前或最近 %(n)s 次用过的口令相同") % {"n": rule.password_history})
        if wrong:
            raise ValidationError(wrong)

    def get_help_text(self) -> str:
        rule = selectors.shipped_sign_in_rule(clock.today())
        return _("至少 %(n)s 个字符，含 %(k)s 类字符（小写、大写、数字、符号）。") % {
            "n": rule.password_min_length,
            "k": rule.password_kinds,
        }
