"""A library's SVG made plain: style attributes become presentation attributes, so that no policy blocks them."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

# Sample: style="fill: #fcfcfa; stroke-width: 0.8" ; value without quotes or angle brackets.
STYLE = re.compile(r'\sstyle="([^"]*)"')
# Sample: <style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>
SHEET = re.compile(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>", re.DOTALL)
# Sample: <?xml …?><!DOCTYPE svg PUBLIC "…" "…">, <metadata>…</metadata>
HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)
METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
ROUND = ' stroke-linejoin="round" stroke-linecap="butt"'


def plain_svg(source: bytes, title: str) -> bytes:
    """The same picture without style sheet, style attributes and metadata, with a title a screen reader reads."""
    text = source.decode("utf-8")
    text = METADATA.sub("", SHEET.sub("", HEAD.sub("", text)))
    text = STYLE.sub(lambda found: _attributes(found[1]), text)
    text = text.replace("<svg", f'<svg role="img"{ROUND}', 1)
    opened = text.index(">", text.index("<svg")) + 1
    return (text[:opened] + f"<title>{escape(title)}</title>" + text[opened:]).encode("utf-8")


def _attributes(style: str) -> str:
    pairs = [part.split(":", 1) for part in style.split(";") if ":" in part]
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)
