"""Addresses under /imports/."""

from django.urls import path

from zhize.kit.imports import views

app_name = "imports"
urlpatterns = [
    path("<str:kind>/", views.upload, name="upload"),
    path("<str:kind>/template/", views.blank, name="template"),
    path("<str:kind>/<int:pk>/", views.run, name="run"),
    path("<str:kind>/<int:pk>/columns/", views.columns, name="columns"),
    path("<str:kind>/<int:pk>/words/", views.words_page, name="words"),
    path("<str:kind>/<int:pk>/errors/", views.wrong, name="errors"),
    path("<str:kind>/<int:pk>/publish/", views.publish, name="publish"),
    path("<str:kind>/<int:pk>/again/", views.again, name="again"),
    path("<str:kind>/<int:pk>/drop/", views.drop, name="drop"),
]
