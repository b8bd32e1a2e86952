"""The things of this app as lists, forms, Excel and API know them: one per record type, made from its data."""

from functools import partial

from zhize.apps.registers import selectors
from zhize.apps.registers.models import RecordType, load_types, record_type, type_codes
from zhize.apps.registers.specs import due
from zhize.apps.registers.specs.records import spec_on, spec_today
from zhize.apps.registers.specs.subjects import SUBJECT
from zhize.kit import clock
from zhize.kit.fields import register_spec, register_spec_by_data
from zhize.kit.measures import register_measure, register_source
from zhize.kit.things import register_thing

__all__ = ["SUBJECT", "due", "register", "register_type", "spec_on", "type_today"]


def type_today(code: str) -> RecordType:
    """The type as its edition of today has it."""
    return record_type(code, clock.today())


def register() -> None:
    """Called when the app is ready: every type is read once, so that a wrong one stops the start."""
    load_types(clock.today())
    register_spec(SUBJECT)
    register_spec_by_data(due.KIND, due.spec_today)
    for code in type_codes():
        register_type(code)


def register_type(code: str) -> None:
    """What a file of rules/registers gives: a thing with all its pages, numbers for cards, a source for counted duties."""
    register_spec_by_data(f"registers.{code}", partial(spec_today, code))
    now_type = partial(type_today, code)
    register_source(selectors.source_of(now_type))
    register_thing(f"registers.due.{code}", partial(selectors.due_cards, code))
    for measure in selectors.measures_of(now_type):
        register_measure(measure)
