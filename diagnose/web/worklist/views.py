"""A consultant's worklist, and the moves of each diagnosis."""
