"""Ready-made calls name contents and sources that exist: the apps above contribute them under these very words."""

from __future__ import annotations

from zhize.kit.contributions import call_contents
from zhize.kit.measures import sources
from zhize.kit.rules import shipped


def test_every_template_asks_for_a_content_and_counts_as_a_source_of_this_house() -> None:
    known = {content.kind for content in call_contents.items()} | {""}
    values = [
        dated.value for entry in shipped("requests/templates").entries.values() for dated in entry.dated
    ]
    assert values
    assert {value["content"] for value in values} <= known
    assert {value["source_code"] for value in values} <= set(sources()) | {""}
