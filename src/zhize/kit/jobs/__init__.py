"""Background tasks with progress, cancel and a result (ADR 0007): django-tasks carries them, `Job` shows them."""

from zhize.kit.jobs.progress import Cancelled, Progress
from zhize.kit.jobs.registry import JobResult, register_job
from zhize.kit.jobs.services import job_cancel, job_start, jobs_reap

__all__ = ["Cancelled", "JobResult", "Progress", "job_cancel", "job_start", "jobs_reap", "register_job"]
