"""The fifteen ledgers: their columns as data, their rows, a bureau's own order."""
