"""Addresses under /metrics/."""

from django.urls import path

from zhize.apps.metrics.views import alerts, cards, collecting, entering, feeds, figures, series, targets

app_name = "metrics"
urlpatterns = [
    path("attainment/", targets.attainment, name="attainment"),
    path("cards/", cards.listed, name="cards"),
    path("cards/new/", cards.create, name="card_create"),
    path("cards/<int:pk>/", cards.detail, name="card"),
    path("cards/<int:pk>/compare.svg", cards.compare_chart, name="compare_chart"),
    path("cards/<int:pk>/revise/", cards.revise, name="card_revise"),
    path("cards/<int:pk>/retire/", cards.retire, name="card_retire"),
    path("cards/<int:pk>/regions/", series.spread, name="spread"),
    path("cards/<int:pk>/series/", series.series, name="series"),
    path("cards/<int:pk>/series.svg", series.chart, name="series_chart"),
    path("figures/", figures.listed, name="figures"),
    path("figures/work-out/", figures.work_out, name="work_out"),
    path("figures/lock/", figures.lock, name="lock"),
    path("figures/<int:pk>/", figures.detail, name="figure"),
    path("figures/<int:pk>/correct/", figures.correct, name="figure_correct"),
    path("feeds/", feeds.listed, name="feeds"),
    path("feeds/new/", feeds.create, name="feed_create"),
    path("feeds/<int:pk>/", feeds.detail, name="feed"),
    path("feeds/<int:pk>/read/", feeds.read, name="feed_read"),
    path("alerts/", alerts.listed, name="alerts"),
    path("alerts/<int:pk>/", alerts.detail, name="alert"),
    path("targets/", targets.listed, name="targets"),
    path("targets/new/", targets.create, name="target_create"),
    path("targets/<int:pk>/", targets.detail, name="target"),
    path("targets/<int:pk>/remove/", targets.remove, name="target_remove"),
    path("figures/collect/", collecting.create, name="collect"),
    path("figures/collect/<int:pk>/", collecting.edit, name="collection"),
    path("figures/requests/<int:pk>/", entering.entry, name="entry"),
]
