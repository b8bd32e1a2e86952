"""Chores of the project, started by the Makefile as `python -m scripts.<name>`."""
