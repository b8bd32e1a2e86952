"""Reads of this app. Each takes the actor."""

from zhize.apps.requests.selectors.replies import last_answers

__all__ = ["last_answers"]
