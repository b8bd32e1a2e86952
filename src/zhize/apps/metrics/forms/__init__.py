"""Forms of this app beyond those the kit makes from FieldSpecs."""

from zhize.apps.metrics.forms.alerts import AlertForm
from zhize.apps.metrics.forms.cards import CardForm, card_initial
from zhize.apps.metrics.forms.collecting import CollectionForm, GridInput
from zhize.apps.metrics.forms.figures import CorrectionForm, PeriodForm
from zhize.apps.metrics.forms.targets import TargetForm, target_initial

__all__ = [
    "AlertForm",
    "CardForm",
    "CollectionForm",
    "CorrectionForm",
    "GridInput",
    "PeriodForm",
    "TargetForm",
    "card_initial",
    "target_initial",
]
