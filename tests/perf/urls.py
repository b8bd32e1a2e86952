"""The product's addresses and the bare page beside them."""

from django.urls import include, path

from tests.perf.bare import obligations

urlpatterns = [path("bare/obligations/", obligations), path("", include("zhize.config.urls"))]
