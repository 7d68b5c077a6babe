"""Accounts, providers and the audit log, for those who look after them."""
