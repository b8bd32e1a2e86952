"""Addresses under /registers/."""

from __future__ import annotations

from django.urls import path

from zhize.apps.registers.views import records, registers, subjects

app_name = "registers"
urlpatterns = [
    path("", registers.index, name="index"),
    path("due/", registers.due_list, name="due"),
    path("subjects/", subjects.listed, name="subjects"),
    path("subjects/suggest/", subjects.suggest, name="suggest"),
    path("subjects/new/", subjects.create, name="subject_create"),
    path("subjects/<int:pk>/", subjects.detail, name="subject"),
    path("subjects/<int:pk>/edit/", subjects.edit, name="subject_edit"),
    path("records/<int:pk>/", records.detail, name="record"),
    path("records/<int:pk>/edit/", records.edit, name="record_edit"),
    path("records/<int:pk>/void/", records.void, name="record_void"),
    path("records/<int:pk>/material/", records.material, name="record_material"),
    path("<str:register>/", records.listed, name="records"),
    path("<str:register>/void/", records.voided, name="records_void"),
    path("<str:register>/new/", records.create, name="record_create"),
]
