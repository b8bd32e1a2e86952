"""Before stage 1: a table pasted from Word, Excel or a web page, cells apart by tabs, in the form the reader knows."""

from __future__ import annotations

# A lone tab is an indent or a signature (某局\t某局); a table has several lines of the same width.
_LEAST_LINES = 2


def piped(text: str) -> str:
    """Lines with tabs that stand together as `| a | b |`; all else as it is.

    A table: at least two neighbouring lines, each with the same number of cells, at least two of them filled.
    Sample: "1\\t修订规划\\t市工信局" → "| 1 | 修订规划 | 市工信局 |".
    """
    if "\t" not in text:
        return text
    lines = text.split("\n")
    out: list[str] = []
    at = 0
    while at < len(lines):
        stop = at
        width = _width(lines[at])
        while width and stop < len(lines) and _width(lines[stop]) == width:
            stop += 1
        if stop - at >= _LEAST_LINES:
            out += ["| " + " | ".join(_cells(line)) + " |" for line in lines[at:stop]]
            at = stop
        else:
            out.append(lines[at])
            at += 1
    return "\n".join(out)


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("|", "｜") for cell in line.rstrip("\r").split("\t")]


def _width(line: str) -> int:
    """How many cells; 0 where it is no row."""
    cells = _cells(line)
    return len(cells) if len(cells) >= 2 and sum(bool(cell) for cell in cells) >= 2 else 0
