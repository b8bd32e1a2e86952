"""Forms of this app."""

from zhize.apps.assessment.forms.facts import FactsForm, facts_form, initial_of
from zhize.apps.assessment.forms.results import (
    AnswerForm,
    AppealForm,
    ApproveForm,
    LiftForm,
    ReportForm,
    ReturnForm,
    SheetsForm,
    VetoForm,
)
from zhize.apps.assessment.forms.rounds import MoveForm, RoundForm, SchemeForm
from zhize.apps.assessment.forms.self_evaluation import LeafFields, SelfForm

__all__ = [
    "AnswerForm",
    "AppealForm",
    "ApproveForm",
    "FactsForm",
    "LeafFields",
    "LiftForm",
    "MoveForm",
    "ReportForm",
    "ReturnForm",
    "RoundForm",
    "SchemeForm",
    "SelfForm",
    "SheetsForm",
    "VetoForm",
    "facts_form",
    "initial_of",
]
