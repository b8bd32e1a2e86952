"""Rules about templates and other text. Each yields one line per breach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.architecture.house import Source, rank, ranks, template_app

# Sample: {% extends "layouts/base.html" %}, {% from 'components/table.html' import table %}
BORROWED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
# A sample of what it finds: the first argument of url("orgs:unit", pk=3) between double braces
URL_IN_TEMPLATE = re.compile(r"""["']([a-z]+):[a-z_]+["']""")
# Sample: <p style="color:red">, <a onclick="go()">, <div hx-on:click="…">, <a href="javascript:…">
INLINE = [
    (re.compile(r"<style[\s>]", re.IGNORECASE), "<style>"),
    (re.compile(r"<[a-z][^>]*?\sstyle\s*=", re.IGNORECASE | re.DOTALL), "style attribute"),
    (re.compile(r"<[a-z][^>]*?\s(on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE | re.DOTALL), "event attribute"),
    (re.compile(r"javascript:", re.IGNORECASE), "javascript: address"),
    (re.compile(r"hx-vals\s*=\s*[\"']\s*js:", re.IGNORECASE), "hx-vals with js:"),
]
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
# Assembled, so that this file does not break its own rule. Samples: a folder of this or that machine, a home folder,
# an absolute path to an installed program, the address of a package index.
MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.:}])/" + r"(?:work/(?:wt|main|shared|\.library)|root|farm)(?=[/\s'\"`)]|$)",
            r"(?<![\w.:}])/" + r"home/[a-z]",
            r"(?<![\w.])/" + r"usr/(?:bin/(?!env\b)|local/|lib/|sbin/|share/)",
            r"https?://[\w.-]*(?:py" + r"pi|npm" + r"js|deb" + r"ian)\.",
        ]
    ),
    re.MULTILINE,
)
LONGEST = 250


def no_fragment_of_a_higher_app(source: Source) -> Iterator[str]:
    own = rank(template_app(source.path))
    for name in BORROWED.findall(source.text):
        if (app := name.split("/")[0]) in ranks() and rank(app) > own:
            yield f"borrows {name} from an app above"


def no_address_of_a_higher_app(source: Source) -> Iterator[str]:
    own = rank(template_app(source.path))
    for app in URL_IN_TEMPLATE.findall(source.text):
        if app in ranks() and rank(app) > own:
            yield f"links to {app}, which lies above; let it contribute the link"


def no_inline_style_or_script(source: Source) -> Iterator[str]:
    """The strict CSP blocks them, silently for who looks only at the HTML."""
    text = COMMENT.sub("", source.text)
    for pattern, what in INLINE:
        if found := pattern.search(text):
            yield f"line {text[: found.start()].count(chr(10)) + 1}: {what}"
    for found in SCRIPT.finditer(text):
        if "src=" not in found[1] and "application/json" not in found[1]:
            yield f"line {text[: found.start()].count(chr(10)) + 1}: inline <script>"


def no_machine_path(source: Source) -> Iterator[str]:
    for found in MACHINE.finditer(source.text):
        yield f"line {source.text[: found.start()].count(chr(10)) + 1}: {found[0]!r} names a machine"


def no_address_in_requirements(source: Source) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if "://" in line or line.lstrip().startswith(
            ("--index", "--extra-index", "--find-links", "-i ", "-f ")
        ):
            yield f"line {number}: {line.strip()}"


def not_too_long(source: Source) -> Iterator[str]:
    if (lines := source.text.count("\n")) > LONGEST:
        yield f"{lines} lines; more than {LONGEST} are a sign of two rooms"


def decision_has_status_and_date(source: Source) -> Iterator[str]:
    """The head of a decision record: `- Status: accepted` and `- Date: 2026-11-24`."""
    for pattern, what in (
        (r"^- Status: (proposed|accepted|superseded by \d{4})$", "- Status:"),
        (r"^- Date: \d{4}-\d\d-\d\d$", "- Date:"),
    ):
        if not re.search(pattern, source.text, re.MULTILINE):
            yield f"no line {what!r}"
