"""A chart under an address of its own: drawn once for its data, known to the browser by its digest."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control

from zhize.kit.charts.data import Chart, Shape, digest_of
from zhize.kit.charts.draw import svg
from zhize.kit.requests import HttpRequestWithActor

KEPT = 24 * 3600


def chart_response(request: HttpRequestWithActor, chart: Chart) -> HttpResponse:
    """The SVG of a chart; `?shape=narrow` the one for telephones. 304 where the browser has this very picture.

    The view has asked what the actor may see: the answer is private, and asked again each time.
    """
    asked = request.GET.get("shape", "")
    shape = Shape(asked) if asked in set(Shape) else Shape.WIDE
    digest = digest_of(chart, shape)
    tag = f'"{digest}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        key = f"chart:{digest}"
        content = cache.get(key)
        if content is None:
            content = svg(chart, shape)
            cache.set(key, content, KEPT)
        response = HttpResponse(content, content_type="image/svg+xml")
    response["ETag"] = tag
    patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    return response
