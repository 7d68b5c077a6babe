"""One file a section: its part of the dossier made into blocks, in the order of the report."""
