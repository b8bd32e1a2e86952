"""The writes of this app; each room its own module."""
