"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "zhize.apps.documents"
    label = "documents"
    verbose_name = "文件"
