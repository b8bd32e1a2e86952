"""YAML as the product reads it everywhere: plain values only, by libyaml where the wheel brings it (ten times as quick)."""

from __future__ import annotations

from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_of(text: str | bytes) -> Any:
    """What the text says: mappings, lists, words, numbers, dates. Raises `yaml.YAMLError`, which knows its line."""
    return yaml.load(text, Loader=LOADER)  # nosec B506
