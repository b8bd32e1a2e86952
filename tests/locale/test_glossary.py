"""docs/glossary.md: every model, choice and field has its line, and the line says what the code says."""

from __future__ import annotations

import sys

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.db import models
from django.utils import translation
from tests.architecture.house import ROOT

from zhize.apps.regulations.selectors import Light
from zhize.kit.fields import is_by_data, specs

GLOSSARY = (ROOT / "docs/glossary.md").read_text()
with (ROOT / "src/zhize/locale/en/LC_MESSAGES/django.po").open("rb") as file:
    ENGLISH: dict[str, list[str]] = {}
    for message in read_po(file, locale="en"):  # a word of two senses stands twice, told apart by its context
        ENGLISH.setdefault(str(message.id), []).append(str(message.string))


def _models() -> list[type[models.Model]]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("zhize.")
        for model in config.get_models()
    ]


def _choices() -> list[type[models.TextChoices]]:
    """Every TextChoices in a model or beside one."""
    holders: list[object] = [*_models(), *(sys.modules[model.__module__] for model in _models())]
    found = {
        value
        for holder in holders
        for value in vars(holder).values()
        if isinstance(value, type) and issubclass(value, models.TextChoices)
    }
    return sorted(found - {models.TextChoices}, key=lambda one: (one.__module__, one.__qualname__))


def _row(start: str) -> str:
    rows = [line for line in GLOSSARY.splitlines() if line.startswith(start)]
    assert rows, f"docs/glossary.md has no line beginning “{start}”"
    return rows[0]


@pytest.mark.parametrize("model", _models(), ids=lambda model: model._meta.label)
def test_every_model_has_its_line(model: type[models.Model]) -> None:
    with translation.override("zh-hans"):
        line = next((line for line in GLOSSARY.splitlines() if f"`{model._meta.label}`" in line), "")
        assert line.startswith(f"| {model._meta.verbose_name} | "), (
            f"{model._meta.label}: {line or 'no line'}"
        )


@pytest.mark.parametrize("choices", _choices(), ids=lambda one: one.__qualname__)
def test_every_choice_has_its_words(choices: type[models.TextChoices]) -> None:
    with translation.override("zh-hans"):
        row = _row(f"| `{choices.__qualname__}` | ")
        for one in choices:
            assert any(f"{one.label} = {word} = `{one.value}`" in row for word in ENGLISH[str(one.label)]), (
                row
            )


def test_every_light_has_its_words() -> None:
    with translation.override("zh-hans"):
        for one in Light:
            assert any(
                f"{one.label} = {word} = `{one.value}`" in GLOSSARY for word in ENGLISH[str(one.label)]
            ), one


# Tests of the kit describe things of their own ("test.unit"): those have no place in the glossary. What is described by
# rule data carries both languages there.
@pytest.mark.parametrize(
    "kind", sorted(k for k in specs() if not k.startswith("test.") and not is_by_data(k))
)
def test_every_field_has_its_words(kind: str) -> None:
    with translation.override("zh-hans"):
        spec = specs()[kind]
        row = _row(f"| {spec.label} `{kind}` | ")
        for one in spec.fields:
            assert f"{one.label} = `{one.name}`" in row
