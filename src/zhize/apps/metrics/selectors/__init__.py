"""Reads of this app."""

from zhize.apps.metrics.selectors.alerts import (
    alert_by_pk,
    alerts_given_out,
    alerts_of_card,
    alerts_of_figures,
)
from zhize.apps.metrics.selectors.board import STANDINGS, board_of, units_board
from zhize.apps.metrics.selectors.by_dimension import (
    Reading,
    dimensions_of_duties,
    measures_by_dimension,
    readings_of,
    shown_target,
)
from zhize.apps.metrics.selectors.cards import (
    card_by_code,
    card_by_pk,
    cards_around,
    cards_asked,
    cards_listed,
    cards_of_duties,
    duties_of_card,
    versions_of,
)
from zhize.apps.metrics.selectors.collecting import collection_by_pk, grid_of, regions_under, request_of
from zhize.apps.metrics.selectors.figures import (
    Figure,
    figures_of,
    inputs_of,
    observation_by_pk,
    observation_value,
    observations_given_out,
    observations_listed,
    revisions_of,
    subject_name,
)
from zhize.apps.metrics.selectors.series import Aims, lines_of
from zhize.apps.metrics.selectors.spread import spread_of
from zhize.apps.metrics.selectors.subjects import strands_of, with_newest_rows, with_rows
from zhize.apps.metrics.selectors.targets import (
    Aim,
    target_by_pk,
    targets_listed,
    targets_of,
    targets_of_card,
)

__all__ = [
    "STANDINGS",
    "Aim",
    "Aims",
    "Figure",
    "Reading",
    "alert_by_pk",
    "alerts_given_out",
    "alerts_of_card",
    "alerts_of_figures",
    "board_of",
    "card_by_code",
    "card_by_pk",
    "cards_around",
    "cards_asked",
    "cards_listed",
    "cards_of_duties",
    "collection_by_pk",
    "dimensions_of_duties",
    "duties_of_card",
    "figures_of",
    "grid_of",
    "inputs_of",
    "lines_of",
    "measures_by_dimension",
    "observation_by_pk",
    "observation_value",
    "observations_given_out",
    "observations_listed",
    "readings_of",
    "regions_under",
    "request_of",
    "revisions_of",
    "shown_target",
    "spread_of",
    "strands_of",
    "subject_name",
    "target_by_pk",
    "targets_listed",
    "targets_of",
    "targets_of_card",
    "units_board",
    "versions_of",
    "with_newest_rows",
    "with_rows",
]
