"""Where public money helps most."""

from __future__ import annotations
