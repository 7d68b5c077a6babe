"""Chain leaders and suppliers: what they agreed to share."""

from __future__ import annotations
