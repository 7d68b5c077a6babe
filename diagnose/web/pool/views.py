"""The project pool of the district, from suggestion to effect."""

from __future__ import annotations
