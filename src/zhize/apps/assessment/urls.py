"""Addresses under /assessment/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "assessment"
urlpatterns: list[URLPattern] = []
