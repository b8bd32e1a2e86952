"""Settings of the test-suite: the product's own, with cheap password hashes and tasks that run at once."""

import os
import tempfile

os.environ.setdefault("ZHIZE_HOME", tempfile.mkdtemp(prefix="zhize-test-"))
os.environ.setdefault("ZHIZE_SECRET_KEY", "test-only")

from zhize.config.settings import *  # noqa: F403
from zhize.config.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default"]}}
ALLOWED_HOSTS = ["*"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
