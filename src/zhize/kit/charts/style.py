"""The one style of all charts: the shipped font, hues that stay apart in grey, no red (red is overdue and the letterhead)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

INK, INK_2, RULE, PAPER = "#1a2326", "#465256", "#d5d9d4", "#fcfcfa"
# Dark, middle, light: apart by lightness as well as by hue, each with a marker of its own.
HUES = ("#0d5560", "#b07a1e", "#7d8f3c", "#6a5a8c", "#9aa5a6")
MARKERS = ("o", "s", "^", "D", "v")
DASHES = ((0, ()), (0, (7, 2)), (0, (1.2, 1.6)), (0, (7, 2, 1.2, 2)), (0, (3.5, 1.5)))
"""And a dash of its own, so that a grey print without markers still tells them apart; what was wanted is drawn in steps."""
WANTED = (0, (2.4, 2.4))
SIZES = {"wide": (8.4, 3.6, 10.5), "narrow": (4.4, 3.6, 11.5), "paper": (6.3, 2.9, 9.0)}
"""Inches and points: width, height, type."""


@cache
def library() -> Any:
    """matplotlib, set up once: it is asked for late, since it takes a second, and keeps its font list under our folder."""
    os.environ.setdefault("MPLCONFIGDIR", str(Path(settings.ZHIZE_HOME) / "charts"))
    import matplotlib as mpl
    import pylopdf_fonts_zh_cn as shipped
    from matplotlib import font_manager

    mpl.use("svg", force=True)
    font_manager.fontManager.addfont(str(shipped.sans_path()))
    family = font_manager.FontProperties(fname=str(shipped.sans_path())).get_name()
    mpl.rcParams.update(
        {
            "font.family": family,
            "axes.unicode_minus": False,
            "svg.fonttype": "path",
            "svg.hashsalt": "zhize",
            "figure.facecolor": PAPER,
            "savefig.facecolor": PAPER,
            "axes.facecolor": PAPER,
            "axes.edgecolor": INK_2,
            "axes.labelcolor": INK_2,
            "xtick.color": INK_2,
            "ytick.color": INK_2,
            "text.color": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.grid.axis": "y",
            "grid.color": RULE,
            "grid.linewidth": 0.7,
        }
    )
    return mpl
