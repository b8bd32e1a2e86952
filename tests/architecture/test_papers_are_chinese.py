"""Whatever drafts an official document or writes a paper does so in Chinese, whoever has it made (`kit.chinese.in_chinese`)."""

from __future__ import annotations

import ast
from pathlib import Path
from threading import Barrier, Thread

from django.utils import translation
from tests.architecture.house import PACKAGE, ROOT

from zhize.apps.documents.models import OfficialDocument
from zhize.kit.chinese import in_chinese

APPS = ROOT / PACKAGE / "apps"
MAKERS = {"official_draft", "Paper", "figures_changed"}
# Where no words are made: the drafting itself, and what a person typed into a form.
SPARED = {
    "documents/views/drafting.py create": "the words are those of the form",
    "documents/selectors/versions.py figures_of": "`figures_changed` itself speaks Chinese",
}


def makers(path: Path) -> list[str]:
    """Functions that call one of the makers and are not decorated, a line each."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        calls = {
            c.func.id if isinstance(c.func, ast.Name) else c.func.attr
            for c in ast.walk(node)
            if isinstance(c, ast.Call) and isinstance(c.func, ast.Name | ast.Attribute)
        }
        decorated = any(ast.unparse(one) == "in_chinese" for one in node.decorator_list)
        if calls & MAKERS and not decorated:
            found.append(f"{path.relative_to(APPS)} {node.name}")
    return found


def test_every_maker_of_a_paper_speaks_chinese() -> None:
    found = [line for path in sorted(APPS.rglob("*.py")) for line in makers(path)]
    assert sorted(set(found) - set(SPARED)) == [], (
        "decorate it with kit.chinese.in_chinese, or say here why not"
    )
    assert sorted(set(SPARED) - set(found)) == [], "spared, and no longer there"


def test_the_rule_finds_one_that_is_not_decorated() -> None:
    assert "documents/views/drafting.py create" in makers(APPS / "documents" / "views" / "drafting.py")


def test_each_call_has_its_own_language_and_gives_it_back() -> None:
    """Two people at once: the one's English page does not turn Chinese because the other's paper was written meanwhile."""
    both, said = Barrier(2), {}

    @in_chinese
    def drawn(who: str) -> None:
        both.wait(5)
        said[who] = str(OfficialDocument.State.ISSUED.label)
        both.wait(5)

    def visit(who: str, language: str) -> None:
        with translation.override(language):
            drawn(who)
            said[f"{who} after"] = translation.get_language()

    threads = [Thread(target=visit, args=one) for one in (("an", "en"), ("zhang", "zh-hans"))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)
    assert said == {"an": "已印发", "zhang": "已印发", "an after": "en", "zhang after": "zh-hans"}
