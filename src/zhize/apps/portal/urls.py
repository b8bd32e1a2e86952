"""Pages across apps."""

from django.urls import path

from zhize.apps.portal.views import inbox, pages

app_name = "portal"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("done/", inbox.done, name="done"),
    path("notices/", inbox.notices, name="notices"),
    path("notices/read/", inbox.notices_mark, name="notices_mark"),
    path("search/", pages.search, name="search"),
    path("design/", pages.design, name="design"),
    path("todos/<int:pk>/", inbox.handle, name="handle"),
]
