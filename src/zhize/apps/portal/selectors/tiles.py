"""The tile diagram of the regions below: a square each, in geographic arrangement, shaded by a part's figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhize.apps.orgs.models import Region
from zhize.apps.orgs.selectors import region_name
from zhize.apps.portal.selectors.rollup import Roll, Rolled
from zhize.apps.portal.selectors.tables import region_url
from zhize.kit import jinja
from zhize.kit.actor import Actor
from zhize.kit.contributions import Figure
from zhize.kit.tiles import Tile, TileMap, places, shade, size


def mapped(roll: Roll) -> list[Rolled]:
    """The parts that can be shown on the diagram: those with a levelled figure by region."""
    return [p for p in roll.parts if any(_levelled(figures) for figures in p.found.by_region.values())]


def tile_map(roll: Roll, chosen: str, regions: Sequence[Region], actor: Actor, on: date) -> TileMap | None:
    """The diagram of the chosen part, or of the first that has one; None without an arrangement. One statement."""
    parts = mapped(roll)
    part = next((p for p in parts if p.key == chosen), next(iter(parts), None))
    where = places(actor.region_code, actor.jurisdiction_code, on)
    if part is None or not where:
        return None
    tiles = []
    for region in regions:
        if region.code not in where:
            continue
        x, y = where[region.code]
        figure = _levelled(part.found.by_region.get(region.pk, ()))
        name = region.short if jinja.is_chinese() else region_name(region).split(" ")[0]
        tiles.append(
            Tile(
                x,
                y,
                name,
                figure.number if figure else "—",
                shade(figure.level if figure else None),
                region_url(actor, region.pk),
            )
        )
    some = next(f for figures in part.found.by_region.values() if (f := _levelled(figures)))
    return TileMap(
        part.key,
        part.title,
        some.label,
        tuple(tiles),
        *size(where),
    )


def _levelled(figures: Sequence[Figure]) -> Figure | None:
    return next((figure for figure in figures if figure.level is not None), None)
