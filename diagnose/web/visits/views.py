"""The visit: its agenda, its record, its signed paper."""
