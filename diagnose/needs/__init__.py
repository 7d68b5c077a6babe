"""The census of retrofit needs: its fields as data, matching, safe sums."""
