"""The report as it will print, the internal check, the sending."""
