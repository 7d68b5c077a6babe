"""Where public money helps most: candidates gathered, the plan made, and what came of it."""
