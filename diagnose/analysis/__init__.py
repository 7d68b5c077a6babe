"""The district in figures: levels, groups and their movement, weak scenes, providers, streets."""
