"""Addresses under /inspection/."""

from __future__ import annotations

from django.urls import URLPattern, path

from zhize.apps.inspection.views import draws, findings, inspections, place_actions, places, plan_actions

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
    path("units/<int:pk>/places/", places.place_add, name="place_add"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/entry/", places.entry, name="entry"),
    path("places/<int:pk>/finish/", place_actions.finish, name="place_finish"),
    path("places/<int:pk>/reopen/", place_actions.reopen, name="place_reopen"),
    path("places/<int:pk>/replace/", place_actions.replace, name="place_replace"),
    path("places/<int:pk>/sign/", place_actions.sign, name="place_sign"),
    path("places/<int:pk>/paper/", place_actions.paper, name="place_paper"),
    path("places/<int:pk>/correct/", place_actions.correct, name="place_correct"),
    path("pictures/<int:pk>/", places.picture, name="picture"),
    path("pictures/<int:pk>/remove/", place_actions.picture_remove, name="picture_remove"),
    path("signatures/<int:pk>/scan/", places.scan, name="scan"),
    path("findings/", findings.listed, name="findings"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/change/", findings.change, name="finding_change"),
    path("findings/<int:pk>/withdraw/", findings.withdraw, name="finding_withdraw"),
    path("findings/<int:pk>/look/", findings.look, name="finding_look"),
    path("findings/<int:pk>/settle/", findings.settle, name="finding_settle"),
    path("units/<int:pk>/findings/", findings.add, name="finding_add"),
    path("units/<int:pk>/findings/draw-up/", findings.draw_up, name="findings_draw_up"),
    path("units/<int:pk>/findings/send/", findings.send, name="findings_send"),
    path("<int:pk>/statistics/", findings.statistics, name="statistics"),
    path("<int:pk>/close/", findings.close, name="close"),
]
