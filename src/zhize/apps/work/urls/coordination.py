"""Addresses of matters raised for coordination."""

from __future__ import annotations

from django.urls import URLPattern, path

from zhize.apps.work.views import coordination
from zhize.apps.work.views import coordination_actions as actions

urlpatterns: list[URLPattern] = [
    path("matters/", coordination.listed, name="matters"),
    path("matters/asked/", coordination.asked, name="matters_asked"),
    path("matters/new/", coordination.create, name="matter_raise"),
    path("matters/<int:pk>/", coordination.detail, name="matter"),
    path("matters/<int:pk>/resend/", actions.resend, name="matter_resend"),
    path("matters/<int:pk>/take/", actions.take, name="matter_take"),
    path("matters/<int:pk>/return/", actions.send_back, name="matter_return"),
    path("matters/<int:pk>/pass/", actions.pass_on, name="matter_pass"),
    path("matters/<int:pk>/submit/", actions.submit, name="matter_submit"),
    path("matters/<int:pk>/instruct/", actions.instruct, name="matter_instruct"),
    path("matters/<int:pk>/answer/", actions.answer, name="matter_answer"),
    path("matters/<int:pk>/reply/", actions.reply, name="matter_reply"),
    path("matters/<int:pk>/settle/", actions.settle, name="matter_settle"),
    path("matters/<int:pk>/reopen/", actions.reopen, name="matter_reopen"),
    path("matters/<int:pk>/withdraw/", actions.withdraw, name="matter_withdraw"),
    path("matters/approvals/<int:pk>/scan/", coordination.scan, name="matter_scan"),
]
