"""Subcommands of `diagnose`, one a file."""
