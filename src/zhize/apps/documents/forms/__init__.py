"""Forms of this app."""

from zhize.apps.documents.forms.files import EvidenceForm

__all__ = ["EvidenceForm"]
