"""Addresses under /requests/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "requests"
urlpatterns: list[URLPattern] = []
