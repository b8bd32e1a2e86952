"""The kinds of entries this app writes into the log; each room its own module."""
