"""What the pages across apps show, gathered from the apps below."""

from zhize.apps.portal.selectors.inbox import inbox_groups, kind_choices
from zhize.apps.portal.selectors.rollup import Roll, Rolled, roll_up

__all__ = ["Roll", "Rolled", "inbox_groups", "kind_choices", "roll_up"]
