"""Files: what they are (sniff), whether they may come in (guards), where they are kept (store)."""
