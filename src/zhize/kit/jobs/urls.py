"""Addresses under /jobs/."""

from django.urls import path

from zhize.kit.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<int:pk>/", views.job_detail, name="detail"),
    path("<int:pk>/cancel/", views.job_stop, name="cancel"),
]
