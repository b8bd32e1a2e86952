"""Addresses under /files/ and /papers/."""

from django.urls import path

from zhize.apps.documents.views import files

app_name = "documents"
urlpatterns = [
    path("files/<int:pk>/", files.download, name="download"),
    path("files/<int:pk>/view/", files.view, name="view"),
    path("files/<int:pk>/content/", files.content, name="content"),
    path("files/evidence/", files.evidence_list, name="evidence_list"),
    path("files/evidence/new/", files.evidence_create, name="evidence_create"),
    path("files/evidence/<int:pk>/", files.evidence, name="evidence"),
    path("files/evidence/<int:pk>/edit/", files.evidence_edit, name="evidence_edit"),
]
