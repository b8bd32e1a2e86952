"""What may stand in an audit entry for ever."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from zhize.apps.audit.models import Entry
from zhize.kit.actor import system_actor
from zhize.kit.audit import LogType, record, register_log_types
from zhize.kit.audit_values import HIDDEN, is_secret, loggable

CHANGED = LogType("tests.account.changed", "测试：修改账号")
register_log_types(CHANGED)


@pytest.mark.parametrize(
    "key",
    ["password", "Password", "new_password2", "api-token", "clientSecret", "digest", "token", "secret_key"],
)
def test_a_key_that_ends_in_a_secrets_name_is_secret(key: str) -> None:
    assert is_secret(key)


@pytest.mark.parametrize(
    "key", ["password_changed_at", "sha256", "secretary", "tokenised_text", "name", "rows"]
)
def test_a_key_that_only_resembles_one_is_not(key: str) -> None:
    assert not is_secret(key)


@pytest.mark.django_db
def test_an_entry_shows_that_a_password_changed_and_neither_the_old_nor_the_new(now: datetime) -> None:
    record(
        CHANGED,
        actor=system_actor("测试"),
        thing=None,
        now=now,
        before={
            "name": "甲",
            "password": "argon2$old",
            "nested": {"token": "t1"},
            "must_change_password": True,
        },
        after={
            "name": "乙",
            "password": "argon2$new",
            "nested": {"token": "t2"},
            "must_change_password": False,
        },
    )
    entry = Entry.objects.system("test").get()
    assert entry.before == {
        "name": "甲", "password": HIDDEN, "nested": {"token": HIDDEN}, "must_change_password": True,
    }  # fmt: skip
    assert entry.after["password"] == HIDDEN
    assert "argon2" not in str(Entry.objects.system("test").values().get())


def test_file_contents_and_endless_texts_do_not_get_in() -> None:
    kept = loggable({"scan": b"%PDF-1.7 secret body", "text": "质" * 50_000})
    assert kept
    assert kept["scan"] == "〔文件内容不予记录，20 字节〕"
    assert len(kept["text"]) < 400 and "全文 50000 字" in kept["text"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [
        1e20,
        0.1,
        float("nan"),
        Decimal("1.50"),
        date(2012, 3, 5),
        "a\x00b",
        "\ud800",
        2**70,
        {"丙", "甲"},
        (1, [None]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_a_service_hands_over_comes_back_as_it_was_hashed(value: Any, now: datetime) -> None:
    from zhize.apps.audit.selectors import Checkpoints, chain_verify

    record(CHANGED, actor=system_actor("测试"), thing=None, now=now, after={"值": value}, note=str(value))
    assert chain_verify("system", Checkpoints()).findings == []
