"""What this app hears from below, and what it offers above; each room its own module."""
