"""The things of this app as lists, forms, Excel and API know them."""

from zhize.apps.regulations.specs.duties import DIVISION_FIELDS, DUTY, HOLDING_FIELDS, REGISTER
from zhize.apps.regulations.specs.obligations import OBLIGATION
from zhize.kit.fields import register_spec

__all__ = ["DIVISION_FIELDS", "DUTY", "HOLDING_FIELDS", "OBLIGATION", "REGISTER", "register"]


def register() -> None:
    """Called when the app is ready."""
    register_spec(DUTY)
    register_spec(REGISTER)
    register_spec(OBLIGATION)
