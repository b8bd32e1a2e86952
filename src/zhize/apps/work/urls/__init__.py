"""Addresses under /work/, room by room."""

from __future__ import annotations

from django.urls import URLPattern

from zhize.apps.work.urls import conferences, coordination, plans, tasks

app_name = "work"
urlpatterns: list[URLPattern] = [
    *plans.urlpatterns,
    *tasks.urlpatterns,
    *conferences.urlpatterns,
    *coordination.urlpatterns,
]
