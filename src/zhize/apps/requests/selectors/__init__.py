"""Reads of this app. Each takes the actor."""

from zhize.apps.requests.selectors.replies import evidence_of, last_answers

__all__ = ["evidence_of", "last_answers"]
