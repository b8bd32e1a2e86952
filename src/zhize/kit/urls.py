"""Pages of the kit itself."""

from django.urls import path

from zhize.kit import saved_view_views

app_name = "kit"
urlpatterns = [
    path("lists/<str:kind>/views/", saved_view_views.saved_view_list, name="saved_views"),
    path("lists/<str:kind>/views/save", saved_view_views.save, name="saved_view_save"),
    path("lists/<str:kind>/views/<int:pk>/rename", saved_view_views.rename, name="saved_view_rename"),
    path("lists/<str:kind>/views/<int:pk>/delete", saved_view_views.delete, name="saved_view_delete"),
]
