"""Addresses of tasks."""

from __future__ import annotations

from django.urls import URLPattern, path

from zhize.apps.work.views import (
    digests,
    slips,
    talks,
    task,
    task_actions,
    task_bulk,
    task_many,
    task_plan,
    task_views,
    tasks,
)

urlpatterns: list[URLPattern] = [
    path("tasks/", tasks.listed, name="tasks"),
    path("tasks/mine/", tasks.mine, name="my_tasks"),
    path("tasks/new/", tasks.create, name="task_create"),
    path("tasks/views/", task_views.views, name="tasks_views"),
    path("tasks/reassign/", task_many.reassign, name="tasks_reassign"),
    path("tasks/close/", task_many.close, name="tasks_close"),
    path("tasks/chase/", task_bulk.chase, name="tasks_chase"),
    path("tasks/reschedule/", task_bulk.reschedule, name="tasks_reschedule"),
    path("tasks/<int:pk>/", task.detail, name="task"),
    path("tasks/<int:pk>/edit/", tasks.edit, name="task_edit"),
    path("tasks/<int:pk>/divide/", task_plan.divide, name="task_divide"),
    path("tasks/<int:pk>/steps/", task_plan.steps, name="task_steps"),
    path("tasks/<int:pk>/take/", task_actions.take, name="task_take"),
    path("tasks/<int:pk>/hand-back/", task_actions.hand_back, name="task_hand_back"),
    path("tasks/<int:pk>/report/", task_actions.report, name="task_report"),
    path("tasks/<int:pk>/ask/", task_actions.ask, name="task_ask"),
    path("tasks/<int:pk>/withdraw/", task_actions.withdraw, name="task_withdraw"),
    path("tasks/<int:pk>/extend/", task_actions.extend, name="task_extend"),
    path("tasks/<int:pk>/close/", task_actions.close, name="task_close"),
    path("tasks/<int:pk>/return/", task_actions.return_back, name="task_return"),
    path("tasks/<int:pk>/extension/grant/", task_actions.grant, name="task_grant"),
    path("tasks/<int:pk>/extension/refuse/", task_actions.refuse, name="task_refuse"),
    path("tasks/<int:pk>/units/", task_plan.units, name="task_units"),
    path("tasks/<int:pk>/reassign/", task_actions.reassign, name="task_reassign"),
    path("tasks/<int:pk>/continue/", task_actions.go_on, name="task_continue"),
    path("tasks/<int:pk>/suspend/", task_actions.suspend, name="task_suspend"),
    path("tasks/<int:pk>/resume/", task_actions.resume, name="task_resume"),
    path("tasks/<int:pk>/cancel/", task_actions.cancel, name="task_cancel"),
    path("tasks/<int:pk>/remind/", task_actions.remind, name="task_remind"),
    path("digests/", digests.digests, name="digests"),
    path("digests/<int:pk>/", digests.digest, name="digest"),
    path("talks/", talks.listed, name="talks"),
    path("talks/new/", talks.create, name="talk_create"),
    path("talks/<int:pk>/", talks.detail, name="talk"),
    path("talks/<int:pk>/edit/", talks.edit, name="talk_edit"),
    path("slips/<int:pk>/", slips.detail, name="slip"),
    path("reminders/", tasks.reminders, name="reminders"),
    path("reminders/<int:pk>/", tasks.reminder, name="reminder"),
]
