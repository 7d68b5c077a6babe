"""Findings: fact, evidence, effect, cause."""
