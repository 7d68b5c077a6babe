"""Tasks of a plan: indicators fed by the system, lights, letters."""
