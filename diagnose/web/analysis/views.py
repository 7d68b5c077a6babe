"""Levels, groups, weak scenes, providers and streets, side by side."""

from __future__ import annotations
