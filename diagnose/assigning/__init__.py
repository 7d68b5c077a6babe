"""Who diagnoses whom: room and conflicts of providers, placing by hand and by rule."""
