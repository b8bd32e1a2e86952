"""`zhize regulations score`: the reader against hand labels."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from zhize.core.duties.candidates import read
from zhize.core.regulation.pasted import piped
from zhize.core.regulation.score import score as compare
from zhize.core.regulation.score import total


@click.group()
def regulations() -> None:
    """制度文件的识别."""


@regulations.command()
@click.argument("labels", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
def score(labels: Path, folder: Path, as_json: bool) -> None:
    """把识别结果与人工标注逐份比较，给出条款数、责任主体的查准率和查全率."""
    from zhize.apps.regulations.selectors.lexicon import lexicon_on

    documents = json.loads(labels.read_text("utf-8"))["documents"]
    files = {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()}
    words = lexicon_on(date.max)
    rows: list[dict[str, Any]] = []
    for label in documents:
        path = files.get(label["file"])
        if path is None:
            click.echo(f"跳过：{folder.name} 下没有 {label['file']}", err=True)
            continue
        rows.append(compare(read(piped(_text(path)), words), label))
    result = total(rows)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
        return
    for row in rows:
        found = "，".join(f"{key} {got}/{wanted}" for key, (got, wanted) in row["clauses"].items())
        holders = row["holders"]
        click.echo(f"{row['file']}\n  条款 {found or '—'}")
        click.echo(
            f"  责任主体 查准 {_share(holders['precision'])} 查全 {_share(holders['recall'])}；提示 {row['warnings']} 条"
        )
        for word, names in (("漏", holders["missing"]), ("多", holders["extra"])):
            if names:
                click.echo(f"  {word}：{'、'.join(names)}")
    click.echo(f"合计 查准 {_share(result['total']['precision'])} 查全 {_share(result['total']['recall'])}")


def _text(path: Path) -> str:
    """The document without its `# source:` line, which is no part of it."""
    text = path.read_text("utf-8")
    return text.split("\n", 1)[1] if text.startswith("# source:") and "\n" in text else text


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
