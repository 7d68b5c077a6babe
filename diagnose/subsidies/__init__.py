"""Candidates and policies for the plan of public money."""
