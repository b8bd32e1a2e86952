"""Forms of this app."""

from zhize.apps.documents.forms.files import EvidenceForm
from zhize.apps.documents.forms.official import (
    ArchiveForm,
    AskForm,
    CheckForm,
    CountersignForm,
    FigureForm,
    FollowForm,
    IssueForm,
    OfficialForm,
    PaperCountersignForm,
    RecheckForm,
    RegisterForm,
    RestoreForm,
    ReturnForm,
    SealForm,
    SignForm,
    StepForm,
    VoidForm,
)

__all__ = [
    "ArchiveForm",
    "AskForm",
    "CheckForm",
    "CountersignForm",
    "EvidenceForm",
    "FigureForm",
    "FollowForm",
    "IssueForm",
    "OfficialForm",
    "PaperCountersignForm",
    "RecheckForm",
    "RegisterForm",
    "RestoreForm",
    "ReturnForm",
    "SealForm",
    "SignForm",
    "StepForm",
    "VoidForm",
]
