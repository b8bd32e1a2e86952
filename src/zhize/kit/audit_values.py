"""What may stand in an audit entry: plain values that both databases give back unchanged, and no secrets.

An entry can never be taken out again, so secrets and contents must not get in: values under a key whose last
word is a secret's name, bytes, and long texts (kept as beginning, length and SHA-256). Floats become text,
since PostgreSQL's jsonb writes 1e20 in another form than it was given and the hash would no longer agree.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "〔不予记录〕"
LONG = 10_000
# Samples: "password", "new_password2", "api-token", "clientSecret", "digest"; not "password_changed_at".
_SECRET = re.compile(
    r"(?:^|[_\-. ])(?:passwords?|passwd|pwd|tokens?|digest|secrets?|private_key|secret_key|recovery_codes?)\d*$"
)
# Sample: "clientSecret" is read as "client_Secret".
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def is_secret(key: str) -> bool:
    """Whether a field's name says that its value is a secret."""
    return bool(_SECRET.search(_CAMEL.sub("_", key).lower()))


def loggable(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The values as they may be logged. A yes or no, or nothing, under a secret's name is no secret."""
    if values is None:
        return None
    return {plain_text(str(key)): _plain(value, secret=is_secret(str(key))) for key, value in values.items()}


def _plain(value: Any, *, secret: bool = False) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if secret:
        return HIDDEN
    if isinstance(value, int):
        return value if abs(value) < 2**63 else str(value)
    if isinstance(value, Mapping):
        return loggable(value)
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [_plain(one) for one in items]
    if isinstance(value, bytes | bytearray | memoryview):
        return f"〔文件内容不予记录，{len(value)} 字节〕"
    return _short(plain_text(str(value)))


def plain_text(text: str) -> str:
    """Text both databases can hold: PostgreSQL knows no NUL, UTF-8 no half of a surrogate pair."""
    return text.replace("\x00", "␀").encode("utf-8", "replace").decode()


def _short(text: str) -> str:
    if len(text) <= LONG:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"{text[:200]}…〔全文 {len(text)} 字，SHA-256 {digest}〕"
