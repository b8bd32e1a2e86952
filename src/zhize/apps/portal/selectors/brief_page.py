"""领导一页 as one page of A4 (kit.officialdoc.onepage): the same lines as on the screen, cut to what fits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zhize.apps.portal.selectors.brief import Sheet, Stuck
from zhize.apps.portal.selectors.rollup import Roll
from zhize.kit.contributions import BriefLine
from zhize.kit.officialdoc.onepage import Band, Line, Listed, Number, Page, Rows

FIGURES, LINES, STUCK, WORDS = 4, 7, 10, 40


def brief_page(place: str, year: str, roll: Roll, sheet: Sheet, now: datetime) -> Page:
    """Cut: four figures a part, seven matters a list, ten rows of who is stuck."""
    left = len(sheet.stuck[STUCK:]) + sheet.left_out
    return Page(
        title=f"{place}{_('领导一页')} {year}",
        note=_("截至 %(time)s") % {"time": f"{localtime(now):%Y-%m-%d %H:%M}"},
        bands=tuple(
            Band(
                str(part.title),
                tuple(Number(str(one.label), one.number) for one in part.found.totals[:FIGURES]),
            )
            for part in roll.parts
            if part.found.totals
        ),
        lists=(
            Listed(_("请决定"), _lines(sheet.decide), _("没有等待决定的事项。")),
            Listed(_("一周变化"), _lines(sheet.changed), _("一周来没有变化。")),
        ),
        table=Rows(
            _("卡在哪里"),
            (_("事项"), _("单位"), _("逾期"), _("原因")),
            tuple(_row(one) for one in sheet.stuck[:STUCK]),
            _("没有卡住的事项"),
            _("另有 %(n)s 项，见总览。") % {"n": left} if left else "",
        ),
        foot=_("质责 · 由系统按登记的数据生成，数字与总览相同。"),
    )


def _lines(rows: Sequence[BriefLine]) -> tuple[Line, ...]:
    return tuple(
        Line(_cut(row.words), _cut(" ".join(filter(None, (row.why, f"{row.on:%m-%d}" if row.on else "")))))
        for row in rows[:LINES]
    )


def _row(one: Stuck) -> tuple[str, str, str, str]:
    names = "、".join(name for name, _url in one.units[:3])
    all_ = len(one.units) + one.more
    who = names if all_ <= 3 else _("%(names)s 等 %(n)s 个单位") % {"names": names, "n": all_}
    late = _("%(n)s 天") % {"n": one.days} if one.days and one.days > 0 else ""
    return _cut(one.words), _cut(who), late, _cut(one.why)


def _cut(words: str) -> str:
    return words if len(words) <= WORDS else f"{words[: WORDS - 1]}…"
