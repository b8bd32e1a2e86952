"""Settings of the sign-in libraries: accounts are given out by the office, nobody registers (ADR 0010).

From the environment (docs/operations.md):
  ZHIZE_OIDC_ID, ZHIZE_OIDC_SECRET   the client registered with the government's own identity provider
  ZHIZE_OIDC_URL                     its address; `/.well-known/openid-configuration` is added where missing
  ZHIZE_OIDC_NAME                    what stands on the button, 统一身份认证 by default
  ZHIZE_PROXIES                      how many proxies of ours stand in front (0): whose X-Forwarded-For is believed
All three of ID, SECRET and URL are needed for the button to appear. The provider's `preferred_username` must be
the account's name here, and must not be something its users can choose: it decides who signs in as whom.
The provider's redirect address is `/account/oidc/callback/`.
"""

from __future__ import annotations

import os
from typing import Any

OIDC_PROVIDER = "oidc"


def oidc_providers() -> dict[str, Any]:
    """The one provider of the environment, or none."""
    read = os.environ.get
    client, secret, url = read("ZHIZE_OIDC_ID"), read("ZHIZE_OIDC_SECRET"), read("ZHIZE_OIDC_URL")
    if not (client and secret and url):
        return {}
    app = {
        "provider_id": OIDC_PROVIDER,
        "name": os.environ.get("ZHIZE_OIDC_NAME", "统一身份认证"),
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


_HERE = "zhize.apps.orgs.sign_in"

ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_ADAPTER = f"{_HERE}.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": f"{_HERE}.forms.LoginForm",
    "change_password": f"{_HERE}.forms.ChangePasswordForm",
    "reauthenticate": f"{_HERE}.forms.ReauthenticateForm",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# The lock-out is axes' business, per account and address. These are only a brake: on guessing from one address
# through many accounts (an office behind one address stays far below), and on guessing one-time codes.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "10/10m/key",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ZHIZE_PROXIES", "0"))

SOCIALACCOUNT_ADAPTER = f"{_HERE}.adapters.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = oidc_providers()
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = False
# A link, not a form: `form-action 'self'` of the CSP would stop the redirect to the provider after a POST.
# Worst case of a forged link: the person signs in as the own account.
SOCIALACCOUNT_LOGIN_ON_GET = True

MFA_ADAPTER = f"{_HERE}.adapters.MfaAdapter"
MFA_FORMS = {
    "authenticate": f"{_HERE}.forms.CodeForm",
    "reauthenticate": f"{_HERE}.forms.CodeAgainForm",
    "activate_totp": f"{_HERE}.forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "质责"
USERSESSIONS_TRACK_ACTIVITY = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_HERE}.passwords.RulePassword"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Values come from rules/orgs/sign_in.yaml and the jurisdiction's own version, read when somebody signs in.
AXES_FAILURE_LIMIT = f"{_HERE}.lockout.failure_limit"
AXES_COOLOFF_TIME = f"{_HERE}.lockout.cool_off"
AXES_USERNAME_CALLABLE = f"{_HERE}.lockout.tried_username"
AXES_CLIENT_IP_CALLABLE = f"{_HERE}.lockout.client_address"
AXES_LOCKOUT_CALLABLE = f"{_HERE}.lockout.locked_page"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["login", "code", "oldpassword", "password1", "password2"]
AXES_VERBOSE = False

# How long a session may last and idle is the rule's (sign_in.middleware); this only bounds the row in the table.
SESSION_COOKIE_AGE = 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
