"""The things of this app as lists, exports and the API know them."""

from zhize.apps.assessment.specs.ledger import LEDGER_ITEM
from zhize.apps.assessment.specs.lists import DRAFT, LOCAL_REPORT, ROUND, SCHEME, register
from zhize.apps.assessment.specs.surveys import SURVEY_RESULT

__all__ = ["DRAFT", "LEDGER_ITEM", "LOCAL_REPORT", "ROUND", "SCHEME", "SURVEY_RESULT", "register"]
