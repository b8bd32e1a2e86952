"""Rows to the core's dataclasses and back; each room its own module. No decisions here."""
