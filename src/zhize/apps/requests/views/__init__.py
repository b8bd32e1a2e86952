"""Pages of this app: the office's calls, a unit's answers, the office's review."""
