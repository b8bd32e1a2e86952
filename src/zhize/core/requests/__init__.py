"""Asking of others: what it costs below."""
