"""The census of retrofit needs, filled in by a firm."""

from __future__ import annotations
