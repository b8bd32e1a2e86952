"""Addresses under /requests/."""

from __future__ import annotations

from django.urls import path, register_converter

from zhize.apps.requests.views import (
    adoption,
    burden,
    calls,
    comments,
    editing,
    packs,
    replies,
    review,
    steps,
)


class _Word:
    """One of a few words."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Review(_Word):
    """return or accept."""

    regex = "return|accept"


class End(_Word):
    """close or cancel."""

    regex = "close|cancel"


class Way(_Word):
    """prefill or repeat."""

    regex = "prefill|repeat"


class PaperKind(_Word):
    """docx or pdf."""

    regex = "docx|pdf"


register_converter(PaperKind, "paper")
register_converter(Review, "review")
register_converter(End, "end")
register_converter(Way, "fill_way")

app_name = "requests"
urlpatterns = [
    path("", calls.listed, name="calls"),
    path("new/", editing.create, name="call_create"),
    path("burden/", burden.statement, name="burden"),
    path("burden/<int:pk>/<slug:period>/<slug:unit>/", burden.of_unit, name="burden_unit"),
    path("mine/", replies.mine, name="mine"),
    path("seen/", replies.seen, name="replies"),
    path("<int:pk>/", calls.detail, name="call"),
    path("<int:pk>/edit/", editing.edit, name="call_edit"),
    path("<int:pk>/issue/", calls.issue, name="call_issue"),
    path("<int:pk>/remind/", calls.remind, name="remind"),
    path("<int:pk>/answers/", calls.answers, name="answers"),
    path("<int:pk>/files/", comments.call_files, name="call_files"),
    path("files/<int:pk>/", comments.call_file, name="call_file"),
    path("<int:pk>/adoption/", adoption.adoption, name="adoption"),
    path("<int:pk>/adoption.<paper:ending>", adoption.adoption_paper, name="adoption_paper"),
    path("<int:pk>/packs/", packs.packs, name="packs"),
    path("<int:pk>/packs.zip", packs.packs_zip, name="packs_zip"),
    path("packs/<int:pk>/", packs.pack_run, name="pack_run"),
    path("packs/<int:pk>/end/", packs.pack_run_end, name="pack_run_end"),
    path("<int:pk>/<end:end>/", calls.finish, name="call_end"),
    path("answers/<int:pk>/", replies.detail, name="request"),
    path("answers/<int:pk>/comments/", comments.comments, name="comments"),
    path("answers/<int:pk>/no-comment/", comments.no_comment, name="no_comment"),
    path("answers/<int:pk>/not-awaited/", adoption.not_await, name="not_await"),
    path("answers/<int:pk>/pack/", packs.own_pack, name="own_pack"),
    path("answers/<int:pk>/files/", steps.files, name="files"),
    path("answers/<int:pk>/stamp/", steps.stamp, name="stamp"),
    path("answers/<int:pk>/withdraw/", steps.withdraw, name="withdraw"),
    path("answers/<int:pk>/<fill_way:way>/", steps.fill, name="fill"),
    path("answers/<int:pk>/<review:decision>/", review.decide, name="decide"),
]
