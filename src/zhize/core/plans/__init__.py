"""Plans of several units made into one: which items look alike, and why."""
