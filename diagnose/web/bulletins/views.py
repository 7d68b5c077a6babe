"""Bulletins and published statistics."""

from __future__ import annotations
