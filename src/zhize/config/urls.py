"""All addresses. Each app brings its own; a new one needs a row in tests/permissions/matrix.yaml."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhize.apps.portal.urls")),
    path("jobs/", include("zhize.kit.jobs.urls")),
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
