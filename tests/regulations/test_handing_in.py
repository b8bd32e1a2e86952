"""Handing in from the browser: the form takes no file, one file, several files, and refuses an empty one in words."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from tests.world import World

from zhize.apps.regulations.forms import DischargeForm

TEXT = {"statement": "上半年总结已报。"}


def _form(world: World, *files: SimpleUploadedFile) -> DischargeForm:
    data = QueryDict(mutable=True)
    data.update(TEXT)
    return DischargeForm(data, MultiValueDict({"uploads": list(files)}), actor=world.actor("liaison"))


def _file(name: str, content: bytes = "演示数据".encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_any_number_of_files_can_be_handed_in(world: World, count: int) -> None:
    form = _form(world, *(_file(f"总结{n}.txt") for n in range(count)))
    assert form.is_valid(), form.errors
    assert [upload.name for upload in form.cleaned_data["uploads"]] == [f"总结{n}.txt" for n in range(count)]


def test_one_empty_file_among_several_is_refused(world: World) -> None:
    form = _form(world, _file("总结.txt"), _file("空.txt", b""))
    assert not form.is_valid()
    assert "uploads" in form.errors
