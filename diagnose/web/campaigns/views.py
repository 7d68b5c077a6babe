"""Campaigns: who is to be diagnosed by when."""

from __future__ import annotations
