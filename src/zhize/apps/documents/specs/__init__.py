"""The things of this app as lists, forms, Excel and API know them."""

from zhize.apps.documents.specs.files import EVIDENCE
from zhize.apps.documents.specs.incoming import INCOMING
from zhize.apps.documents.specs.official import ADDRESSEE, ARCHIVE, ISSUER, NUMBERS, OFFICIAL
from zhize.apps.documents.specs.templates import TEMPLATE
from zhize.kit.fields import register_spec

__all__ = [
    "ADDRESSEE",
    "ARCHIVE",
    "EVIDENCE",
    "INCOMING",
    "ISSUER",
    "NUMBERS",
    "OFFICIAL",
    "TEMPLATE",
    "register",
]


def register() -> None:
    """Called when the app is ready."""
    for spec in (EVIDENCE, OFFICIAL, NUMBERS, ARCHIVE, ADDRESSEE, ISSUER, INCOMING, TEMPLATE):
        register_spec(spec)
