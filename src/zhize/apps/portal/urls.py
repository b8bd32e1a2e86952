"""Pages across apps."""

from django.urls import path

from zhize.apps.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.inbox, name="inbox"),
]
