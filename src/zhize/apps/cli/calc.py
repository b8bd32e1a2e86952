"""`zhize calc METHOD IN`: any method of the core, JSON in, JSON out (docs/algorithms)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from zhize.core.kernel.errors import CoreError
from zhize.core.methods import METHODS, method


@click.command(help="运行一个算法：读 JSON，写 JSON。方法：\n\n" + "、".join(METHODS))
@click.argument("name", metavar="METHOD")
@click.argument("source", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", type=int, help="plans.read 读文本时，计划的年度，如 2012")
def calc(name: str, source: Path, year: int | None) -> None:
    """Runs one method; `regulation.read`, `plans.read` (with the shipped words) and `scoring.table` also take a plain text file."""
    try:
        chosen = method(name)
        text = source.read_text("utf-8")
        if name == "regulation.read" and source.suffix != ".json":
            from zhize.apps.regulations.selectors.lexicon import lexicon_mapping_on

            data: object = {"text": text, "lexicon": lexicon_mapping_on(date.max)}
        elif name == "plans.read" and source.suffix != ".json":
            if year is None:
                raise click.ClickException("读计划文本要知道年度。请加上 --year，如 --year 2012。")
            data = plan_text(text, year)
        elif name == "scoring.table" and source.suffix != ".json":
            data = {"text": text}
        else:
            data = json.loads(text)
        click.echo(json.dumps(chosen.run(data), ensure_ascii=False, indent=1, default=str))
    except json.JSONDecodeError as error:
        raise click.ClickException(
            f"{source.name} 不是有效的 JSON（第 {error.lineno} 行第 {error.colno} 列）。请按 docs/algorithms 中该方法的格式改正。"
        ) from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{source.name} 不是 UTF-8 文本。请另存为 UTF-8 后再试。") from error
    except CoreError as error:
        raise click.ClickException(str(error)) from error


def plan_text(text: str, year: int) -> object:
    """A plan as plain text with the shipped words, for a calendar year."""
    from zhize.apps.regulations.selectors.lexicon import lexicon_mapping_on
    from zhize.apps.work.mapping.plan_words import PlanReadingWords
    from zhize.kit.rules import rule_as

    return {
        "text": text,
        "year": {"start": f"{year}-01-01", "end": f"{year}-12-31"},
        "words": rule_as(PlanReadingWords, on=date.max).root,
        "lexicon": lexicon_mapping_on(date.max),
    }
