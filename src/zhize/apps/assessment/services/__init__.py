"""Writes of this app: a scheme kept, a round carried from self-evaluation to the circular, seals and bundles."""

from zhize.apps.assessment.services.accounts import account_draft
from zhize.apps.assessment.services.appeals import appeal_answer, appeal_file, appeal_withdraw
from zhize.apps.assessment.services.approving import bundle_export, round_approve
from zhize.apps.assessment.services.bundles import check_bundle
from zhize.apps.assessment.services.checking import Mark, entries_accept, entry_check, marks_save
from zhize.apps.assessment.services.computing import Collection, inputs_collect, round_compute
from zhize.apps.assessment.services.drafts import (
    draft_change,
    draft_create,
    draft_drop,
    draft_register,
    table_read,
)
from zhize.apps.assessment.services.follow_ups import follow_up_look, follow_ups_issue
from zhize.apps.assessment.services.goals import Ask, goals_file, goals_grant, goals_return
from zhize.apps.assessment.services.groups import GROUPS_OPEN, scoring_group_drop, scoring_group_set
from zhize.apps.assessment.services.ledger import ledger_record, ledger_withdraw
from zhize.apps.assessment.services.moving import round_move
from zhize.apps.assessment.services.opening import OPENING_OPEN, on_opening_issued, opening_draft
from zhize.apps.assessment.services.publishing import (
    notice_draft,
    notice_dropped,
    round_publish,
    sheets_issue,
)
from zhize.apps.assessment.services.reporting import local_report
from zhize.apps.assessment.services.rounds import round_create
from zhize.apps.assessment.services.schemes import scheme_save
from zhize.apps.assessment.services.self_evaluation import (
    SelfRow,
    asks_self,
    self_return,
    self_save,
    self_submit,
)
from zhize.apps.assessment.services.surveys import (
    SURVEYS_OPEN,
    survey_change,
    survey_register,
    survey_results_import,
)
from zhize.apps.assessment.services.vetoes import veto_lift, veto_record
from zhize.apps.assessment.services.written_reports import follow_up_reported

__all__ = [
    "GROUPS_OPEN",
    "OPENING_OPEN",
    "SURVEYS_OPEN",
    "Ask",
    "Collection",
    "Mark",
    "SelfRow",
    "account_draft",
    "appeal_answer",
    "appeal_file",
    "appeal_withdraw",
    "asks_self",
    "bundle_export",
    "check_bundle",
    "draft_change",
    "draft_create",
    "draft_drop",
    "draft_register",
    "entries_accept",
    "entry_check",
    "follow_up_look",
    "follow_up_reported",
    "follow_ups_issue",
    "goals_file",
    "goals_grant",
    "goals_return",
    "inputs_collect",
    "ledger_record",
    "ledger_withdraw",
    "local_report",
    "marks_save",
    "notice_draft",
    "notice_dropped",
    "on_opening_issued",
    "opening_draft",
    "round_approve",
    "round_compute",
    "round_create",
    "round_move",
    "round_publish",
    "scheme_save",
    "scoring_group_drop",
    "scoring_group_set",
    "self_return",
    "self_save",
    "self_submit",
    "sheets_issue",
    "survey_change",
    "survey_register",
    "survey_results_import",
    "table_read",
    "veto_lift",
    "veto_record",
]
