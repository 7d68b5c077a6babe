"""Ledgers as Excel files in a bureau's own columns."""

from __future__ import annotations
