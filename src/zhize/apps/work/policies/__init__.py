"""Who may do what; each room its own module."""
