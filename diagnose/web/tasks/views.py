"""Tasks of a plan, their lights and follow-up letters."""

from __future__ import annotations
