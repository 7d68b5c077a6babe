"""Firm size, above-scale status and industry, by the official rules, for many firms at once."""
