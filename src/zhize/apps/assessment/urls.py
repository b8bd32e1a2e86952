"""Addresses under /assessment/."""

from __future__ import annotations

from django.urls import URLPattern, path

from zhize.apps.assessment.views import (
    accounts,
    appeals,
    checking,
    objects,
    publishing,
    rounds,
    schemes,
    self_evaluation,
)

app_name = "assessment"
urlpatterns: list[URLPattern] = [
    path("", rounds.listed, name="rounds"),
    path("new/", rounds.create, name="create"),
    path("rounds/<int:pk>/", rounds.detail, name="round"),
    path("rounds/<int:pk>/move/", rounds.move, name="move"),
    path("rounds/<int:pk>/collect/", rounds.collect, name="collect"),
    path("rounds/<int:pk>/compute/", rounds.compute, name="compute"),
    path("rounds/<int:pk>/criterion/", checking.criterion, name="criterion"),
    path("rounds/<int:pk>/scheme/", schemes.round_scheme, name="round_scheme"),
    path("rounds/<int:pk>/approve/", publishing.approve, name="approve"),
    path("rounds/<int:pk>/notice/", publishing.notice, name="notice"),
    path("rounds/<int:pk>/sheets/", publishing.sheets, name="sheets"),
    path("rounds/<int:pk>/bundle/", publishing.bundle, name="bundle"),
    path("rounds/<int:pk>/report/", publishing.report, name="report"),
    path("objects/<int:pk>/", objects.detail, name="object"),
    path("objects/<int:pk>/self/", self_evaluation.edit, name="self"),
    path("objects/<int:pk>/return/", objects.send_back, name="return"),
    path("objects/<int:pk>/accept/", objects.accept, name="accept"),
    path("objects/<int:pk>/veto/", objects.veto, name="veto"),
    path("objects/<int:pk>/appeal/", objects.appeal, name="appeal"),
    path("entries/<int:pk>/", checking.entry, name="entry"),
    path("vetoes/<int:pk>/lift/", objects.lift, name="lift"),
    path("appeals/<int:pk>/", appeals.answer, name="answer"),
    path("appeals/<int:pk>/withdraw/", appeals.withdraw, name="withdraw"),
    path("schemes/", schemes.index, name="schemes"),
    path("schemes/editions/", schemes.listed, name="editions"),
    path("schemes/editions/<int:pk>/", schemes.edition, name="edition"),
    path("schemes/new/", schemes.create, name="scheme_create"),
    path("accounts/", accounts.listed, name="accounts"),
    path("accounts/<int:pk>/", accounts.detail, name="account"),
    path("accounts/draft/", accounts.draft, name="account_draft"),
    path("reports/", publishing.reports, name="reports"),
    path("reports/<int:pk>/", publishing.local_report, name="local_report"),
]
