"""The writes of this app; each room its own module."""

from zhize.apps.inspection.services.draws import NewDraw, draw_fix, draw_run, draw_void
from zhize.apps.inspection.services.findings import FIELDS as FINDING_FIELDS
from zhize.apps.inspection.services.findings import (
    finding_add,
    finding_change,
    finding_withdraw,
    findings_draw_up,
    findings_send,
)
from zhize.apps.inspection.services.groups import (
    NewItem,
    group_remove,
    group_set,
    items_set,
    person_add,
    person_remove,
)
from zhize.apps.inspection.services.looking import finding_look, finding_settle, inspection_close
from zhize.apps.inspection.services.notifying import check_notice_draft, on_check_notice_issued
from zhize.apps.inspection.services.places import (
    place_add,
    place_finish,
    place_reopen,
    place_replace,
)
from zhize.apps.inspection.services.planning import FIELDS as INSPECTION_FIELDS
from zhize.apps.inspection.services.planning import (
    inspection_announce,
    inspection_cancel,
    inspection_plan,
    inspection_update,
)
from zhize.apps.inspection.services.recording import Said, entry_save, picture_remove
from zhize.apps.inspection.services.signing import OnPaper, entry_correct, place_sign, place_sign_paper

__all__ = [
    "FINDING_FIELDS",
    "INSPECTION_FIELDS",
    "NewDraw",
    "NewItem",
    "OnPaper",
    "Said",
    "check_notice_draft",
    "draw_fix",
    "draw_run",
    "draw_void",
    "entry_correct",
    "entry_save",
    "finding_add",
    "finding_change",
    "finding_look",
    "finding_settle",
    "finding_withdraw",
    "findings_draw_up",
    "findings_send",
    "group_remove",
    "group_set",
    "inspection_announce",
    "inspection_cancel",
    "inspection_close",
    "inspection_plan",
    "inspection_update",
    "items_set",
    "on_check_notice_issued",
    "person_add",
    "person_remove",
    "picture_remove",
    "place_add",
    "place_finish",
    "place_reopen",
    "place_replace",
    "place_sign",
    "place_sign_paper",
]
