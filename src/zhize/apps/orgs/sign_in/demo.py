"""The accounts of a demonstration (演示数据), shown on the sign-in page and at the start of `make run`."""

from __future__ import annotations

import os

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zhize.apps.orgs import selectors

# user name and what the person is
SHOWN = (
    ("gs-office", _("省领导小组办公室工作人员")),
    ("gs-office-director", _("省领导小组办公室主任")),
    ("gs-leader", _("省领导小组领导")),
    ("gs-zjj", _("省质监局联络员")),
    ("gs-nmt", _("省农牧厅联络员")),
    ("gs-zjj-office", _("一人两岗：省质监局经办人、省领导小组办公室工作人员")),
    ("lz-office", _("兰州市领导小组办公室")),
    ("gs-sysadmin", _("系统管理员")),
    ("gs-auditadmin", _("安全审计员")),
    # of `zhize demo --scale nation`
    ("d010000-office", _("省办公室工作人员（全国规模）")),
    ("d010000-director", _("省办公室主任（全国规模）")),
    ("d010000-leader", _("省领导小组组长（全国规模）")),
    ("d010000-m01", _("省质监厅联络员（全国规模）")),
    ("d010100-office", _("市办公室工作人员（全国规模）")),
    ("d010101-office", _("县办公室工作人员（全国规模）")),
    ("d010101-director", _("县办公室主任（全国规模）")),
)


def demo_password() -> str:
    """One password for all accounts of the demonstration; an operator may choose another."""
    return os.environ.get("ZHIZE_DEMO_PASSWORD", "Zhize-demo-2012")


def shown_accounts() -> list[tuple[str, str, str]]:
    """(user name, password, who) of the demonstration's people that are there; nothing in real work."""
    return accounts_there() if settings.ZHIZE_DEMO else []


def accounts_there() -> list[tuple[str, str, str]]:
    """The same, whatever this process was told when it started."""
    there = selectors.demo_usernames([username for username, _who in SHOWN])
    return [(username, demo_password(), str(who)) for username, who in SHOWN if username in there]
