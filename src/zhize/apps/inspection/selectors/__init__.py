"""Reads of on-site checks; each room its own module."""
