"""Monthly bulletins and published statistics: gathered, held back where cells are small, frozen."""
