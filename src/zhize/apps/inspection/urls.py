"""Addresses under /inspection/."""

from __future__ import annotations

from django.urls import URLPattern, path

from zhize.apps.inspection.views import draws, inspections, plan_actions

app_name = "inspection"
urlpatterns: list[URLPattern] = [
    path("", inspections.listed, name="inspections"),
    path("new/", inspections.create, name="create"),
    path("<int:pk>/", inspections.detail, name="inspection"),
    path("<int:pk>/edit/", inspections.edit, name="edit"),
    path("<int:pk>/notice/", inspections.notice, name="notice"),
    path("<int:pk>/items/", plan_actions.items, name="items"),
    path("<int:pk>/groups/", plan_actions.group_add, name="group_add"),
    path("<int:pk>/announce/", plan_actions.announce, name="announce"),
    path("<int:pk>/cancel/", plan_actions.cancel, name="cancel"),
    path("groups/<int:pk>/", plan_actions.group, name="group"),
    path("groups/<int:pk>/remove/", plan_actions.group_remove, name="group_remove"),
    path("groups/<int:pk>/people/", plan_actions.person_add, name="person_add"),
    path("people/<int:pk>/remove/", plan_actions.person_remove, name="person_remove"),
    path("units/<int:pk>/draw/", draws.draw_new, name="draw_new"),
    path("draws/<int:pk>/", draws.draw, name="draw"),
    path("draws/<int:pk>/run/", draws.draw_run, name="draw_run"),
    path("draws/<int:pk>/void/", draws.draw_void, name="draw_void"),
]
