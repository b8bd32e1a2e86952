"""Templates keep the rules of the house: the strict policy, the list of style sheets, words through gettext."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "zhize"
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
STRING = r"(?:'[^']*'|\"[^\"]*\")"
TRANSLATED = re.compile(  # _('共 %(total)s 条', total=total)   ngettext('%(num)s 处', '%(num)s 处', n)   {% trans %}条款{% endtrans %}
    rf"(?:ngettext|gettext|_)\((?:\s*{STRING}\s*,?)+|\{{%-? trans .*?endtrans", re.DOTALL
)
SPOKEN_IN_ITS_OWN_LANGUAGE = {"中文"}  # the language switch


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_holds_what_the_content_security_policy_forbids(path: Path) -> None:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert not re.search(r"\sstyle\s*=", text), "style attribute"
    assert not re.search(r"<style\b", text), "style element"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "inline handler"
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"


# sent when something is broken, perhaps the translations: both languages stand in it
WITHOUT_A_CATALOGUE = {"templates/errors/500.html"}


@pytest.mark.parametrize("path", [p for p in TEMPLATES if name(p) not in WITHOUT_A_CATALOGUE], ids=name)
def test_no_chinese_word_stands_in_a_template_outside_gettext(path: Path) -> None:
    text = TRANSLATED.sub("", COMMENT.sub("", path.read_text(encoding="utf-8")))
    stray = set(re.findall(r"[\u4e00-\u9fff]+", text)) - SPOKEN_IN_ITS_OWN_LANGUAGE
    assert not stray


@pytest.mark.parametrize("path", sorted((PACKAGE / "templates" / "components").glob("*.html")), ids=name)
def test_a_component_says_what_it_takes_and_translates_only_when_called(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{#"), "parameters are documented on top"
    # a file imported without context runs once per process: a word set outside a macro keeps the first reader's language
    outside = re.sub(r"\{%-? macro .*?\{%-? endmacro -?%\}", "", COMMENT.sub("", text), flags=re.DOTALL)
    assert "_(" not in outside


def test_the_manifest_lists_every_style_sheet_once() -> None:
    text = (PACKAGE / "templates" / "layouts" / "document.html").read_text(encoding="utf-8")
    sheets = {path.stem for path in (PACKAGE / "static" / "zhize" / "css").glob("*.css")}
    assert {sheet for sheet in sheets if f"'{sheet}'" in text or f"/{sheet}.css" in text} == sheets
    assert len(sheets) <= 9
