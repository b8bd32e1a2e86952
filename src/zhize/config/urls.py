"""All addresses. Each app brings its own; a new one needs a row in tests/permissions/matrix.yaml."""

from django.urls import include, path

from zhize.apps.api.urls import api

urlpatterns = [
    path("", include("zhize.apps.portal.urls")),
    path("", include("zhize.apps.regulations.urls")),
    path("", include("zhize.kit.urls")),
    path("directory/", include("zhize.apps.orgs.urls")),
    path("years/", include("zhize.apps.years.urls")),
    path("", include("zhize.apps.documents.urls")),
    path("requests/", include("zhize.apps.requests.urls")),
    path("metrics/", include("zhize.apps.metrics.urls")),
    path("registers/", include("zhize.apps.registers.urls")),
    path("work/", include("zhize.apps.work.urls")),
    path("inspection/", include("zhize.apps.inspection.urls")),
    path("assessment/", include("zhize.apps.assessment.urls")),
    path("jobs/", include("zhize.kit.jobs.urls")),
    path("imports/", include("zhize.kit.imports.urls")),
    path("api/v1/", api.urls),
    path("account/", include("zhize.apps.orgs.sign_in.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = "zhize.kit.error_pages.bad_request"
handler403 = "zhize.kit.error_pages.forbidden"
handler404 = "zhize.kit.error_pages.not_found"
handler500 = "zhize.kit.error_pages.broken"
