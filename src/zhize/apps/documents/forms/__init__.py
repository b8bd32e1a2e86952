"""Forms of this app."""

from zhize.apps.documents.forms.files import EvidenceForm
from zhize.apps.documents.forms.official import (
    ArchiveForm,
    CheckForm,
    IssueForm,
    OfficialForm,
    RegisterForm,
    ReturnForm,
    SignForm,
    StepForm,
    VoidForm,
)

__all__ = [
    "ArchiveForm",
    "CheckForm",
    "EvidenceForm",
    "IssueForm",
    "OfficialForm",
    "RegisterForm",
    "ReturnForm",
    "SignForm",
    "StepForm",
    "VoidForm",
]
