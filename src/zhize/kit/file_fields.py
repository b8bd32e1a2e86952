"""A field of a form that takes several files."""

from __future__ import annotations

from typing import Any

from django import forms


class MultipleFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once: each is checked as one would be, an empty choice is an empty list."""

    widget = MultipleFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The browser sends a list; Django's own field takes only one file."""
        return [super(FilesField, self).clean(one, initial) for one in data or ()]
