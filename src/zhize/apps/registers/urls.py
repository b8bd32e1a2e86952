"""Addresses under /registers/."""

from __future__ import annotations

from django.urls import path

from zhize.apps.registers.views import records

app_name = "registers"
urlpatterns = [
    path("records/<int:pk>/", records.detail, name="record"),
    path("records/<int:pk>/edit/", records.edit, name="record_edit"),
    path("<str:register>/", records.listed, name="records"),
    path("<str:register>/new/", records.create, name="record_create"),
]
