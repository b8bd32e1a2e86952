"""Forms of this app."""

from zhize.apps.documents.forms.aftermaths import AftermathForm
from zhize.apps.documents.forms.files import EvidenceForm
from zhize.apps.documents.forms.incoming import (
    AnswerForm,
    AssignForm,
    FileAwayForm,
    IncomingForm,
    ProposeForm,
)
from zhize.apps.documents.forms.official import (
    ArchiveForm,
    ArchiveZipForm,
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
from zhize.apps.documents.forms.templates import TemplateForm

__all__ = [
    "AftermathForm",
    "AnswerForm",
    "ArchiveForm",
    "ArchiveZipForm",
    "AskForm",
    "AssignForm",
    "CheckForm",
    "CountersignForm",
    "EvidenceForm",
    "FigureForm",
    "FileAwayForm",
    "FollowForm",
    "IncomingForm",
    "IssueForm",
    "OfficialForm",
    "PaperCountersignForm",
    "ProposeForm",
    "RecheckForm",
    "RegisterForm",
    "RestoreForm",
    "ReturnForm",
    "SealForm",
    "SignForm",
    "StepForm",
    "TemplateForm",
    "VoidForm",
]
