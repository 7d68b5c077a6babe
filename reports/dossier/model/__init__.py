"""The values a dossier is made of, section by section."""
