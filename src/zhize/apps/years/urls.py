"""/years/: work years and the calendar."""

from django.urls import path

from zhize.apps.years import views

app_name = "years"
urlpatterns = [
    path("", views.years, name="list"),
    path("<int:pk>/move/", views.move, name="move"),
    path("days/", views.days, name="days"),
    path("days/new/", views.day_create, name="day_create"),
    path("days/<int:pk>/", views.day, name="day"),
    path("days/<int:pk>/remove/", views.day_remove, name="day_remove"),
]
