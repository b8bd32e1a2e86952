"""Addresses of plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from zhize.apps.work.views import (
    plan_compare,
    plan_decision,
    plan_file,
    plan_handing,
    plan_items,
    plan_office,
    plans,
)

urlpatterns: list[URLPattern] = [
    path("plans/", plans.index, name="plans"),
    path("plans/consolidate/", plan_office.consolidate, name="plan_consolidate"),
    path("plans/<int:pk>/", plans.detail, name="plan"),
    path("plans/<int:pk>/edit/", plans.edit, name="plan_edit"),
    path("plans/<int:pk>/order/", plans.order, name="plan_order"),
    path("plans/<int:pk>/compare/", plan_compare.compare, name="plan_compare"),
    path("plans/<int:pk>/file/", plan_file.read, name="plan_file"),
    path("plans/<int:pk>/copy/", plans.copy, name="plan_copy"),
    path("plans/<int:pk>/submit/", plan_handing.submit, name="plan_submit"),
    path("plans/<int:pk>/withdraw/", plan_handing.withdraw, name="plan_withdraw"),
    path("plans/<int:pk>/items/new/", plan_items.create, name="plan_item_create"),
    path("plans/<int:pk>/review/", plan_office.review, name="plan_review"),
    path("plans/<int:pk>/accept/", plan_office.accept, name="plan_accept"),
    path("plans/<int:pk>/pool/", plan_office.pool, name="plan_pool"),
    path("plans/<int:pk>/merge/", plan_office.merge, name="plan_merge"),
    path("plans/<int:pk>/present/", plan_office.present, name="plan_present"),
    path("plans/<int:pk>/reopen/", plan_decision.reopen, name="plan_reopen"),
    path("plans/<int:pk>/approve/", plan_decision.approve, name="plan_approve"),
    path("plans/<int:pk>/draft/", plan_office.draft, name="plan_draft"),
    path("plans/<int:pk>/amend/", plan_office.amend, name="plan_amend"),
    path("plans/items/<int:pk>/", plan_items.detail, name="plan_item"),
    path("plans/items/<int:pk>/edit/", plan_items.edit, name="plan_item_edit"),
    path("plans/items/<int:pk>/remove/", plan_items.remove, name="plan_item_remove"),
    path("plans/requests/<int:pk>/", plans.of_request, name="plan_of_request"),
]
