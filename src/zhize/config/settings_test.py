"""Settings of the test-suite: the product's own, with cheap password hashes and tasks that run at once."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("ZHIZE_HOME", tempfile.mkdtemp(prefix="zhize-test-"))
os.environ.setdefault("ZHIZE_SECRET_KEY", "test-only")

from zhize.config.settings import *  # noqa: F403
from zhize.config.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default"]}}
ALLOWED_HOSTS = ["*"]
ZHIZE_DEMO = (
    True  # the people of tests/world.py are demonstration people; tests of forced steps make their own
)
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real work: threads and a second process can open it, and locks behave as they will.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["ZHIZE_HOME"]) / "test.sqlite3")}
    # The data live for minutes: nothing waits for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
