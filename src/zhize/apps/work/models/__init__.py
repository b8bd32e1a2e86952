"""Plans, tasks, conferences: what the year is made of."""
