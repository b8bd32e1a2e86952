"""A draw as a record on paper: the list, its digest, the seed, the outcome, and how anybody works it out again."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from zhize.apps.inspection.models import PlaceDraw
from zhize.core.papers.days import printed_day
from zhize.core.sampling.draw import key_of
from zhize.kit.chinese import in_chinese
from zhize.kit.officialdoc import Block, Form, Paper, heading, numbered, para, table

HEAD = ("序号", "对象", "分层", "规模", "结果", "密钥前十六位")


def input_of(row: PlaceDraw) -> dict[str, object]:
    """What `zhize calc sampling.draw.v1` reads."""
    places = []
    for one in row.places:
        place = {"id": one["id"], "stratum": one["stratum"]}
        place |= {"size": one["size"]} if row.by_size else {}
        places.append(place | ({"excluded": one["excluded"]} if one["excluded"] else {}))
    numbers = [{"stratum": name, "n": n} for name, n in sorted(row.numbers.items())]
    given = {"seed": row.seed, "numbers": numbers, "substitutes": row.spare, "places": places}
    return given | ({"by_size": True} if row.by_size else {})


def outcomes(row: PlaceDraw) -> Mapping[str, str]:
    """Each place and what became of it, in the reader's words."""
    left_out = {
        one["id"]: _("不抽：%(why)s") % {"why": one["excluded"]} for one in row.places if one["excluded"]
    }
    if row.state == PlaceDraw.State.FIXED or not row.seed:
        return left_out
    found = {one["id"]: _("抽中第%(n)s") % {"n": n} for n, one in enumerate(row.drawn, 1)}
    found |= {one["id"]: _("候补第%(n)s") % {"n": n} for n, one in enumerate(row.substitutes, 1)}
    return found | left_out


def numbers_words(row: PlaceDraw) -> str:
    """“市2个、县1个”; without strata “3个”, in the reader's words."""
    return "、".join(
        _("%(stratum)s%(n)s个") % {"stratum": name, "n": n} for name, n in sorted(row.numbers.items())
    )


@in_chinese
def draw_paper(row: PlaceDraw) -> Paper:
    """抽取记录: in Chinese, whoever prints it."""
    inspection = row.checked.inspection
    fixed = timezone.localtime(row.fixed_at)
    chance = "按规模定机会" if row.by_size else "机会均等"
    body: list[Block] = [
        heading("名单和约定"),
        para(f"{row.checked.unit.name}，{row.title}。名单来源：{row.origin}，共{len(row.places)}个。"),
        para(
            f"名单于{printed_day(fixed.date())}{fixed:%H:%M}由{row.fixed_by}固定，摘要（SHA-256）为{row.digest}。"
        ),
        para(f"抽取{numbers_words(row)}，候补每层{row.spare}个，{chance}。种子约定：{row.seed_rule}。"),
    ]
    if row.drawn_at and row.seed_on:
        at = timezone.localtime(row.drawn_at)
        names = ["、".join(one["id"] for one in rows) or "无" for rows in (row.drawn, row.substitutes)]
        body += [
            heading("种子和结果"),
            para(f"种子：{row.seed}。出处：{row.seed_source}，{printed_day(row.seed_on)}公布。"),
            para(
                f"{printed_day(at.date())}{at:%H:%M}由{row.drawn_by}抽取。见证人：{row.witnesses or '无'}。"
            ),
            para(f"抽中：{names[0]}。候补：{names[1]}。"),
        ]
    if row.state == PlaceDraw.State.VOID:
        body.append(para(f"本次抽取已作废。理由：{row.reason}。"))
    body += [
        heading("复核办法"),
        para(
            f"方法编号{row.method}。密钥是“种子、换行、对象名称”的SHA-256（UTF-8）；各层按密钥从小到大排列，"
            + ("规模大于等距的必抽，其余按规模等距抽取" if row.by_size else "取前若干个")
            + "，其后的依次候补。名单摘要是按名称排列的各行“名称、分层、规模、不抽理由”（制表符分隔，每行后换行）的SHA-256。"
        ),
    ]
    return Paper(
        title=f"{inspection.title}抽取记录", body=(*numbered(body), table(HEAD, _rows(row))), form=Form.SHEET
    )


def _rows(row: PlaceDraw) -> list[tuple[str, ...]]:
    """The whole list; those drawn from by the order of their keys."""
    said = outcomes(row)

    def key(one: dict[str, str]) -> str:
        return key_of(row.seed, one["id"]) if row.seed and not one["excluded"] else ""

    ordered = sorted(row.places, key=lambda one: (bool(one["excluded"]), one["stratum"], key(one), one["id"]))
    return [
        (
            str(n),
            one["id"],
            one["stratum"] or "—",
            str(one["size"]),
            said.get(one["id"], "—"),
            key(one)[:16] or "—",
        )
        for n, one in enumerate(ordered, 1)
    ]
