"""Tables of the database, by noun (maturity and statistical models live in `models`)."""
