"""/account/…: the pages we have. Registration, e-mail, reset by mail and the rest of the libraries are not routed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as sso
from django.urls import path

from zhize.apps.orgs.views import sign_in

urlpatterns = [
    path("login/", sign_in.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("expired/", sign_in.expired, name="session_expired"),
    path("password/", sign_in.password_change, name="account_change_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("sessions/", sign_in.sessions, name="usersessions_list"),
    path("sessions/end/", sign_in.session_end, name="session_end"),
    path("codes/", mfa.index, name="mfa_index"),
    path("codes/enter/", mfa.authenticate, name="mfa_authenticate"),
    path("codes/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("codes/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("codes/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/spare/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/spare/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("connections/", sso.connections, name="socialaccount_connections"),
    path("oidc/cancelled/", sso.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/error/", sso.login_error, name="socialaccount_login_error"),
    path("<slug:provider_id>/login/", sign_in.provider_login, name="openid_connect_login"),
    path("<slug:provider_id>/callback/", sign_in.provider_callback, name="openid_connect_callback"),
]
