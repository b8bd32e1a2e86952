"""On-site checks: plan, groups, checklist."""

from zhize.apps.inspection.models.draws import PlaceDraw
from zhize.apps.inspection.models.findings import Finding
from zhize.apps.inspection.models.inspections import (
    INSIDE,
    CheckItem,
    GroupPerson,
    InspectedUnit,
    Inspection,
    InspectionGroup,
)
from zhize.apps.inspection.models.places import (
    CheckedPlace,
    EntryCorrection,
    EntryPicture,
    PlaceEntry,
    PlaceSignature,
)

__all__ = [
    "INSIDE",
    "CheckItem",
    "CheckedPlace",
    "EntryCorrection",
    "EntryPicture",
    "Finding",
    "GroupPerson",
    "InspectedUnit",
    "Inspection",
    "InspectionGroup",
    "PlaceDraw",
    "PlaceEntry",
    "PlaceSignature",
]
