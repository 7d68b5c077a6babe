"""The web service: pages and forms."""
