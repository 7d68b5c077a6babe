"""Migrations of the database, shipped with the package; `diagnose upgrade` runs them."""
