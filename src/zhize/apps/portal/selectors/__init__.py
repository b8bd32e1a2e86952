"""What the pages across apps show, gathered from the apps below."""

from zhize.apps.portal.selectors.inbox import InboxRow, inbox_rows
from zhize.apps.portal.selectors.rollup import Roll, Rolled, roll_up

__all__ = ["InboxRow", "Roll", "Rolled", "inbox_rows", "roll_up"]
