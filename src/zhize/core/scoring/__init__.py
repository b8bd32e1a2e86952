"""Assessment scores: a scheme (data) over facts gives scores, grades and the way to each, in words.

Nothing here knows of rounds, people or databases. See docs/algorithms/scoring.md.
"""
