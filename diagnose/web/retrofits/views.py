"""A firm's own retrofit projects: contract, months, acceptance, figures."""

from __future__ import annotations
