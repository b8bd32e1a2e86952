"""Documents in force, their clauses and duties; the year's obligations and what discharged them."""

from zhize.apps.regulations.models.obligations import (
    Discharge,
    DischargeEvidence,
    Obligation,
    Waiver,
    WaiverRequest,
)
from zhize.apps.regulations.models.reading import PrintedName, ProposedDuty
from zhize.apps.regulations.models.regulation import Regulation, RegulationVersion
from zhize.apps.regulations.models.texts import (
    Clause,
    Duty,
    DutyClause,
    DutyHolder,
)

__all__ = [
    "Clause",
    "Discharge",
    "DischargeEvidence",
    "Duty",
    "DutyClause",
    "DutyHolder",
    "Obligation",
    "PrintedName",
    "ProposedDuty",
    "Regulation",
    "RegulationVersion",
    "Waiver",
    "WaiverRequest",
]
