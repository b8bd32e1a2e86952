"""Settings of the product. What an operator may set comes from the environment (docs/operations.md)."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF

PACKAGE_DIR = Path(__file__).resolve().parent.parent
ZHIZE_HOME = Path(os.environ.get("ZHIZE_HOME", "var")).absolute()
ZHIZE_HOME.mkdir(parents=True, exist_ok=True)
# The checkout's reference data (the first register); an installed wheel names its own copy.
REFERENCE_DIR = Path(os.environ.get("ZHIZE_REFERENCE", PACKAGE_DIR.parent.parent / "reference")).absolute()
RULES_DIR = PACKAGE_DIR / "rules"


def _secret_key() -> str:
    """The signing key: from the environment, else made once and kept beside the data, readable by the owner only."""
    if key := os.environ.get("ZHIZE_SECRET_KEY"):
        return key
    path = ZHIZE_HOME / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


# A demonstration held in another year: the date every page and light goes by (docs/operations.md). The variable fixes
# it; else it is what the file says at the moment, so that days pass while the product runs.
ZHIZE_CLOCK = os.environ.get("ZHIZE_CLOCK", "")
ZHIZE_CLOCK_FILE = ZHIZE_HOME / "demonstration"


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


# A demonstration (演示数据): its accounts stand on the sign-in page and are spared forced changes and codes.
ZHIZE_DEMO = _flag("ZHIZE_DEMO", ZHIZE_CLOCK_FILE.exists())

SECRET_KEY = _secret_key()
DEBUG = _flag("ZHIZE_DEBUG")
ALLOWED_HOSTS = os.environ.get("ZHIZE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ZHIZE_ORIGINS", "").split(",") if o]
_HTTPS = _flag("ZHIZE_HTTPS")

INSTALLED_APPS = [
    "zhize.apps.portal",
    "zhize.apps.api",
    "zhize.apps.assessment",
    "zhize.apps.inspection",
    "zhize.apps.work",
    "zhize.apps.registers",
    "zhize.apps.metrics",
    "zhize.apps.regulations",
    "zhize.apps.requests",
    "zhize.apps.documents",
    "zhize.apps.years",
    "zhize.apps.orgs",
    "zhize.apps.audit",
    "zhize.kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_filters",
    "django_tasks",
    "ninja",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhize.kit.requests.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhize.apps.orgs.hats.HatMiddleware",
    "zhize.kit.files.early.UploadLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhize.apps.orgs.sign_in.middleware.SignInMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "zhize.config.urls"
WSGI_APPLICATION = "zhize.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "zhize.kit.jinja.environment",
            "context_processors": ["zhize.kit.jinja.request_context"],
        },
    },
    {  # only for packages that bring Django templates (API documentation)
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
FORM_RENDERER = "zhize.kit.jinja.FormRenderer"

DATABASES = {
    "default": dj_database_url.config(
        env="ZHIZE_DATABASE_URL",
        default=f"sqlite:///{ZHIZE_HOME / 'zhize.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-20000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:inbox"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ZHIZE_HOME / "static"
STATICFILES_DIRS = [PACKAGE_DIR / "static"]
MEDIA_ROOT = ZHIZE_HOME / "files"
# Names with digests once collected; while collecting, the storage that makes them must already be chosen.
_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() or "collectstatic" in sys.argv
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _COLLECTED
WHITENOISE_AUTOREFRESH = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
if _HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CSRF_FAILURE_VIEW = "zhize.kit.error_pages.csrf_failed"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = (
    500  # a drop of returned packs; each file is checked by itself, and the body as a whole is limited
)
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

from zhize.config.sign_in import *  # noqa: E402, F403  (rules of signing in, apart because they are many)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ZHIZE_LOG", "WARNING")},
}

# Mail leaves through a server the operator names: smtp://user:password@host:587 (STARTTLS), smtps://… (TLS), or smtp+plain://…
_MAIL = urlsplit(os.environ.get("ZHIZE_MAIL_URL", ""))
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_PORT = _MAIL.port or {"smtps": 465, "smtp": 587}.get(_MAIL.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_MAIL.username or ""), unquote(_MAIL.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.scheme == "smtps", _MAIL.scheme == "smtp"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("ZHIZE_MAIL_FROM", EMAIL_HOST_USER)
