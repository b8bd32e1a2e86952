"""Stored files and evidence; official documents with their addressees, receipts and steps; approvals on paper."""

from zhize.apps.documents.models.aftermath import Aftermath
from zhize.apps.documents.models.approvals import Approval
from zhize.apps.documents.models.countersigns import Countersign
from zhize.apps.documents.models.files import Evidence, StoredFile
from zhize.apps.documents.models.incoming import Incoming, IncomingHolder
from zhize.apps.documents.models.issuers import Issuer
from zhize.apps.documents.models.official import (
    Addressee,
    OfficialDocument,
    OfficialStep,
)
from zhize.apps.documents.models.receipts import Receipt
from zhize.apps.documents.models.templates import PaperTemplate
from zhize.apps.documents.models.versions import OfficialVersion

__all__ = [
    "Addressee",
    "Aftermath",
    "Approval",
    "Countersign",
    "Evidence",
    "Incoming",
    "IncomingHolder",
    "Issuer",
    "OfficialDocument",
    "OfficialStep",
    "OfficialVersion",
    "PaperTemplate",
    "Receipt",
    "StoredFile",
]
