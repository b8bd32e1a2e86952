"""Formula → tree, by recursive descent. A refusal names the place in the text and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from ..kernel.errors import BadRule
from .syntax import BY_NAME, FUNCTIONS, Binary, Call, Negative, Node, Number, Ref, refs
from .tokens import Kind, Token, place, tokens

DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula that was understood: its text, its tree, and the codes of the cards it uses, in order, each once."""

    text: str
    tree: Node
    uses: tuple[str, ...]


def parse(text: str) -> Expression:
    """Reads a formula such as `ratio(passed, checked)`. Raises `BadRule` with place and remedy."""
    reader = _Reader(tokens(text))
    tree = reader.sum(0)
    reader.end()
    uses = tuple(dict.fromkeys(ref.code for ref in refs(tree)))
    if not uses:
        raise BadRule(
            "公式里没有指标", where=place(1), remedy="请写出用到的指标代码；固定的数应作为目标值录入"
        )
    return Expression(text, tree, uses)


class _Reader:
    """Walks the tokens once; each method reads one level of precedence."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens, self._next = found, 0

    @property
    def now(self) -> Token:
        return self._tokens[self._next]

    def take(self) -> Token:
        token = self.now
        self._next += 1
        return token

    def sign(self, signs: str) -> bool:
        return self.now.kind is Kind.SIGN and self.now.text in signs

    def end(self) -> None:
        if self.now.kind is not Kind.END:
            extra = self.now
            remedy = "多了一个右括号" if extra.text == ")" else "两个数之间缺少 + - * / 或逗号"
            raise BadRule(
                f"“{extra.text}”之前公式已经写完", where=place(extra.at), remedy=f"请核对：{remedy}"
            )

    def sum(self, depth: int) -> Node:
        """a + b - c."""
        node = self.product(depth)
        while self.sign("+-"):
            token = self.take()
            node = Binary(token.text, node, self.product(depth), token.at)
        return node

    def product(self, depth: int) -> Node:
        """a * b / c."""
        node = self.one(depth)
        while self.sign("*/"):
            token = self.take()
            node = Binary(token.text, node, self.one(depth), token.at)
        return node

    def one(self, depth: int) -> Node:
        """A number, a card, a call, something in brackets, or a minus before one of them."""
        if depth > DEEPEST:
            raise BadRule(
                f"括号和函数套了 {DEEPEST} 层以上", where=place(self.now.at), remedy="请拆成几张指标卡"
            )
        token = self.take()
        if token.kind in (Kind.NUMBER, Kind.SHARE):
            is_share = token.kind is Kind.SHARE
            value = Decimal(token.text)
            return Number(value / 100 if is_share else value, is_share, token.at)
        if token.kind is Kind.NAME:
            return self.call(token, depth) if self.sign("(") else Ref(_whole(token), token.at)
        if token.text == "-":
            return Negative(self.one(depth + 1), token.at)
        if token.text == "(":
            node = self.sum(depth + 1)
            self.close(token)
            return node
        where = place(token.at)
        if token.kind is Kind.END:
            raise BadRule("公式没有写完", where=where, remedy="请在末尾补上指标代码或数字")
        raise BadRule(
            f"“{token.text}”这里应是指标代码、数字或函数", where=where, remedy="请补上，或删去多余的符号"
        )

    def call(self, name: Token, depth: int) -> Node:
        """name(a, b, …)."""
        function = BY_NAME.get(name.text)
        if function is None:
            near = get_close_matches(name.text, BY_NAME, n=1, cutoff=0.5)
            hint = f"是否想写“{near[0]}”？" if near else ""
            known = "、".join(f"{one.name}（{one.zh}）" for one in FUNCTIONS.values())
            raise BadRule(f"没有“{name.text}”这个函数", where=place(name.at), remedy=f"{hint}可用：{known}")
        opened = self.take()
        args: list[Node] = []
        while not self.sign(")"):
            args.append(self.sum(depth + 1))
            if not self.sign(","):
                break
            self.take()
        self.close(opened)
        if not function.least <= len(args) <= function.most:
            wanted = (
                str(function.least)
                if function.least == function.most
                else f"{function.least} 至 {function.most}"
            )
            raise BadRule(
                f"{function.name}（{function.zh}）写了 {len(args)} 项",
                where=place(name.at),
                remedy=f"请写 {wanted} 项，用逗号分开",
            )
        return Call(function.name, tuple(args), name.at)

    def close(self, opened: Token) -> None:
        if not self.sign(")"):
            raise BadRule(
                "括号没有合上", where=place(self.now.at), remedy=f"请补上与第 {opened.at} 个字对应的右括号"
            )
        self.take()


def _whole(token: Token) -> str:
    if token.text.endswith(".") or ".." in token.text:
        raise BadRule(
            f"指标代码“{token.text}”不完整",
            where=place(token.at),
            remedy="代码写作 product.spot_check.passed 这样",
        )
    return token.text
