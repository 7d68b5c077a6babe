"""The project plan as the consultant makes it."""
