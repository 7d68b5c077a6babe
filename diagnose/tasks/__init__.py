"""Tasks of a plan: who answers for them, how far they are, the letters that follow."""
