"""Plans, tasks, conferences: what the year is made of."""

from zhize.apps.work.models.conferences import (
    Conference,
    ConferenceCheck,
    ConferencePaper,
    ConferenceUnit,
    Resolution,
)
from zhize.apps.work.models.coordination import Matter, MatterStep, MatterUnit
from zhize.apps.work.models.digests import TaskDigest, TaskDigestFigure
from zhize.apps.work.models.plan_items import PlanItem, PlanItemSource, PlanItemUnit
from zhize.apps.work.models.plans import Plan
from zhize.apps.work.models.situation import SituationFigure, SituationReport
from zhize.apps.work.models.slips import TaskSlip
from zhize.apps.work.models.talks import Talk, TalkTask
from zhize.apps.work.models.task_replies import TaskReply, TaskReplyFile
from zhize.apps.work.models.task_story import TaskChange, TaskEvidence, TaskProgress, TaskReminder
from zhize.apps.work.models.tasks import Task, TaskDuty, TaskStep, TaskUnit
from zhize.apps.work.models.topics import Topic
from zhize.apps.work.models.wordings import MinutesWording

__all__ = [
    "Conference",
    "ConferenceCheck",
    "ConferencePaper",
    "ConferenceUnit",
    "Matter",
    "MatterStep",
    "MatterUnit",
    "MinutesWording",
    "Plan",
    "PlanItem",
    "PlanItemSource",
    "PlanItemUnit",
    "Resolution",
    "SituationFigure",
    "SituationReport",
    "Talk",
    "TalkTask",
    "Task",
    "TaskChange",
    "TaskDigest",
    "TaskDigestFigure",
    "TaskDuty",
    "TaskEvidence",
    "TaskProgress",
    "TaskReminder",
    "TaskReply",
    "TaskReplyFile",
    "TaskSlip",
    "TaskStep",
    "TaskUnit",
    "Topic",
]
