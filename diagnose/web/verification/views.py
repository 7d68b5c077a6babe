"""Self and verified answers side by side."""
