"""Campaigns: freezing a list, targets, moving open sheets to a new version."""
