"""The reads of this app; each room its own module."""
