"""Alerts of the year (演示数据): those of the base year answered in one go, one answered by the office, the others wait."""

from __future__ import annotations

from datetime import date

from zhize.apps.cli.demo.stage import Stage, actor, at
from zhize.apps.metrics import services
from zhize.apps.metrics.models import Alert
from zhize.kit.scope import ScopedQuerySet

BASE = "2011年为基期，已列入2012年监督抽查重点（演示）"
FOUND = "已查明：一季度集中抽查了往年不合格较多的产品，二季度起恢复正常（演示）"


def answer_the_base_year(stage: Stage) -> None:
    """What the files of 2011 and the published figures brought up, answered by the office in March."""
    day = date(2012, 3, 6)
    _answer(_waiting(stage).filter(observation__period_end__lt=date(2012, 1, 1)), BASE, day)


def answer_some(stage: Stage) -> None:
    """定西's alert of the first quarter is answered; 兰州's, and the air of the third quarter, wait."""
    rows = _waiting(stage).filter(
        observation__region__code="621100", observation__card__code__startswith="product."
    )
    _answer(rows, FOUND, date(2012, 10, 24))


def _waiting(stage: Stage) -> ScopedQuerySet[Alert]:
    rows: ScopedQuerySet[Alert] = Alert.objects.system("demonstration").filter(
        Alert.current_q(), jurisdiction=stage.jurisdiction, is_answered=False
    )
    return rows


def _answer(rows: ScopedQuerySet[Alert], words: str, day: date) -> None:
    for alert in rows.order_by("pk"):
        services.alert_answer(
            alert=alert, answer=words, version=None, actor=actor("gs-office", day), now=at(day)
        )
