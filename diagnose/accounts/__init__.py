"""Passwords, activation codes, locks and second factors: what opens an account."""
