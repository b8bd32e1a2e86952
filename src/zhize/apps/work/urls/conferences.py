"""Addresses of conferences."""

from __future__ import annotations

from django.urls import URLPattern, path

from zhize.apps.work.views import conference_actions as actions
from zhize.apps.work.views import conference_words as words
from zhize.apps.work.views import conferences, minutes

urlpatterns: list[URLPattern] = [
    path("conferences/", conferences.listed, name="conferences"),
    path("conferences/new/", conferences.create, name="conference_create"),
    path("conferences/<int:pk>/", conferences.detail, name="conference"),
    path("conferences/<int:pk>/edit/", conferences.edit, name="conference_edit"),
    path("conferences/<int:pk>/call/", actions.call, name="conference_call"),
    path("conferences/<int:pk>/notice/", actions.notice, name="conference_notice"),
    path("conferences/<int:pk>/call-off/", actions.call_off, name="conference_call_off"),
    path("conferences/<int:pk>/hold/", actions.hold, name="conference_hold"),
    path("conferences/<int:pk>/problems/", actions.problems, name="conference_problems"),
    path("conferences/<int:pk>/situation/", actions.situation, name="conference_situation"),
    path("conferences/<int:pk>/papers/", actions.paper_add, name="conference_paper_add"),
    path("conferences/<int:pk>/papers/asked/", words.papers, name="conference_papers_ask"),
    path("conferences/<int:pk>/record/", words.record, name="conference_record"),
    path("conferences/leave/<int:pk>/", words.leave, name="conference_leave"),
    path("conferences/topics/<int:pk>/", words.topic, name="conference_topic"),
    path("conferences/<int:pk>/goal/", words.goal, name="conference_goal"),
    path("conferences/<int:pk>/resolutions/", actions.resolution_add, name="resolution_add"),
    path("conferences/<int:pk>/tasks/", actions.hand_out, name="conference_tasks"),
    path("conferences/<int:pk>/minutes/", actions.minutes, name="conference_minutes"),
    path("conferences/<int:pk>/minutes/consult/", minutes.consult, name="conference_consult"),
    path("conferences/wordings/<int:pk>/", minutes.carry, name="wording_carry"),
    path("conferences/wordings/<int:pk>/out/", minutes.leave_out, name="wording_leave_out"),
    path("conferences/<int:pk>/calendar.ics", actions.calendar_file, name="conference_ics"),
    path("conferences/papers/<int:pk>/", actions.paper, name="conference_paper"),
    path("conferences/replies/<int:pk>/", actions.reply, name="conference_reply"),
    path("conferences/checks/<int:pk>/", actions.tick, name="conference_check"),
    path("conferences/resolutions/<int:pk>/remove/", actions.resolution_remove, name="resolution_remove"),
]
