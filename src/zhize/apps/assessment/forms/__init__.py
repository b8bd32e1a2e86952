"""Forms of this app."""

from zhize.apps.assessment.forms.criteria import CriterionForm, criterion_initial
from zhize.apps.assessment.forms.drafts import RegisterForm, StartForm, WholeForm, whole_initial
from zhize.apps.assessment.forms.facts import FactsForm, facts_form, initial_of
from zhize.apps.assessment.forms.follow_ups import LookForm
from zhize.apps.assessment.forms.goals import GoalsForm
from zhize.apps.assessment.forms.groups import ScoringGroupForm
from zhize.apps.assessment.forms.ledger import LedgerForm, WithdrawForm
from zhize.apps.assessment.forms.results import (
    AnswerForm,
    AppealForm,
    ApproveForm,
    LiftForm,
    NoticeForm,
    ReportForm,
    ReturnForm,
    SheetsForm,
    VetoForm,
)
from zhize.apps.assessment.forms.rounds import MoveForm, OpeningForm, RoundForm, cut_off_of
from zhize.apps.assessment.forms.self_evaluation import LeafFields, SelfForm
from zhize.apps.assessment.forms.surveys import SurveyForm

__all__ = [
    "AnswerForm",
    "AppealForm",
    "ApproveForm",
    "CriterionForm",
    "FactsForm",
    "GoalsForm",
    "LeafFields",
    "LedgerForm",
    "LiftForm",
    "LookForm",
    "MoveForm",
    "NoticeForm",
    "OpeningForm",
    "RegisterForm",
    "ReportForm",
    "ReturnForm",
    "RoundForm",
    "ScoringGroupForm",
    "SelfForm",
    "SheetsForm",
    "StartForm",
    "SurveyForm",
    "VetoForm",
    "WholeForm",
    "WithdrawForm",
    "criterion_initial",
    "cut_off_of",
    "facts_form",
    "initial_of",
    "whole_initial",
]
