"""How much of the roster is diagnosed, honestly counted."""
