"""The writes of this app; each room its own module."""

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
    "NewItem",
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
