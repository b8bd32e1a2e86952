"""By what a duty counts as done, as data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..kernel.errors import BadRule
from ..kernel.fields import Fields
from ..kernel.periods import Every


class Way(StrEnum):
    """The ways: once; n in the period; n in each sub-period; share of a set; statement in the summary; standing."""

    ONCE = "once"
    COUNTED = "counted"
    EACH = "each"
    COVERAGE = "coverage"
    STATEMENT = "statement"
    STANDING = "standing"

    @property
    def label(self) -> str:
        """Chinese word in traces and forms."""
        return {
            "once": "报送一次",
            "counted": "本期件数",
            "each": "各子周期件数",
            "coverage": "覆盖比例",
            "statement": "总结中说明",
            "standing": "常态履职",
        }[self.value]


class Source(StrEnum):
    """Where the counted things come from."""

    REGISTERS = "registers"
    SUBMISSIONS = "submissions"


ALLOWED: dict[Way, tuple[str, ...]] = {
    Way.ONCE: ("way", "accept_nil", "clause"),
    Way.COUNTED: ("way", "at_least", "source", "accept_nil", "clause"),
    Way.EACH: ("way", "every", "at_least", "source", "accept_nil", "clause"),
    Way.COVERAGE: ("way", "share", "clause"),
    Way.STATEMENT: ("way", "clause"),
    Way.STANDING: ("way", "clause"),
}


@dataclass(frozen=True, slots=True)
class DischargeRule:
    """One rule. `share` is a fraction in (0, 1]; `at_least` a number of things; `every` the sub-period of `each`."""

    way: Way
    at_least: int = 1
    every: Every = Every.QUARTER
    share: Decimal = Decimal(1)
    source: Source = Source.REGISTERS
    accept_nil: bool = False
    clause: str = ""

    @classmethod
    def from_mapping(cls, data: object, where: str = "rule") -> DischargeRule:
        """From data such as {way: counted, at_least: 4}. Options that mean nothing for the way are refused."""
        every_name = sorted({name for names in ALLOWED.values() for name in names})
        way = Fields(data, every_name, where).choice("way", Way)
        fields = Fields(data, ALLOWED[way], where)
        share = fields.decimal("share", "1") if way is Way.COVERAGE else Decimal(1)
        if not 0 < share <= 1:
            raise BadRule(
                f"比例 {share} 不合适",
                where=fields.place("share"),
                remedy='请填大于 0、不大于 1 的小数，95% 写成 "0.95"',
            )
        every = fields.choice("every", Every) if way is Way.EACH else Every.QUARTER
        if way is Way.EACH and every in (Every.ONCE, Every.YEAR):
            raise BadRule(
                "子周期要短于年度", where=fields.place("every"), remedy="可选：half、quarter、month"
            )
        return cls(
            way=way,
            at_least=fields.integer("at_least", 1, 1_000_000, 1),
            every=every,
            share=share,
            source=fields.choice("source", Source, Source.REGISTERS),
            accept_nil=fields.flag("accept_nil", False),
            clause=fields.text("clause", ""),
        )

    def to_mapping(self) -> dict[str, object]:
        """Back to data; `from_mapping` of it gives an equal value."""
        full: dict[str, object] = {
            "way": self.way.value,
            "at_least": self.at_least,
            "every": self.every.value,
            "share": format(self.share, "f"),
            "source": self.source.value,
            "accept_nil": self.accept_nil,
            "clause": self.clause,
        }
        return {name: full[name] for name in ALLOWED[self.way] if full[name] != ""}

    def words(self) -> str:
        """As an official reads it: 每季度不少于1件（台账）."""
        kind = "台账" if self.source is Source.REGISTERS else "材料"
        nil = "，可零报告" if self.accept_nil else ""
        if self.way is Way.COUNTED:
            return f"本期不少于{self.at_least}件（{kind}）{nil}"
        if self.way is Way.EACH:
            return f"{self.every.label}不少于{self.at_least}件（{kind}）{nil}"
        if self.way is Way.COVERAGE:
            return f"覆盖不低于{format((self.share * 100).normalize(), 'f')}%"
        return self.way.label + nil
