"""考核: schemes in force, rounds with their objects, what was claimed, checked, scored, objected to and sealed."""

from zhize.apps.assessment.models.drafts import SchemeDraft
from zhize.apps.assessment.models.entries import Entry, EntryEvidence
from zhize.apps.assessment.models.follow_ups import FollowUp
from zhize.apps.assessment.models.goals import GoalFiling
from zhize.apps.assessment.models.groups import GroupObject, ScoringGroup
from zhize.apps.assessment.models.ledger import LedgerItem
from zhize.apps.assessment.models.results import Appeal, AppealEvidence, Freeze, Score, Veto
from zhize.apps.assessment.models.rounds import INSIDE, Assessed, Round, Scorer
from zhize.apps.assessment.models.schemes import LocalReport, SchemeEdition
from zhize.apps.assessment.models.surveys import Survey, SurveyResult

__all__ = [
    "INSIDE",
    "Appeal",
    "AppealEvidence",
    "Assessed",
    "Entry",
    "EntryEvidence",
    "FollowUp",
    "Freeze",
    "GoalFiling",
    "GroupObject",
    "LedgerItem",
    "LocalReport",
    "Round",
    "SchemeDraft",
    "SchemeEdition",
    "Score",
    "Scorer",
    "ScoringGroup",
    "Survey",
    "SurveyResult",
    "Veto",
]
