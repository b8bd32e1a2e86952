"""On-site checks: plan, groups, checklist."""

from zhize.apps.inspection.models.draws import PlaceDraw
from zhize.apps.inspection.models.inspections import (
    INSIDE,
    CheckItem,
    GroupPerson,
    InspectedUnit,
    Inspection,
    InspectionGroup,
)

__all__ = [
    "INSIDE",
    "CheckItem",
    "GroupPerson",
    "InspectedUnit",
    "Inspection",
    "InspectionGroup",
    "PlaceDraw",
]
