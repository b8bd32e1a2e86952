"""Rooms of on-site checks."""
