"""The writes of this app; each room its own module."""

from zhize.apps.inspection.services.draws import NewDraw, draw_fix, draw_run, draw_void
from zhize.apps.inspection.services.groups import (
    NewItem,
    group_remove,
    group_set,
    items_set,
    person_add,
    person_remove,
)
from zhize.apps.inspection.services.planning import FIELDS as INSPECTION_FIELDS
from zhize.apps.inspection.services.planning import (
    inspection_announce,
    inspection_cancel,
    inspection_plan,
    inspection_update,
)

__all__ = [
    "INSPECTION_FIELDS",
    "NewDraw",
    "NewItem",
    "draw_fix",
    "draw_run",
    "draw_void",
    "group_remove",
    "group_set",
    "inspection_announce",
    "inspection_cancel",
    "inspection_plan",
    "inspection_update",
    "items_set",
    "person_add",
    "person_remove",
]
