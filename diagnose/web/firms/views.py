"""A firm's home: where things stand and what is next."""
