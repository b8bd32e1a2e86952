"""A formula cut into tokens. Full-width signs and the signs of a pocket calculator are read as well: （）＋×÷％."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from ..kernel.errors import BadRule

LONGEST = 500
SAME = str.maketrans("（）＋－−×÷／％，＊", "()+--*//%,*")
# Sample: “product.spot_check.passed”, “同比”, “0.5”, “100%”, “(”
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?P<share>\s*%)?|(?P<name>[^\W\d][\w.]*)|(?P<sign>[-+*/(),]))"
)


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    SHARE = "share"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """`at` counts characters from 1, as a person does."""

    kind: Kind
    text: str
    at: int


def place(at: int) -> str:
    """Where in a formula: 第 12 个字."""
    return f"第 {at} 个字"


def tokens(text: str) -> list[Token]:
    """All tokens and an END. Raises `BadRule` at the first character that belongs to none."""
    if len(text) > LONGEST:
        raise BadRule(
            f"公式有 {len(text)} 个字",
            where=place(LONGEST),
            remedy=f"请拆成几张指标卡，每个公式不超过 {LONGEST} 个字",
        )
    source, at, found = text.translate(SAME), 0, []
    while source[at:].strip():
        match = TOKEN.match(source, at)
        if match is None:
            at += len(source[at:]) - len(source[at:].lstrip())
            raise BadRule(
                f"不认识“{text[at]}”",
                where=place(at + 1),
                remedy="公式里可用：指标代码、数字、+ - * / ( ) 和函数",
            )
        group = next(name for name in ("number", "name", "sign") if match[name])
        kind = Kind.SHARE if match["share"] else Kind(group)
        found.append(Token(kind, match[group], match.start(group) + 1))
        at = match.end()
    return [*found, Token(Kind.END, "", len(text) + 1)]
