"""Retrofit needs as the bureau sees them: matched, summed, closed."""

from __future__ import annotations
