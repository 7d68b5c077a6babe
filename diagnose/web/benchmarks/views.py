"""Benchmark projects, their copies, and solution sets by industry."""

from __future__ import annotations
