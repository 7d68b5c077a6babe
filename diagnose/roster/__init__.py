"""The roster of a district: how each firm stands, search, files for people, reading rosters."""
