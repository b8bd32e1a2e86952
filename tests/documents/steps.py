"""What each step of a document is given in tests, which steps lead to each state, and papers to record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.kit import bad_files as make
from tests.world import World

from zhize.apps.documents import services
from zhize.apps.documents.models import Issuer

SIGNED = date(2012, 3, 5)
PAPER: dict[str, Any] = {"by_name": "某同志（演示）", "on": SIGNED}
GIVEN: dict[str, dict[str, Any]] = {
    "check": {},
    "return": {"reason": "修改标题"},
    "ask": {},
    "countersign": {},
    "register": {"number": "甘政办发〔2012〕99号", "signed_by": "秘书长（演示）", "signed_on": SIGNED},
    "sign": {"signed_by": "主任（演示）", "signed_on": SIGNED},
    "recheck": PAPER,
    "seal": PAPER,
    "issue": {"dated_on": SIGNED},
    "archive": {},
    "void": {"reason": "不再发文"},
    "edit": {"data": {"note": "联系人：演示"}},
}
WAYS = {
    "draft": (),
    "checked": ("check",),
    "signed": ("check", "sign"),
    "rechecked": ("check", "sign", "recheck"),
    "sealed": ("check", "sign", "recheck", "seal"),
    "issued": ("check", "sign", "issue"),
    "archived": ("check", "sign", "issue", "archive"),
    "voided": ("void",),
}
SERVICES: dict[str, Callable[..., Any]] = {
    name: getattr(services, f"official_{'update' if name == 'edit' else name}") for name in GIVEN
}


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("原件.pdf", make.pdf_file())


def outside(world: World) -> Issuer:
    """The government office, which signs and numbers itself."""
    return Issuer.objects.create(
        jurisdiction=world.jurisdiction["gs"],
        unit=world.unit["lz_gov"],
        name="省政府办公厅",
        is_external=True,
    )
