"""Pages across apps."""

from django.urls import path

from zhize.apps.portal.views import audit, brief, inbox, pages, situation, wall

app_name = "portal"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("done/", inbox.done, name="done"),
    path("notices/", inbox.notices, name="notices"),
    path("notices/seen/", inbox.notices_seen, name="notices_seen"),
    path("notices/read/", inbox.notices_mark, name="notices_mark"),
    path("situation/", situation.situation, name="situation"),
    path("situation/wall/", wall.wall, name="wall"),
    path("situation/brief/", brief.leader, name="brief"),
    path("situation/regions/<int:pk>/", brief.region, name="region"),
    path("search/", pages.search, name="search"),
    path("design/", pages.design, name="design"),
    path("todos/<int:pk>/", inbox.handle, name="handle"),
    path("audit/", audit.entry_list, name="audit"),
    path("audit/entries/<int:pk>/", audit.entry, name="audit_entry"),
    path("audit/of/<str:kind>/<int:thing_id>/", audit.history, name="audit_of"),
    path("audit/verify/", audit.verify, name="audit_verify"),
    path("audit/export/", audit.export, name="audit_export"),
    path("audit/export/file/", audit.export_file, name="audit_export_file"),
]
