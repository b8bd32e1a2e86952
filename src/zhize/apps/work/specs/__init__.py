"""Lists and files of this app."""
