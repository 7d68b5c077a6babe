"""Changes of the roster: events, imports and their undoing."""

from __future__ import annotations
