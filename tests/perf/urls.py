"""The product's addresses and the bare pages beside them."""

from django.urls import include, path

from tests.perf import bare

urlpatterns = [
    path("bare/obligations/", bare.obligations),
    path("bare/tasks/", bare.tasks),
    path("bare/tasks/<int:pk>/", bare.task),
    path("bare/export/", bare.export),
    path("", include("zhize.config.urls")),
]
