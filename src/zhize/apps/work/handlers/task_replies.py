"""A call for the progress of tasks: what its answers do to the tasks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhize.apps.requests import events
from zhize.apps.work.forms import task_reply_pack
from zhize.apps.work.selectors import task_replies, task_reply_words
from zhize.apps.work.services.task_replies_follow import accept, hand_over, take_back
from zhize.kit import contributions
from zhize.kit.events import on


def on_submitted(event: events.RequestSubmitted) -> None:
    if event.request.call.content == task_replies.CONTENT:
        hand_over(event.request, event.now)


def on_withdrawn(event: events.RequestWithdrawn) -> None:
    if event.request.call.content == task_replies.CONTENT:
        take_back(event.request)


def on_accepted(event: events.RequestAccepted) -> None:
    if event.request.call.content == task_replies.CONTENT:
        accept(event.request, event.actor, event.now)


def connect() -> None:
    """Called once by `AppConfig.ready`."""
    on(events.RequestSubmitted, on_submitted)
    on(events.RequestWithdrawn, on_withdrawn)
    on(events.RequestAccepted, on_accepted)
    contributions.call_contents.add(
        contributions.CallContent(
            task_replies.CONTENT,
            _("任务进展"),
            "work:task_replies",
            task_reply_words.missing,
            task_reply_words.words,
            size=task_reply_words.size,
            pack=task_reply_pack.PACK,
        )
    )
