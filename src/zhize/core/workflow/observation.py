"""指标数据: provisional, then final, then locked. A correction is no step: it keeps the state and leaves a version."""

from __future__ import annotations

from .table import Action, Status, Step, Table

TABLE = Table(
    id="observation",
    noun="指标数据",
    initial="provisional",
    states=(
        Status("provisional", "初步"),
        Status("final", "正式"),
        Status("locked", "已锁定", final=True, locked=True),
    ),
    actions=(
        Action("confirm", "转为正式数"),
        Action("lock", "锁定"),
    ),
    steps=(
        Step("provisional", "confirm", "final", "observation.keep"),
        Step("final", "lock", "locked", "observation.lock"),
    ),
)
