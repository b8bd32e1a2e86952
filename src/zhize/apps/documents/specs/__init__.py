"""The things of this app as lists, forms, Excel and API know them."""

from zhize.apps.documents.specs.files import EVIDENCE
from zhize.apps.documents.specs.official import ADDRESSEE, ISSUER, NUMBERS, OFFICIAL
from zhize.kit.fields import register_spec

__all__ = ["ADDRESSEE", "EVIDENCE", "ISSUER", "NUMBERS", "OFFICIAL", "register"]


def register() -> None:
    """Called when the app is ready."""
    for spec in (EVIDENCE, OFFICIAL, NUMBERS, ADDRESSEE, ISSUER):
        register_spec(spec)
