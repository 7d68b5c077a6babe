"""Benchmark projects, copies, solution sets, chain leaders."""
