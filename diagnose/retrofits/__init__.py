"""The life of a project: stages as data, figures, conversion, the year's plan."""
