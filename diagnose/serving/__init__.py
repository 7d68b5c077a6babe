"""`diagnose serve`: the pages and the worker, side by side under one supervisor."""

from diagnose.serving.supervisor import PORT, WORKERS, serve

__all__ = ["PORT", "WORKERS", "serve"]
