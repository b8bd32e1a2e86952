"""Rule editions: every number a regulation could change is dated data with its source (ADR 0005).

`rule("files/limits", on=today, jurisdiction=code)` gives the values in force that day: the shipped edition,
overlaid by the jurisdiction's own version where one is in force.
"""

from zhize.kit.rules.editions import Rule, RuleValue, edition_write, editions_of, rule, rule_as
from zhize.kit.rules.load import RuleError, Shipped, load_file, register_schema, shipped, shipped_names

__all__ = [
    "Rule",
    "RuleError",
    "RuleValue",
    "Shipped",
    "edition_write",
    "editions_of",
    "load_file",
    "register_schema",
    "rule",
    "rule_as",
    "shipped",
    "shipped_names",
]
