"""征集报送: what an office asks of units (call), and what each unit answers (unit request)."""

from zhize.apps.requests.models.calls import Call, CallUnit
from zhize.apps.requests.models.comments import CallFile, DraftComment
from zhize.apps.requests.models.packs import PackFile, PackRun
from zhize.apps.requests.models.replies import Reminder, UnitRequest, UnitRequestFile

__all__ = [
    "Call",
    "CallFile",
    "CallUnit",
    "DraftComment",
    "PackFile",
    "PackRun",
    "Reminder",
    "UnitRequest",
    "UnitRequestFile",
]
