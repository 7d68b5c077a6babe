"""Score answer sheets by a standard: points, level, why, and what reaches the next level."""
